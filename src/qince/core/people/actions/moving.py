"""Departments and reporting lines."""

from datetime import date, datetime

from qince.core.people import placing
from qince.core.people.actions.common import day_of, within_reach
from qince.core.people.models import Department, Employee
from qince.core.people.queries import pick_departments, pick_employee
from qince.core.people.rules import EDIT
from qince.kit.action import action, note
from qince.kit.actor import Actor


@action("people.move_employee", permission=EDIT)
def move_employee(
    actor: Actor, employee: Employee, *, now: datetime, departments: list[Department], on: date | None = None
) -> Employee:
    """Be in exactly `departments` from the day `on` (today if left open); reports before that day keep the
    old ones.
    """
    employee = within_reach(actor, employee)
    move_within(employee, departments, on=day_of(employee, on, now))
    return employee


def move_within(employee: Employee, departments: list[Department], *, on: date) -> None:
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
    set_under(actor, employee, leader, on=day_of(employee, on, now))
    return employee


def set_under(actor: Actor, employee: Employee, leader: Employee | None, *, on: date) -> None:
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
