"""Whether the database itself keeps organizations apart: the doctor's question."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from qince.kit.postgresql.examining import faults
from qince.kit.postgresql.policy import RULE

# The policy as `postgresql.policy` makes it, whatever stood there before.
MEND = (
    "ALTER TABLE … ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY; and leave it no policy but: " + RULE
)


class Command(BaseCommand):
    help = "Check that row-level security is forced, by the one policy, on every tenant table."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        if found := [f"{table} {what}" for table, what in faults()]:
            more = f" (and {len(found) - 3} more)" if len(found) > 3 else ""
            raise CommandError(f"{'; '.join(found[:3])}{more}. As the owner run on each: {MEND}")
