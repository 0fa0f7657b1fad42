"""The doctor's single questions: each returns findings, a sentence and, where it hurts, how to mend it."""

import os
import shutil
import stat
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass

from launcher import application, browser, django, environment, sql
from launcher.database import Database
from launcher.place import Place, running_python
from launcher.problem import Problem
from launcher.words import _

SKEW_S = 5  # between our clock and the database's
FREE_BYTES = 2_000_000_000
OLDEST_PLAUSIBLE = 1_780_272_000  # June 2026: a clock before that has lost its time
OPERATOR = ("QINCE_OPERATOR_NAME", "QINCE_OPERATOR_ADDRESS", "QINCE_OPERATOR_EMAIL", "QINCE_OPERATOR_PHONE")


@dataclass(frozen=True)
class Finding:
    """One line of the report. `optional` findings do not make the doctor's exit status bad."""

    well: bool
    what: str
    mend: str = ""
    optional: bool = False


def outside(place: Place) -> Iterator[Finding]:
    """What can be seen without a database."""
    yield Finding(
        sys.version_info >= (3, 11), f"Python {running_python()}", _("Install Python 3.11 or newer.")
    )
    yield _clock()
    yield _room(place)
    yield from _secrets(place)
    yield from _operator()
    yield Finding(
        environment.is_ready(place, environment.RUNTIME),
        _("environment matches requirements.lock"),
        _("Run ./qince up; it installs what is missing."),
    )
    absent = ", ".join(browser.missing())
    yield Finding(
        not absent,
        _("browser and fonts for the tests"),
        _("./qince test needs: {names}").format(names=absent),
        True,
    )


def inside(place: Place, database: Database) -> Iterator[Finding]:
    """What the database says about itself."""
    version = sql.run(database.binaries, database.owner, "SHOW server_version_num")[0][0]
    yield Finding(
        int(version) >= 150_000,
        f"PostgreSQL {int(version) // 10000}",
        _("Qince needs PostgreSQL 15 or newer."),
    )
    yield _trusted_time(database)
    yield from _roles(database)
    yield _tables(place, database)
    yield _command(place, database, "check_tenancy", _("row-level security is forced on every tenant table"))
    yield _command(place, database, "check_keys", _("the operator's key opens the key store"))
    yield _command(place, database, "check", _("Django's own checks"))


def _clock() -> Finding:
    return Finding(
        time.time() > OLDEST_PLAUSIBLE,
        _("clock: {now}").format(now=time.strftime("%Y-%m-%d %H:%M %Z")),
        _("Set the clock; attendance and audit depend on it (timedatectl set-ntp true)."),
    )


def _trusted_time(database: Database) -> Finding:
    """The database on another machine has a clock of its own; the trail needs both to agree."""
    before = time.time()
    told = float(
        sql.run(database.binaries, database.owner, "SELECT extract(epoch FROM clock_timestamp())")[0][0]
    )
    return agreeing(before, told, time.time())


def agreeing(before: float, told: float, after: float) -> Finding:
    """Whether a clock read between `before` and `after` of our own lies within `SKEW_S` of them."""
    skew = max(before - told, told - after, 0.0)
    return Finding(
        skew <= SKEW_S,
        _("the database's clock agrees with this machine's"),
        _("They differ by {seconds} s: let both machines follow one time service.").format(
            seconds=round(skew)
        ),
    )


def _room(place: Place) -> Finding:
    free = shutil.disk_usage(place.data).free
    return Finding(
        free >= FREE_BYTES,
        _("{free:.1f} GB free for {data}").format(free=free / 1e9, data=place.data),
        _("Less than 2 GB: free some space, or move the data folder to another disk (--data DIR)."),
    )


def _secrets(place: Place) -> Iterator[Finding]:
    for name in ("database_passwords.json", "secret_key"):
        path = place.data / name
        if path.exists():
            mode = stat.S_IMODE(path.stat().st_mode)
            yield Finding(not mode & 0o077, _("{name} is private").format(name=name), f"chmod 600 {path}")
    if place.keys.exists():
        open_to_others = [
            path
            for path in (place.keys, *sorted(place.keys.iterdir()))
            if stat.S_IMODE(path.stat().st_mode) & 0o077
        ]
        yield Finding(
            not open_to_others,
            _("the keys are private"),
            "; ".join(f"chmod {700 if path.is_dir() else 600} {path}" for path in open_to_others),
        )


def _operator() -> Iterator[Finding]:
    production = os.environ.get("QINCE_PRODUCTION", "").lower() in ("1", "true", "yes")
    missing = [name for name in OPERATOR if not os.environ.get(name)]
    mend = _("The privacy notice must name who runs this: set {names}").format(names=", ".join(missing))
    yield Finding(not missing, _("operator's contact details"), mend, optional=not production)


def _roles(database: Database) -> Iterator[Finding]:
    question = "SELECT rolname, rolsuper, rolbypassrls FROM pg_roles WHERE rolname IN ({names})"
    names = {"app": database.role("app"), "owner": database.role("owner")}
    quoted = ", ".join(map(sql.literal, names.values()))
    found = {
        row[0]: row[1:] for row in sql.run(database.binaries, database.owner, question.format(names=quoted))
    }
    for which, name in names.items():
        yield Finding(
            found.get(name) == ["f", "f"],
            _("role {name} cannot pass row-level security").format(name=name),
            f"ALTER ROLE {name} NOSUPERUSER NOBYPASSRLS;",
            optional=which == "owner",
        )


def _tables(place: Place, database: Database) -> Finding:
    what = _("tables match this version")
    try:
        application.refuse_newer_tables(place, database)
    except Problem as problem:
        return Finding(False, what, f"{problem} {problem.ways_out[0]}")
    applied = set(application.applied_migrations(database))
    waiting = [name for name in application.own_migrations(place) if name not in applied]
    mend = _("{count} changes are waiting: ./qince up applies them.").format(count=len(waiting))
    return Finding(not waiting, what, mend)


def _command(place: Place, database: Database, name: str, what: str) -> Finding:
    """A management command as a question."""
    try:
        django.run(place, database.environment(as_owner=True), name)
    except Problem as problem:
        return Finding(False, what, " ".join(problem.ways_out[-3:]))
    return Finding(True, what)
