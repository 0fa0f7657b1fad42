"""What the acts upon employees share: whom they reach, on which day, in which state."""

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from qince.core.people.models import Employee
from qince.core.people.rules import EDIT
from qince.kit.action import note
from qince.kit.actor import Actor
from qince.kit.clock import local_date
from qince.kit.errors import NotFound, Refusal
from qince.kit.validation import check_fields

PROFILE = ("name", "number", "position", "email", "hired_on")


Status = Employee.Status


def within_reach(actor: Actor, employee: Employee) -> Employee:
    """The employee, fresh and locked, if the actor may change them; else `NotFound`."""
    rows = actor.scope(EDIT).filter(Employee.objects.filter(pk=employee.pk), "pk")
    found: Employee | None = rows.select_for_update(of=("self",)).first()
    if found is None:
        raise NotFound
    return found


def today(employee: Employee, now: datetime) -> date:
    return local_date(now, employee.organization.time_zone)


def day_of(employee: Employee, on: date | None, now: datetime) -> date:
    present = today(employee, now)
    if on is not None and on > present:
        raise Refusal("future_date", _("The day cannot lie in the future."), field="on")
    return on or present


def profile_of(profile: dict[str, Any]) -> dict[str, Any]:
    return {name: profile[name] for name in PROFILE if name in profile}


def check_employee(employee: Employee, *, may_lack: bool = False) -> None:
    if (
        not may_lack and not employee.name
    ):  # C2.1.1-03: name and mobile are what an account needs, and all it needs
        raise Refusal("name_required", _("The name is required."), field="name")
    if not may_lack and not employee.mobile:
        raise Refusal("invalid_mobile", _("This is no mobile number."), field="mobile")
    check_fields(employee, but=set(employee.lacks) if may_lack else set())
    for name, message in _taken(employee).items():
        raise Refusal("taken", message, field=name)


def _taken(employee: Employee) -> dict[str, Any]:
    """Who else holds the mobile or the number: named, so that people can mend it."""
    others = Employee.objects.present().exclude(pk=employee.pk)
    if employee.mobile and (holder := others.filter(mobile=employee.mobile).first()):
        return {"mobile": _("%(name)s already has this mobile number.") % {"name": holder.name}}
    if employee.number and (holder := others.filter(number=employee.number).first()):
        return {"number": _("%(name)s already has this employee number.") % {"name": holder.name}}
    return {}


def require_status(employee: Employee, *allowed: str) -> None:
    if employee.status not in allowed:
        message = _("%(name)s is “%(status)s”: this cannot be done now.")
        raise Refusal(
            "wrong_status", message % {"name": employee.name, "status": employee.get_status_display()}
        )


def require_another(actor: Actor, employee: Employee) -> None:
    if actor.employee_id == employee.pk:
        raise Refusal("oneself", _("You cannot do this to yourself. Ask another administrator."))


def change_status(employee: Employee, status: str, **facts: Any) -> None:
    before, employee.status = employee.status, status
    employee.save()
    note(employee, status=(before, status), **facts)
