"""Who looks after minors, and the door that stays closed meanwhile."""

from collections.abc import Collection
from datetime import date, timedelta
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from qince.core.access.registry import PRIVACY_OFFICER, permission
from qince.core.guardians.models import Minor
from qince.core.people import ages
from qince.core.people.models import Employee
from qince.core.signin import holding
from qince.kit.errors import Refusal, Text

MANAGE = permission(
    "guardians.manage",
    _("Enter guardians of minors, and review who may be a minor"),
    default_roles=(PRIVACY_OFFICER,),
)
ANSWERABLE_FOR = timedelta(days=7)  # how long a guardian's address answers
Stage = Minor.Stage
_CLOSED: dict[str, Text] = {
    Stage.WAITING: _(
        "You are under 18: your account opens once your parent or guardian has agreed. Your administrator enters "
        "them and they get a text message."
    ),
    Stage.CLOSED: _("This account cannot be opened at your age. Your administrator knows of it."),
    Stage.CHILD: _("Qince is not for children. Everything about you here is being deleted."),
}


def erased_within() -> timedelta:
    """The operator's hours for a child's data (N-06)."""
    return timedelta(hours=settings.CHILD_ERASURE_HOURS)


@holding.provide
def hold_of(employee: Employee) -> Refusal | None:
    """Why this person may not come in: asked at every way in, so nothing else can open the door."""
    stage = Minor.objects.filter(employee=employee.pk).values_list("stage", flat=True).first()
    if stage is None or stage in Minor.OPEN:
        return None
    return Refusal(f"minor_{stage}", _CLOSED[stage], status=403)


def _known(employee_ids: Collection[UUID]) -> dict[UUID, date]:
    rows = Minor.objects.filter(employee__in=list(employee_ids), adult_on__isnull=False)
    return dict(rows.values_list("employee_id", "adult_on"))


ages.known.append(_known)
