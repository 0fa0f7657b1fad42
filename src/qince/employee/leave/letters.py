"""What people are told about their leave beyond its approval."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from qince.core.letters import registry as letters
from qince.core.letters.actions import Addressee, send
from qince.kit.actor import Actor

letters.group("leave", _("Leave"))
RECOUNTED = letters.kind(
    "leave.recounted",
    title=_("Your leave counts anew"),
    body=_(
        "The calendar or your shifts have changed: your leave from %(first)s counts %(after)s instead of %(before)s."
    ),
    is_mandatory=True,
)  # fmt: skip
SHORT = letters.kind(
    "leave.short",
    title=_("Your leave is no longer covered"),
    body=_(
        "By the changed calendar or shifts your leave from %(first)s would count %(after)s, more than you have. It "
        "stays as it was for now; please talk to HR."
    ),
    is_mandatory=True,
)  # fmt: skip


def tell(actor: Actor, employee_id: UUID, kind: str, values: Mapping[str, str], *, now: datetime) -> None:
    send(actor, to=[Addressee(employee_id=employee_id)], kind=kind, values=values, now=now)
