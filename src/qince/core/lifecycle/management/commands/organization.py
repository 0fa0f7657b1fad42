"""The operator's acts on an organization: its term, and its leaving. Each asks for the name of who decides."""

from argparse import ArgumentParser
from datetime import date
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from qince.core.lifecycle import leaving, queries, terms
from qince.core.organizations.models import Organization
from qince.kit import clock
from qince.kit.actor import system_actor
from qince.kit.errors import Refusal
from qince.kit.tenancy import tenant


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise CommandError("Name the organization by its id: --organization ID (list shows it)") from error


def _told(gone: tuple[int, int] | None) -> str:
    return f"  {gone[0]} of {gone[1]} people erased" if gone else ""


class Command(BaseCommand):
    help = "Terms and cancellation of an organization: list, term, hotline, expiry, free, confirm, withdraw."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "act", choices=("list", "term", "hotline", "expiry", "free", "confirm", "withdraw")
        )
        parser.add_argument("--organization", default="", help="its id (list shows it)")
        parser.add_argument("--by", default="", help="your name: it stands on record")
        parser.add_argument("--paid-until", type=date.fromisoformat, help="term: last day; without it, free")
        parser.add_argument("--caller", default="", help="hotline: who called")
        parser.add_argument("--verified", default="", help="hotline: how you made sure who it was")
        parser.add_argument("--reason", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["act"] == "list":
            return self._list()
        found = Organization.objects.filter(pk=_id(options["organization"])).first()
        if found is None:
            raise CommandError("There is no such organization. See: ./qince manage organization list")
        if not options["by"].strip():
            raise CommandError("Say who decides: --by 'NAME'. It stands on record.")
        try:
            self._act(found, options)
        except Refusal as refusal:
            raise CommandError(str(refusal.message)) from refusal
        return None

    def _list(self) -> None:
        for each in Organization.objects.order_by("created_at"):
            with tenant(each):
                term, left, gone = queries.current_term(), queries.leaving(), queries.erased_so_far()
            until = term.ends_on if term and term.ends_on else "-"
            self.stdout.write(
                f"{each.pk}  {each.state:10}  until {until}  {left.state if left else ''}  {each.name}{_told(gone)}"
            )

    def _act(self, organization: Organization, options: dict[str, Any]) -> None:
        now, act, by = clock.now(), options["act"], options["by"].strip()
        actor = system_actor(organization.pk, by)
        if act == "term":
            until = options["paid_until"]
            day = queries.today(organization, now)
            terms.note_term(
                actor, edition="paid" if until else "free", starts_on=day, ends_on=until, noted_by=by, now=now
            )
        elif act == "hotline":
            leaving.enter_hotline_request(
                actor,
                caller=options["caller"],
                verification=options["verified"],
                reason=options["reason"],
                now=now,
            )
        elif act == "expiry":
            leaving.propose_expiry(actor, now=now)
        elif act == "free":
            found = leaving.propose_taking_back(actor, now=now)
            self.stdout.write(
                "Proposed." if found else "Warned; it can be proposed once the warning has run out."
            )
        elif act == "confirm":
            found = leaving.confirm_cancellation(actor, confirmed_by=by, now=now)
            self.stdout.write(f"Confirmed: everybody is told; export until {found.export_until}.")
        else:
            leaving.withdraw_cancellation(actor, now=now)
        self.stdout.write(self.style.SUCCESS("Done."))
