"""Exchange the operator's key, or organizations' keys. Data is not encrypted anew: only keys are wrapped anew."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from qince.kit.vault import operator
from qince.kit.vault.errors import VaultError
from qince.kit.vault.ring import ring
from qince.kit.vault.rotation import rotate_operator, rotate_organization


class Command(BaseCommand):
    help = "Exchange keys: the operator's, one organization's, or (without an option) all of them."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--operator", action="store_true", help="only the operator's key")
        which.add_argument("--organization", type=UUID, metavar="ID", help="only this organization's key")

    def handle(self, *args: Any, operator: bool, organization: UUID | None, **options: Any) -> None:
        try:
            if organization is None:
                self._operator()
            if not operator:
                self._organizations(organization)
        except VaultError as error:
            raise CommandError(str(error)) from error

    def _operator(self) -> None:
        new = str(settings.NEW_OPERATOR_KEY)
        if operator.from_environment() and not new:
            raise CommandError(
                "The operator's key comes from QINCE_OPERATOR_KEY. Give the new one in QINCE_NEW_OPERATOR_KEY: "
                'python3 -c "import secrets; print(secrets.token_urlsafe(32))"'
            )
        count = rotate_operator(ring(), new if operator.from_environment() else "")
        self.stdout.write(f"operator's key exchanged: {count} organization keys wrapped anew")
        if operator.from_environment():
            self.stdout.write("Now set QINCE_OPERATOR_KEY to the new key and restart Qince.")

    def _organizations(self, only: UUID | None) -> None:
        chosen = [only] if only else [key for key, wrapped in ring().store().organizations() if wrapped]
        for organization in chosen:
            count = rotate_organization(ring(), organization)
            if count < 0:
                raise CommandError(f"{organization} has no key.")
            self.stdout.write(f"organization {organization}: {count} keys wrapped anew")
