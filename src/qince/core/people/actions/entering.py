"""An employee is entered or edited."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from qince.core.organizations.models import Organization
from qince.core.people import ages, placing
from qince.core.people.accounts import affiliate, normal_mobile, set_active, sign_out_everywhere
from qince.core.people.actions.common import (
    Status,
    change_status,
    check_employee,
    profile_of,
    require_another,
    today,
    within_reach,
)
from qince.core.people.actions.moving import move_within, set_under
from qince.core.people.events import (
    BirthdayEntered,
    EmployeeChanged,
    EmployeesJoined,
    EmployeeSuspended,
)
from qince.core.people.models import Department, Employee
from qince.core.people.queries import pick_departments, pick_employee
from qince.core.people.rules import EDIT
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.attestation import attest
from qince.kit.clock import local_date
from qince.kit.errors import Refusal
from qince.kit.events import publish
from qince.kit.identifiers import masked_mobile

KNOWS = _("This person was informed that their data is entered here, and has agreed to it.")


@action("people.create_employee", permission=EDIT)
def create_employee(
    actor: Actor,
    *,
    now: datetime,
    name: str,
    mobile: str,
    departments: list[Department] | None = None,
    leader: Employee | None = None,
    birthday: date | None = None,
    attested: bool = False,
    **profile: Any,
) -> Employee:
    """Enter a new employee; they can sign in with the mobile. The first department is the main one.

    A birthday is compared, and not kept here: whoever may not be entered is refused before anything is written (C7-01).
    """
    if birthday is not None:
        organization = Organization.objects.get(pk=actor.organization_id)
        ages.admit(birthday, organization, local_date(now, organization.time_zone))
    if not actor.scope(EDIT).everyone and not (leader and actor.scope(EDIT).covers(leader.pk)):
        raise Refusal("leader_out_of_scope", _("Choose a leader within your own area."), field="leader")
    agreed = attest(KNOWS, attested=attested)
    employee = enter(
        now=now,
        name=name,
        mobile=normal_mobile(mobile),
        departments=departments or [],
        facts=agreed,
        **profile,
    )
    if leader is not None:
        placing.lead(employee, pick_employee(actor, leader), on=today(employee, now))
    publish(EmployeesJoined((employee.pk,)))
    if birthday is not None:
        publish(BirthdayEntered(employee.pk, birthday))
    return employee


def enter(
    *,
    now: datetime,
    name: str,
    mobile: str,
    departments: list[Department],
    facts: Mapping[str, str] | None = None,
    **profile: Any,
) -> Employee:
    """The writing of `create_employee`. The mobile is normal (E.164), the caller has checked the permission; `facts` go
    into the record.
    """
    employee = Employee(name=name.strip(), mobile=mobile, **profile_of(profile))
    check_employee(employee)
    on = employee.hired_on or today(employee, now)
    return admit(employee, pick_departments(departments), on=on, **facts or {})


def admit(employee: Employee, departments: list[Department], *, on: date, **facts: str) -> Employee:
    """Write a checked, new employee with account and departments; shared with the import."""
    affiliate(employee)
    employee.save(force_insert=True)
    placing.begin(employee, departments, on=on)
    note(
        employee,
        name=employee.name,
        mobile=masked_mobile(employee.mobile),
        departments=[found.name for found in departments],
        **facts,
    )
    return employee


@action("people.edit_employee", permission=EDIT)
def edit_employee(actor: Actor, employee: Employee, *, now: datetime, **changes: Any) -> Employee:
    """Change name, mobile or profile; with `departments` or `leader`, move the employee as of today.

    Name or mobile may be emptied: the account is suspended then until it is entered again, and nothing else changes.
    """
    employee = within_reach(actor, employee)
    if any(changes.get(name, "x") == "" for name in ("name", "mobile")):
        require_another(actor, employee)
    departments, leader = changes.pop("departments", None), changes.pop("leader", False)
    if (birthday := changes.pop("birthday", None)) is not None:
        ages.check_birthday(birthday, today(employee, now))
        publish(BirthdayEntered(employee.pk, birthday))
    revise(employee, by=actor, now=now, **changes)
    if departments is not None:
        move_within(employee, departments, on=today(employee, now))
    if leader is not False:
        set_under(actor, employee, leader, on=today(employee, now))
    return employee


def revise(employee: Employee, *, by: Actor, now: datetime, **changes: Any) -> None:
    """The writing of `edit_employee` for fields of the row itself. A new mobile signs the old one out, and stands
    masked in the trail; whoever is changed by somebody else is told (C6.1-03).
    """
    if changes.get("mobile"):
        changes["mobile"] = normal_mobile(changes["mobile"])
    changed = {name: new for name, new in changes.items() if new != getattr(employee, name)}
    if not changed:
        return
    before = {name: getattr(employee, name) for name in changed}
    for name, new in changed.items():
        setattr(employee, name, new)
    check_employee(employee, may_lack=employee.status != Status.LEFT)
    if "mobile" in changed and employee.status != Status.LEFT:
        sign_out_everywhere(employee, now=now)
        if employee.mobile:
            affiliate(employee)
            set_active(employee, is_active=employee.status != Status.SUSPENDED)
    employee.save()
    noted = {name: (before[name], new) for name, new in changed.items()}
    if "mobile" in noted:
        noted["mobile"] = (masked_mobile(before["mobile"]), masked_mobile(employee.mobile))
    note(employee, **noted)
    if by.employee_id != employee.pk and employee.status != Status.LEFT:
        publish(EmployeeChanged(employee.pk, tuple(changed), noted.get("mobile", ("", ""))))
    if employee.status != Status.LEFT and any(name in changed for name in employee.lacks):
        _close_for_lack(employee, now=now)


def _close_for_lack(employee: Employee, *, now: datetime) -> None:
    """Suspend an account that lost what it cannot be used without (C2.1.1-08); the trail says why."""
    if employee.status != Status.SUSPENDED:
        change_status(employee, Status.SUSPENDED, lacks=employee.lacks)
    set_active(employee, is_active=False)
    sign_out_everywhere(employee, now=now)
    publish(EmployeeSuspended(employee.pk))
