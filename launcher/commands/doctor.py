"""`./qince doctor`: is everything as it should be, and if not, how to mend it."""

import argparse
from collections.abc import Iterable

from launcher import database, doctoring, sql
from launcher.doctoring import Finding
from launcher.place import Place
from launcher.problem import Problem
from launcher.progress import Progress
from launcher.signals import stop_in_order
from launcher.words import _

SUMMARY = _("check this installation and say how to mend what is wrong")
DETAIL = _("Exits with 1 when something is wrong. Lines with ! are advice only.")
PASSES_ON = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No options of its own."""


def run(options: argparse.Namespace, place: Place, progress: Progress) -> int:
    place.prepare_data()
    well = _report(doctoring.outside(place), progress)
    if not place.python.exists():
        return 1
    try:
        with stop_in_order(), database.attached(place, "doctor", progress) as opened:
            well = _report(doctoring.inside(place, opened), progress) and well
    except (Problem, sql.SqlError) as error:
        ways = error.ways_out if isinstance(error, Problem) else ()
        well = _report([Finding(False, str(error), " ".join(ways))], progress) and False
    progress.say(_("Everything is well.") if well else _("Something is wrong; see the lines with ✗."))
    return 0 if well else 1


def _report(findings: Iterable[Finding], progress: Progress) -> bool:
    well = True
    for finding in findings:
        mark = "✓" if finding.well else "!" if finding.optional else "✗"
        progress.say(f"  {mark} {finding.what}")
        if not finding.well:
            progress.say(f"      → {finding.mend}")
            well = well and finding.optional
    return well
