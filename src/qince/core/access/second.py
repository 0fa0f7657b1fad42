"""A second person: what somebody began is settled by somebody else, whichever roles both hold."""

from uuid import UUID

from django.utils.translation import gettext as _

from qince.core.access.models import Grant, Role
from qince.core.access.queries import codes_of
from qince.core.access.registry import permissions
from qince.core.people.models import Employee
from qince.kit.actor import Actor
from qince.kit.errors import Refusal, Text


def require_second(actor: Actor, *, first: UUID | None, permission: str, said: Text) -> None:
    """Refuse with `said` where the actor is who began. A house with nobody else is told how it gets somebody."""
    if first is None or first != actor.employee_id:
        return
    if not _somebody_else_holds(permission, first):
        label = permissions[permission].label
        said = f"{said} " + _(
            "Nobody else may do it yet: an administrator gives a second person a role with “%(permission)s”."
        ) % {"permission": label}
    raise Refusal("second_person", said)


def _somebody_else_holds(permission: str, employee_id: UUID) -> bool:
    roles = [role.pk for role in Role.objects.all() if permission in codes_of(role)]
    rows = Grant.objects.filter(role__in=roles, employee__in=Employee.objects.present())
    return bool(rows.exclude(employee=employee_id).exists())
