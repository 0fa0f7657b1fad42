"""An employee leaves, and somebody takes over."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from qince.core.people import placing
from qince.core.people.accounts import set_active, sign_out_everywhere
from qince.core.people.actions.common import (
    Status,
    change_status,
    day_of,
    require_another,
    require_status,
    within_reach,
)
from qince.core.people.events import (
    EmployeeLeft,
)
from qince.core.people.models import Employee
from qince.core.people.queries import pick_employee
from qince.core.people.rules import EDIT
from qince.kit.action import action, note, several
from qince.kit.actor import Actor
from qince.kit.errors import Refusal
from qince.kit.events import publish


@action("people.leave", permission=EDIT)
def leave(
    actor: Actor,
    employee: Employee,
    *,
    now: datetime,
    on: date | None = None,
    successor: Employee | None = None,
) -> Employee:
    """The employee leaves: signed out, out of every department; subordinates go to `successor`, else one up."""
    employee = within_reach(actor, employee)
    require_status(employee, Status.INVITED, Status.ACTIVE, Status.SUSPENDED)
    require_another(actor, employee)
    day = day_of(employee, on, now)
    placing.lock_structure()
    heir = _heir(actor, employee, successor)
    handed = _hand_over(employee, heir, on=day)
    placing.place(employee, [], on=day)
    placing.lead(employee, None, on=day)
    employee.left_on = day
    change_status(employee, Status.LEFT, left_on=day, subordinates=several(handed), successor=str(heir or ""))
    set_active(employee, is_active=False)
    sign_out_everywhere(employee, now=now)
    publish(EmployeeLeft(employee.pk, heir.pk if heir else None))
    return employee


def _heir(actor: Actor, employee: Employee, successor: Employee | None) -> Employee | None:
    if successor is None:
        return employee.leader
    if successor.pk == employee.pk:
        raise Refusal("own_successor", _("Choose somebody else as the successor."), field="successor")
    return pick_employee(actor, successor)


def _hand_over(employee: Employee, heir: Employee | None, *, on: date) -> list[str]:
    """Give the subordinates to the heir; an heir who was one of them goes to the leaver's own leader."""
    handed = []
    for subordinate in Employee.objects.present().filter(leader=employee).order_by("name_key"):
        above = employee.leader if heir and subordinate.pk == heir.pk else heir
        placing.lead(subordinate, above, on=on)
        note(subordinate, leader=(employee.name, str(above or "")))
        handed.append(subordinate.name)
    return handed
