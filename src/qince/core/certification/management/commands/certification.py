"""The operator's checking of organizations: who waits, their papers, and the decision with a name."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from qince.core.certification import actions
from qince.core.certification.models import Certification
from qince.core.organizations.models import Organization
from qince.kit import clock
from qince.kit.actor import Actor, system_actor
from qince.kit.errors import Refusal
from qince.kit.tenancy import tenant

ENDINGS = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg"}


class Command(BaseCommand):
    help = "Certification of organizations: list, papers, approve, reject."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("act", choices=("list", "papers", "approve", "reject"))
        parser.add_argument("--organization", default="", help="its id (list shows it)")
        parser.add_argument("--by", default="", help="your name: it stands on record")
        parser.add_argument("--reason", default="", help="reject: what is wrong")
        parser.add_argument("--to", type=Path, help="papers: an empty folder to write them to")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["act"] == "list":
            return self._list()
        by = options["by"].strip()
        if not by:
            raise CommandError("Say who decides: --by 'NAME'. It stands on record.")
        actor = system_actor(_organization(options["organization"]).pk, by)
        try:
            self._act(actor, by, options)
        except Refusal as refusal:
            raise CommandError(str(refusal.message)) from refusal
        return None

    def _list(self) -> None:
        for each in Organization.objects.order_by("created_at"):
            with tenant(each):
                for found in Certification.objects.defer("licence", "letter").order_by("entered_at"):
                    if found.state != Certification.State.DRAFT:
                        self.stdout.write(
                            f"{each.pk}  {found.state:9}  {found.credit_code}  {found.masked_representative}  "
                            f"{found.masked_id_number}  {found.name}"
                        )

    def _act(self, actor: Actor, by: str, options: dict[str, Any]) -> None:
        now = clock.now()
        if options["act"] == "approve":
            actions.approve(actor, decided_by=by, now=now)
        elif options["act"] == "reject":
            actions.reject(actor, decided_by=by, reason=options["reason"], now=now)
        else:
            self._papers(actions.open_papers(actor, decided_by=by), options["to"])
        self.stdout.write(self.style.SUCCESS("Done."))

    def _papers(self, found: Certification, folder: Path | None) -> None:
        """The two files, and what has to be compared with them."""
        if folder is None or not folder.is_dir() or any(folder.iterdir()):
            raise CommandError("Name an empty folder: --to FOLDER. Delete it once you have decided.")
        for name in ("licence", "letter"):
            content = getattr(found, name)
            if content is None:
                self.stdout.write(f"{name}: erased")
                continue
            path = folder / f"{name}.{ENDINGS.get(getattr(found, name + '_type'), 'bin')}"
            path.touch(mode=0o600)
            path.write_bytes(content)
        self.stdout.write(f"{found.name}  {found.credit_code}  {found.address}")
        self.stdout.write(f"{found.representative}  {found.get_id_kind_display()}  {found.id_number}")


def _organization(text: str) -> Organization:
    try:
        found = Organization.objects.filter(pk=UUID(text)).first()
    except ValueError:
        found = None
    if found is None:
        raise CommandError("There is no such organization. See: ./qince manage certification list")
    return found
