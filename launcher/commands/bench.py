"""`./qince bench`: the measurements, on a database of their own."""

import argparse

from launcher.measuring import run_module
from launcher.place import Place
from launcher.progress import Progress
from launcher.words import _

SUMMARY = _("measure speed on this machine")
DETAIL = _("Runs on a database of its own with durable writes; your data is not touched.")
PASSES_ON = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--json", action="store_true", help=_("print one JSON array; progress goes to stderr")
    )


def run(options: argparse.Namespace, place: Place, progress: Progress) -> int:
    words = [*(["--json"] if options.json else []), *options.rest]
    return run_module(place, "bench", words, progress, durable=True)
