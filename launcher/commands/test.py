"""`./qince test`: every check this project has, on a database of its own."""

import argparse
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from launcher import application, browser, checks, database, django, environment
from launcher.checks import Check, Result
from launcher.place import Place
from launcher.progress import Progress
from launcher.signals import stop_in_order
from launcher.template import DATABASE, Template
from launcher.words import _

SUMMARY = _("run every check: tests, types, lint, import rules, catalogues")
DETAIL = _(
    "Words it does not know go to pytest, and then only pytest runs: ./qince test tests/launcher -k owner"
)
PASSES_ON = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--full", action="store_true", help=_("the long forms of the reliability checks, too")
    )
    parser.add_argument(
        "--only", choices=checks.NAMES, action="append", help=_("run only this check; may be repeated")
    )
    parser.add_argument("paths", nargs="*", metavar="PYTEST ARGUMENT", help=_("what pytest shall run"))


def run(options: argparse.Namespace, place: Place, progress: Progress) -> int:
    chosen = _chosen(options)
    with progress.step(_("Environment")) as note:
        note(environment.ensure(place, environment.DEVELOPMENT))
    application.compile_catalogues(place)
    if any(check.needs_browser for check in chosen):
        with progress.step(_("Browser and fonts")) as note:
            note(browser.ensure())
    with stop_in_order():
        plain = [check for check in chosen if not check.needs_database]
        with ThreadPoolExecutor(1) as beside:  # on one core, while the other makes the tables
            early = beside.submit(checks.run, plain, place, django.environment(place, {}), progress)
            late = [check for check in chosen if check.needs_database]
            made = _prepared(place, progress) if late else None
            results = (
                early.result()
            )  # done before the tests, whose browsers should have the machine to themselves
        if made:
            results += _on_a_database(late, place, made, progress, full=options.full)
    return checks.summary(results, progress)


@dataclass(frozen=True)
class Prepared:
    """What runs of the tests share: static files compressed once, and the migrated cluster where it can be kept."""

    static: Path
    template: Template | None


def _prepared(place: Place, progress: Progress) -> Prepared:
    static = replace(place, data=place.data / "test-static")
    with progress.step(_("Static files")) as note:
        note(application.collect_static(static))
    template = database.migrated(place, progress, lambda opened: _migrate(place, opened))
    return Prepared(static.data / "static", template)


def _on_a_database(
    late: list[Check], place: Place, made: Prepared, progress: Progress, *, full: bool
) -> list[Result]:
    with database.throwaway(place, "test", progress, start_from=made.template) as opened:
        env = django.environment(place, opened.environment(as_owner=True))
        env |= {"QINCE_TEST_TEMPLATE": DATABASE if made.template else ""}
        env |= {"QINCE_TEST_TEMPLATE_FOLDER": str(made.template.folder) if made.template else ""}
        env |= {"QINCE_TEST_STATIC": str(made.static)}
        env |= {"QINCE_DATA": str(opened.data), "QINCE_TEST_FULL": "yes" if full else ""}
        env |= {"QINCE_CHROMIUM": browser.find() or ""}
        return checks.run(late, place, env, progress)


def _migrate(place: Place, opened: database.Database) -> None:
    django.run(place, opened.environment(as_owner=True), "migrate", "--verbosity", "0")


def _chosen(options: argparse.Namespace) -> list[Check]:
    words = [*options.paths, *options.rest]
    long_forms = [] if options.full else ["-m", "not full"]
    names = options.only or (["pytest"] if words else checks.NAMES)
    return [
        check.with_words([*long_forms, *words]) if check.name == "pytest" else check
        for check in checks.ALL
        if check.name in names
    ]
