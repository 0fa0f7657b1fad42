"""Turn e-mail into cases: `./qince manage read_privacy_mail ORGANIZATION PATH`, from cron or a mail server's pipe."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from qince.core.organizations.models import Organization
from qince.core.rights.mailbox import read_file, read_maildir
from qince.kit import clock
from qince.kit.actor import system_actor


class Command(BaseCommand):
    help = (
        "Make a privacy request of each new message of a Maildir, or of one message file; prints the numbers."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("organization", help="name or id of the organization the address belongs to")
        parser.add_argument("path", type=Path, help="a Maildir, or a file with one message")

    def handle(self, *args: Any, organization: str, path: Path, **options: Any) -> None:
        found = Organization.objects.filter(name=organization).first() or _by_id(organization)
        if found is None:
            raise CommandError(f"No organization is called {organization}.")
        if not path.exists():
            raise CommandError(f"There is nothing at {path}.")
        actor = system_actor(found.pk, "rights.mailbox")
        now = clock.now()
        cases = read_maildir(actor, path, now=now) if path.is_dir() else [read_file(actor, path, now=now)]
        for case in cases:
            self.stdout.write(case.number)


def _by_id(text: str) -> Organization | None:
    from uuid import UUID

    try:
        return Organization.objects.filter(pk=UUID(text)).first()
    except ValueError:
        return None
