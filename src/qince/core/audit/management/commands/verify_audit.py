"""Walk the audit chain of every organization, or of one; ends with 1 when one does not hold."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from qince.core.audit.actions import seal
from qince.core.audit.queries import verified
from qince.core.organizations.models import Organization
from qince.kit.tenancy import tenant


class Command(BaseCommand):
    help = (
        "Verify the audit trail. Prints the head of each chain: keep it elsewhere to notice a trail cut off."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--organization", help="only this organization (its id)")
        parser.add_argument(
            "--head", default="", help="a head noted earlier, that must still be in the chain"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        chosen = Organization.objects.order_by("created_at")
        if options["organization"]:
            chosen = chosen.filter(pk=options["organization"])
        elif options["head"]:
            raise CommandError("--head belongs to one organization: give --organization too")
        broken = [each for each in chosen if not self._holds(each, options["head"])]
        if broken:
            raise CommandError(f"{len(broken)} of {len(chosen)} trails do not hold")

    def _holds(self, organization: Organization, head: str) -> bool:
        seal(organization.pk)
        with tenant(organization):
            result = verified(expected_head=head)
        self.stdout.write(
            f"{organization.name}: {result.sealed} entries, {result.heads} signed days, head {result.head}"
        )
        for found in result.breaks:
            self.stdout.write(self.style.ERROR(f"  {found.kind} at {found.sequence} {found.entry_id or ''}"))
        if result.more_breaks:
            self.stdout.write(f"  and {result.more_breaks} more")
        return result.holds
