"""What is done to employees. Each act reaches only employees in the actor's scope for it."""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from qince.core.accounts import sms
from qince.core.organizations.models import Organization
from qince.core.people import ages, placing
from qince.core.people.accounts import affiliate, normal_mobile, set_active, sign_out_everywhere
from qince.core.people.events import (
    BirthdayEntered,
    EmployeeChanged,
    EmployeeLeft,
    EmployeesJoined,
    EmployeeSuspended,
)
from qince.core.people.models import Department, Employee
from qince.core.people.queries import pick_departments, pick_employee
from qince.core.people.rules import EDIT
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.clock import local_date
from qince.kit.errors import NotFound, Refusal
from qince.kit.events import publish
from qince.kit.identifiers import masked_mobile
from qince.kit.validation import check_fields

PROFILE = ("name", "number", "position", "email", "hired_on")
Status = Employee.Status


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
    employee = enter(
        now=now, name=name, mobile=normal_mobile(mobile), departments=departments or [], **profile
    )
    if leader is not None:
        placing.lead(employee, pick_employee(actor, leader), on=today(employee, now))
    publish(EmployeesJoined((employee.pk,)))
    if birthday is not None:
        publish(BirthdayEntered(employee.pk, birthday))
    return employee


def enter(
    *, now: datetime, name: str, mobile: str, departments: list[Department], **profile: Any
) -> Employee:
    """The writing of `create_employee`. The mobile is normal (E.164), the caller has checked the permission."""
    employee = Employee(name=name.strip(), mobile=mobile, **_profile(profile))
    _check(employee)
    return admit(employee, pick_departments(departments), on=employee.hired_on or today(employee, now))


def admit(employee: Employee, departments: list[Department], *, on: date) -> Employee:
    """Write a checked, new employee with account and departments; shared with the import."""
    affiliate(employee)
    employee.save(force_insert=True)
    placing.begin(employee, departments, on=on)
    note(
        employee,
        name=employee.name,
        mobile=masked_mobile(employee.mobile),
        departments=[found.name for found in departments],
    )
    return employee


@action("people.edit_employee", permission=EDIT)
def edit_employee(actor: Actor, employee: Employee, *, now: datetime, **changes: Any) -> Employee:
    """Change name, mobile or profile; with `departments` or `leader`, move the employee as of today.

    Name or mobile may be emptied: the account is suspended then until it is entered again, and nothing else changes.
    """
    employee = within_reach(actor, employee)
    if any(changes.get(name, "x") == "" for name in ("name", "mobile")):
        _not_oneself(actor, employee)
    departments, leader = changes.pop("departments", None), changes.pop("leader", False)
    if (birthday := changes.pop("birthday", None)) is not None:
        ages.check_birthday(birthday, today(employee, now))
        publish(BirthdayEntered(employee.pk, birthday))
    revise(employee, by=actor, now=now, **changes)
    if departments is not None:
        _move(employee, departments, on=today(employee, now))
    if leader is not False:
        _set_leader(actor, employee, leader, on=today(employee, now))
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
    _check(employee, may_lack=employee.status != Status.LEFT)
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
        _to(employee, Status.SUSPENDED, lacks=employee.lacks)
    set_active(employee, is_active=False)
    sign_out_everywhere(employee, now=now)
    publish(EmployeeSuspended(employee.pk))


@action("people.move_employee", permission=EDIT)
def move_employee(
    actor: Actor, employee: Employee, *, now: datetime, departments: list[Department], on: date | None = None
) -> Employee:
    """Be in exactly `departments` from the day `on` (today if left open); reports before that day keep the
    old ones.
    """
    employee = within_reach(actor, employee)
    _move(employee, departments, on=_day(employee, on, now))
    return employee


def _move(employee: Employee, departments: list[Department], *, on: date) -> None:
    put(employee, pick_departments(departments), on=on)


def put(employee: Employee, departments: list[Department], *, on: date) -> None:
    """The writing of `move_employee`, shared with the import."""
    before, after = placing.place(employee, departments, on=on)
    if before != after:
        note(employee, departments=(before, after), on=on)


@action("people.set_leader", permission=EDIT)
def set_leader(
    actor: Actor, employee: Employee, *, now: datetime, leader: Employee | None, on: date | None = None
) -> Employee:
    """Let `leader` (None for nobody) lead the employee from the day `on`; circles are refused."""
    employee = within_reach(actor, employee)
    _set_leader(actor, employee, leader, on=_day(employee, on, now))
    return employee


def _set_leader(actor: Actor, employee: Employee, leader: Employee | None, *, on: date) -> None:
    if (leader and leader.pk) == employee.leader_id:
        return
    if leader is not None:
        leader = pick_employee(actor, leader)
    placing.lock_structure()
    put_under(employee, leader, on=on)


def put_under(employee: Employee, leader: Employee | None, *, on: date) -> None:
    """The writing of `set_leader`, shared with the import; the caller holds the structure's lock."""
    before = employee.leader
    placing.lead(employee, leader, on=on)
    note(employee, leader=(str(before or ""), str(leader or "")), on=on)


@action("people.invite_employee", permission=EDIT)
def invite_employee(actor: Actor, employee: Employee, *, now: datetime) -> Employee:
    """Send a message that says where to sign in. Nobody can register alone: this is the way in (C2.1.1-01)."""
    employee = within_reach(actor, employee)
    _require(employee, Status.INVITED)
    params = {"organization": employee.organization.name, "address": settings.PUBLIC_URL}
    sms.send(employee.mobile, sms.Template.INVITATION, params)
    note(employee, invited=True)
    return employee


@action("people.suspend_employee", permission=EDIT)
def suspend_employee(actor: Actor, employee: Employee, *, now: datetime) -> Employee:
    """Close the door for a while: every device is signed out, nothing is deleted."""
    employee = within_reach(actor, employee)
    _require(employee, Status.INVITED, Status.ACTIVE)
    _not_oneself(actor, employee)
    _to(employee, Status.SUSPENDED)
    set_active(employee, is_active=False)
    sign_out_everywhere(employee, now=now)
    publish(EmployeeSuspended(employee.pk))
    return employee


@action("people.resume_employee", permission=EDIT)
def resume_employee(actor: Actor, employee: Employee, *, now: datetime) -> Employee:
    """Open the door again."""
    employee = within_reach(actor, employee)
    _require(employee, Status.SUSPENDED)
    if employee.lacks:
        message = _("Enter the name and the mobile number first: the account cannot be used without them.")
        raise Refusal("lacks_necessary", message, field=employee.lacks[0])
    _to(employee, Status.ACTIVE)
    set_active(employee, is_active=True)
    return employee


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
    _require(employee, Status.INVITED, Status.ACTIVE, Status.SUSPENDED)
    _not_oneself(actor, employee)
    day = _day(employee, on, now)
    placing.lock_structure()
    heir = _heir(actor, employee, successor)
    handed = _hand_over(employee, heir, on=day)
    placing.place(employee, [], on=day)
    placing.lead(employee, None, on=day)
    employee.left_on = day
    _to(employee, Status.LEFT, left_on=day, subordinates=handed, successor=str(heir or ""))
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


def within_reach(actor: Actor, employee: Employee) -> Employee:
    """The employee, fresh and locked, if the actor may change them; else `NotFound`."""
    rows = actor.scope(EDIT).filter(Employee.objects.filter(pk=employee.pk), "pk")
    found: Employee | None = rows.select_for_update(of=("self",)).first()
    if found is None:
        raise NotFound
    return found


def today(employee: Employee, now: datetime) -> date:
    return local_date(now, employee.organization.time_zone)


def _day(employee: Employee, on: date | None, now: datetime) -> date:
    present = today(employee, now)
    if on is not None and on > present:
        raise Refusal("future_date", _("The day cannot lie in the future."), field="on")
    return on or present


def _profile(profile: dict[str, Any]) -> dict[str, Any]:
    return {name: profile[name] for name in PROFILE if name in profile}


def _check(employee: Employee, *, may_lack: bool = False) -> None:
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


def _require(employee: Employee, *allowed: str) -> None:
    if employee.status not in allowed:
        message = _("%(name)s is “%(status)s”: this cannot be done now.")
        raise Refusal(
            "wrong_status", message % {"name": employee.name, "status": employee.get_status_display()}
        )


def _not_oneself(actor: Actor, employee: Employee) -> None:
    if actor.employee_id == employee.pk:
        raise Refusal("oneself", _("You cannot do this to yourself. Ask another administrator."))


def _to(employee: Employee, status: str, **facts: Any) -> None:
    before, employee.status = employee.status, status
    employee.save()
    note(employee, status=(before, status), **facts)
