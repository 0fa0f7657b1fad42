"""`./qince up`: everything, in order, until Ctrl-C."""

import argparse
import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace

from launcher import application, database, django, environment, erasures, ports, services, tls
from launcher.database import Database
from launcher.place import Place, version
from launcher.progress import Progress
from launcher.signals import stop_in_order
from launcher.supervisor import Supervisor, wait_until_ready
from launcher.words import _

SUMMARY = _("start Qince: database, web server, sockets and jobs")
DETAIL = _(
    "Installs what is missing, creates or updates the database, and serves until Ctrl-C. "
    "QINCE_DATABASE_URL uses a PostgreSQL server of your own (15 or newer) instead of the embedded one."
)
PASSES_ON = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--demo", action="store_true", help=_("load a demo organization, once"))
    for name, text in (
        ("certificate", _("PEM file with the certificate and its chain: serve HTTPS and nothing else")),
        ("key", _("PEM file with its private key (PKCS #8)")),
    ):
        variable = f"QINCE_TLS_{name.upper()}"
        default = os.environ.get(variable, "")
        parser.add_argument(f"--tls-{name}", metavar="FILE", default=default, help=f"{text} ({variable})")


def run(options: argparse.Namespace, place: Place, progress: Progress) -> int:
    progress.say(f"Qince {version()}")
    place = replace(place, tls=tls.pair(options.tls_certificate, options.tls_key))
    _look_at_reach(place, progress)
    with stop_in_order(), ExitStack() as stack:
        place.prepare_data()
        held = stack.enter_context(database.owning(place, "up"))
        held.note(address=place.address)
        if held.found_dead_owner:
            services.stop_leftovers(place)
        patience = 10 if held.found_dead_owner else 0
        ports.check(place.host, place.port, "--port", patience=patience)
        ports.check(place.host, place.socket_port, "--port", patience=patience)
        with progress.step(_("Environment")) as note:
            note(environment.ensure(place))
        with progress.step(_("Database")) as note:
            opened = stack.enter_context(database.opened(place, held, progress.say))
            note(f"PostgreSQL {opened.binaries.version}" if opened.cluster else _("your own server"))
        _prepare(place, opened, progress, demo=options.demo)
        supervisor = Supervisor(progress.say)
        stack.enter_context(_announced_stop(supervisor, progress))
        _serve(place, opened, supervisor, progress)
        with suppress(KeyboardInterrupt):  # the proper end
            supervisor.watch()
    return 0


def _look_at_reach(place: Place, progress: Progress) -> None:
    """In production nothing is served in clear; someone trying it out in a container of their own is told."""
    problem = ports.open_to_others(place)
    if problem and ports.is_set("QINCE_PRODUCTION"):
        raise problem
    if problem:
        progress.say("\n".join([f"! {problem}", *(f"    → {way}" for way in problem.ways_out)]))


def _prepare(place: Place, opened: Database, progress: Progress, *, demo: bool) -> None:
    with progress.step(_("Tables")) as note:
        note(application.migrate(place, opened))
    if erasures.missing(place, opened):
        with progress.step(_("Erasing again whoever was erased")) as note:
            note(erasures.replay(place, opened))
    with progress.step(_("Languages")) as note:
        note(application.compile_catalogues(place))
    with progress.step(_("Static files")) as note:
        note(application.collect_static(place))
    if demo:
        with progress.step(_("Demo organization")):
            django.run(place, opened.environment(as_owner=False), "load_demo")


def _serve(place: Place, opened: Database, supervisor: Supervisor, progress: Progress) -> None:
    env = django.environment(place, opened.environment(as_owner=False))
    started = [services.web(place, env), services.background(place, env)]
    if opened.cluster:
        supervisor.add(opened.cluster, started=True)
    with progress.step(_("Web, sockets and jobs")):
        for service in started:
            supervisor.add(service)
        steps = _ask_for_next_steps(place, env)
        wait_until_ready(place.local_address, started)
    progress.say("\n" + _("Qince runs at {address}").format(address=place.address))
    _tell(steps, progress)
    progress.say(_("Data: {data}   Stop: Ctrl-C").format(data=place.data))


def _ask_for_next_steps(place: Place, env: Mapping[str, str]) -> "subprocess.Popen[str]":
    """Started before the web server answers, so that both get ready together; politely, as that one comes first."""
    command, pipe = ["nice", *django.command(place, "next_steps")], subprocess.PIPE
    return subprocess.Popen(
        command, cwd=place.root, env=env, stdin=subprocess.DEVNULL, stdout=pipe, stderr=pipe, text=True
    )


def _tell(steps: "subprocess.Popen[str]", progress: Progress) -> None:
    text, complaint = steps.communicate()
    progress.say(text.rstrip())
    if steps.returncode:
        last = (complaint.strip().splitlines() or [str(steps.returncode)])[-1]
        progress.say(_("! The next steps cannot be shown: {reason}").format(reason=last))


@contextmanager
def _announced_stop(supervisor: Supervisor, progress: Progress) -> Iterator[None]:
    try:
        yield
    finally:
        progress.say()
        with progress.step(_("Stopping")):
            supervisor.stop()
