"""`./qince audit verify`: does the audit trail hold, entry by entry and against its signed days."""

import argparse

from launcher.commands import manage
from launcher.place import Place
from launcher.progress import Progress
from launcher.words import _

SUMMARY = _("verify the audit trail of every organization")
DETAIL = _("Exits with 1 when an entry was altered, removed or added, or a signed day does not fit.")
PASSES_ON = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=("verify",))


def run(options: argparse.Namespace, place: Place, progress: Progress) -> int:
    options.words, options.rest = ["verify_audit", *options.rest], []
    return manage.run(options, place, progress)
