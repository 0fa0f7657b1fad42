"""`sweep MARKER`: is this word anywhere? Tables, sealed columns, files, exports, backups; each place is named."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from qince.core.erasure.backups import Unreadable
from qince.core.erasure.sweeping import sweep


class Command(BaseCommand):
    help = "Look for a marker everywhere; exit with 1 when it is found."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("marker")
        parser.add_argument("--backup", action="append", type=Path, default=[], metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        marker = options["marker"].strip()
        if len(marker) < 4:
            raise CommandError("The marker must have at least four characters, or everything holds it.")
        total = 0
        try:
            for hit in sweep(marker, backups=options["backup"]):
                total += hit.count
                self.stdout.write(f"{hit.count:6}  {hit.place}")
        except Unreadable as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{total} found")
        if total:
            raise SystemExit(1)
