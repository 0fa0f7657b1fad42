"""`./qince clauses`: which clauses of the privacy agreement have a passing check."""

import argparse

from launcher.measuring import run_module
from launcher.place import Place
from launcher.progress import Progress
from launcher.words import _

SUMMARY = _("show which clauses of the agreement have a passing check")
DETAIL = _("The last line reads: N of 400 clauses covered. Further words go to the check itself.")
PASSES_ON = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No options of its own."""


def run(options: argparse.Namespace, place: Place, progress: Progress) -> int:
    return run_module(place, "tests.clauses", options.rest, progress, durable=False)
