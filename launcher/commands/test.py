"""`./qince test`: every check this project has, on a database of its own."""

import argparse
from dataclasses import replace

from launcher import application, browser, checks, database, django, environment
from launcher.checks import Check
from launcher.place import Place
from launcher.progress import Progress
from launcher.signals import stop_in_order
from launcher.template import DATABASE
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
        if not any(check.needs_database for check in chosen):
            return checks.run_all(chosen, place, django.environment(place, {}), progress)
        static = replace(
            place, data=place.data / "test-static"
        )  # compressed once for all servers of the tests
        with progress.step(_("Static files")) as note:
            note(application.collect_static(static))
        template = database.migrated(place, progress, lambda opened: _migrate(place, opened))
        with database.throwaway(place, "test", progress, start_from=template) as opened:
            env = django.environment(place, opened.environment(as_owner=True))
            env |= {"QINCE_TEST_TEMPLATE": DATABASE if template else ""}
            env |= {"QINCE_TEST_TEMPLATE_FOLDER": str(template.folder) if template else ""}
            env |= {"QINCE_TEST_STATIC": str(static.data / "static")}
            env |= {"QINCE_DATA": str(opened.data), "QINCE_TEST_FULL": "yes" if options.full else ""}
            env |= {"QINCE_CHROMIUM": browser.find() or ""}
            return checks.run_all(chosen, place, env, progress)


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
