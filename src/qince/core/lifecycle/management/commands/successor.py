"""Another operator takes the service over: announce it, carry it out on the day, or withdraw the announcement."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from qince.core.lifecycle import queries, succession
from qince.kit import clock
from qince.kit.errors import Refusal


class Command(BaseCommand):
    help = "A new operator after merger, acquisition or bankruptcy: show, announce, complete, withdraw."
    requires_system_checks: list[str] = []  # completing it mends the check about an unreleased policy

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("act", choices=("show", "announce", "complete", "withdraw"))
        parser.add_argument("--by", default="", help="your name: it stands on record")
        parser.add_argument("--because", default="", help="merger, acquisition, bankruptcy or other")
        parser.add_argument("--on", type=date.fromisoformat, help="the day it takes over")
        parser.add_argument("--name", default="", help="the new operator, as QINCE_OPERATOR_NAME will say")
        parser.add_argument("--address", default="", help="its address")
        parser.add_argument("--contact", default="", help="how people reach it")
        parser.add_argument("--text", default="", help="what happens, in a few sentences for everybody")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["act"] == "show":
            return self._show()
        if not options["by"].strip():
            raise CommandError("Say who decides: --by 'NAME'. It stands on record.")
        try:
            self._act(options)
        except Refusal as refusal:
            raise CommandError(str(refusal.message)) from refusal
        self.stdout.write(self.style.SUCCESS("Done."))
        return None

    def _show(self) -> None:
        found = queries.announced_succession()
        if found is None:
            self.stdout.write("No new operator is announced.")
            return
        state = f"release {found.release}" if found.completed_at else "announced"
        anew = ", every consent is asked anew" if found.differs else ""
        self.stdout.write(f"{found.successor}, {found.cause}, on {found.takes_over_on}: {state}{anew}")

    def _act(self, options: dict[str, Any]) -> None:
        now, by = clock.now(), options["by"].strip()
        if options["act"] == "withdraw":
            succession.withdraw(now=now)
        elif options["act"] == "complete":
            found = succession.complete(completed_by=by, now=now)
            self.stdout.write(
                "Its policy differs: every consent is asked anew."
                if found.differs
                else "The policy is the same."
            )
        elif options["on"] is None:
            raise CommandError("Say from which day: --on YYYY-MM-DD")
        else:
            told = {
                "successor": options["name"],
                **{key: options[key] for key in ("address", "contact", "text")},
            }
            succession.announce(
                cause=options["because"], takes_over_on=options["on"], announced_by=by, told=told, now=now
            )
