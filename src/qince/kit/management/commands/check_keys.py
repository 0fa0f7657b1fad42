"""Whether the key store can be used, and, with `--values`, which stored values no key opens any more."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from qince.kit.vault import audit
from qince.kit.vault.errors import VaultError
from qince.kit.vault.ring import ring


class Command(BaseCommand):
    help = "Check that the operator's key opens the key store; --values: count what cannot be read."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--values", action="store_true")

    def handle(self, *args: Any, values: bool, **options: Any) -> None:
        try:
            ring().operator_secret()
            if problems := audit.permissions(ring().folder):
                raise CommandError(problems[0])
            for label, count in audit.unreadable() if values else ():
                self.stdout.write(f"{count} {label}")
        except VaultError as error:
            raise CommandError(str(error)) from error
