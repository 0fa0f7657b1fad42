"""`replay_erasures`: after a restore, erase again whoever the erasure ledger names."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from qince.core.erasure import ledger, replaying
from qince.kit import clock


class Command(BaseCommand):
    help = "Carry out what the erasure ledger holds and this database does not know of."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            done = replaying.replay(now=clock.now())
        except ledger.LedgerDamaged as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{done.missing} missing, {done.erased} erased again")
