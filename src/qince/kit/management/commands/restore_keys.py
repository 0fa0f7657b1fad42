"""Bring keys back from an unpacked copy of the key store; for `./qince restore`."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from qince.kit.vault.errors import VaultError
from qince.kit.vault.merging import bring_back
from qince.kit.vault.ring import ring


class Command(BaseCommand):
    help = "Bring keys back from a copy of the key store. Destroyed keys stay destroyed."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            merged = bring_back(ring(), folder)
        except VaultError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{merged.added} {merged.destroyed}")
