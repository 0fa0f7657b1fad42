"""Announce the end of the whole service, thirty days ahead; or withdraw the announcement."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from qince.core.lifecycle import ceasing
from qince.kit import clock
from qince.kit.errors import Refusal


class Command(BaseCommand):
    help = "Announce the end of this service to everybody: ./qince manage cease --on 2027-01-31 --by NAME --text '…'"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--on", type=date.fromisoformat, help="the day from which nothing is collected")
        parser.add_argument("--text", default="", help="what ends, and what people should do until then")
        parser.add_argument("--by", default="", help="your name: it stands on record")
        parser.add_argument("--withdraw", action="store_true", help="take the announcement back")

    def handle(self, *args: Any, **options: Any) -> None:
        now = clock.now()
        try:
            if options["withdraw"]:
                ceasing.withdraw(now=now)
            elif not options["on"] or not options["by"].strip():
                raise CommandError("Say from which day and who decides: --on YYYY-MM-DD --by NAME --text '…'")
            else:
                ceasing.announce(
                    ceases_on=options["on"], text=options["text"], announced_by=options["by"].strip(), now=now
                )
        except Refusal as refusal:
            raise CommandError(str(refusal.message)) from refusal
        self.stdout.write(self.style.SUCCESS("Done."))
