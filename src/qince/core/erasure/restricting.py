"""The restricted state: while it lasts, only storage and security touch what is kept of a person (C6.2-12).

`Scope` is where it holds: no permission of anybody reaches the person, so lists, pages, exports, reports and writes
know nothing of them. The person keeps the own rights; nothing new is taken from them.
"""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from qince.core.erasure.actions import case_digest
from qince.core.erasure.events import UseRestricted
from qince.core.erasure.rules import RESTRICT, require_reach
from qince.core.people.models import Employee
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.errors import NotFound, Refusal
from qince.kit.events import publish


@action("erasure.restrict", permission=RESTRICT)
def restrict(actor: Actor, employee: Employee, *, case: Any = None, now: datetime) -> Employee:
    """From now on use nothing of the person's data. Setting it twice changes nothing."""
    found = _locked(actor, employee)
    if found.pk == actor.employee_id:
        raise Refusal("oneself", _("You cannot do this to yourself. Ask another administrator."))
    return _set(actor, found, now, case)


@action("erasure.lift_restriction", permission=RESTRICT)
def lift_restriction(actor: Actor, employee: Employee, *, case: Any = None, now: datetime) -> Employee:
    """The data may be used again."""
    return _set(actor, _locked(actor, employee), None, case)


def _locked(actor: Actor, employee: Employee) -> Employee:
    require_reach(actor, RESTRICT, employee.pk)
    found = Employee.objects.select_for_update(of=("self",)).filter(pk=employee.pk).first()
    if found is None:
        raise NotFound
    return found


def _set(actor: Actor, found: Employee, since: datetime | None, case: Any) -> Employee:
    if (found.restricted_at is None) == (since is None):
        return found
    found.restricted_at = since
    found.save(update_fields=["restricted_at"])
    note(found, restricted=since is not None, case=case_digest(actor.organization_id, case))
    publish(UseRestricted(found.pk, since is not None))
    return found
