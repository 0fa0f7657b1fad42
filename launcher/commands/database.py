"""`./qince database`: only the database, for development."""

import argparse
import shlex
import time

from launcher import database, environment
from launcher.place import Place
from launcher.progress import Progress
from launcher.signals import stop_in_order
from launcher.words import _

SUMMARY = _("run only the database, for development")
DETAIL = _("Prints the connection URLs as shell exports and runs until Ctrl-C.")
PASSES_ON = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--throwaway", action="store_true", help=_("faster, and worthless after a power cut"))


def run(options: argparse.Namespace, place: Place, progress: Progress) -> int:
    environment.ensure(place)
    place.prepare_data()
    with (
        stop_in_order(),
        database.owning(place, "database") as held,
        database.embedded(place, held, progress.say, throwaway=options.throwaway) as opened,
    ):
        for name, value in opened.all_urls().items():
            print(f"export {name}={shlex.quote(value)}", flush=True)
        while opened.cluster and opened.cluster.alive:
            time.sleep(0.5)
    return 1
