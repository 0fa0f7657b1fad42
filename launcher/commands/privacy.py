"""`./qince privacy sweep MARKER`: proof that a person's data is nowhere any more."""

import argparse
import subprocess

from launcher import application, database, django, environment
from launcher.place import Place
from launcher.progress import Progress
from launcher.signals import stop_in_order
from launcher.words import _

SUMMARY = _("look for a word everywhere Qince keeps anything")
DETAIL = _(
    "./qince privacy sweep MARKER [--backup FILE]: tables, files, exports, and backups that you name. "
    "Prints each place; exits with 1 when anything is found."
)
PASSES_ON = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=["sweep"], metavar="sweep")
    parser.add_argument("marker", metavar="MARKER")
    parser.add_argument(
        "--backup", action="append", default=[], metavar="FILE", help=_("look into this backup")
    )


def run(options: argparse.Namespace, place: Place, progress: Progress) -> int:
    environment.ensure(place)
    words = ["sweep", *(f"--backup={file}" for file in options.backup), "--", options.marker]
    with stop_in_order(), database.attached(place, "privacy", progress) as opened:
        application.refuse_older_tables(place, opened)
        env = django.environment(place, opened.environment(as_owner=False))
        env |= {"QINCE_PG_RESTORE": str(opened.binaries["pg_restore"])}
        return subprocess.run(django.command(place, *words), cwd=place.root, env=env, check=False).returncode
