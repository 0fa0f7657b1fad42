"""Where people belong, and since when: memberships and reporting lines. Inside an action only."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import connection
from django.utils.translation import gettext_lazy as _

from qince.core.people.models import Department, Employee, Membership, ReportingLine
from qince.core.people.queries import subordinate_ids
from qince.kit.errors import Refusal
from qince.kit.tenancy import current_organization_id

# Namespace of the advisory lock that lets one change of the structure at a time look for circles.
STRUCTURE = 0x5731


def lock_structure() -> None:
    """Wait for other changes of departments and reporting lines; without it two of them could close a circle."""
    with connection.cursor() as cursor:
        key = current_organization_id().int & 0x7FFFFFFF
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [STRUCTURE, key])


def place(employee: Employee, departments: list[Department], *, on: date) -> tuple[list[str], list[str]]:
    """Let the employee be in exactly `departments` from `on`, the first being the main one.

    Returns the names before and after. What began on the same day is replaced, so a correction leaves no
    trace of a department nobody ever worked in.
    """
    wanted = _wanted(departments)
    held = list(
        employee.memberships.filter(ends_on__isnull=True).select_related("department").order_by("-is_main")
    )
    before = [membership.department.name for membership in held]
    kept = {found.department_id for found in held if wanted.get(found.department_id) == found.is_main}
    _end((found for found in held if found.department_id not in kept), on)
    Membership.objects.bulk_create(
        Membership(employee=employee, department_id=key, is_main=is_main, starts_on=on)
        for key, is_main in wanted.items()
        if key not in kept
    )
    return before, [department.name for department in departments]


def begin(employee: Employee, departments: list[Department], *, on: date) -> None:
    """Put somebody new into their first departments."""
    Membership.objects.bulk_create(
        Membership(employee=employee, department_id=key, is_main=is_main, starts_on=on)
        for key, is_main in _wanted(departments).items()
    )


def _wanted(departments: list[Department]) -> dict[Any, bool]:
    """Which departments, and whether each is the main one: the first is, even if named again."""
    return {found.pk: position == 0 for position, found in reversed(list(enumerate(departments)))}


def _end(dated: Iterable[Any], on: date) -> None:
    for found in dated:
        if found.starts_on >= on:
            found.delete()
        else:
            found.ends_on = on
            found.save(update_fields=["ends_on"])


def lead(employee: Employee, leader: Employee | None, *, on: date) -> None:
    """Let `leader` lead the employee from `on`. Refuses oneself, leavers, and circles."""
    if leader is not None:
        _check_leader(employee, leader)
    _end(employee.reporting_lines.filter(ends_on__isnull=True), on)
    if leader is not None:
        ReportingLine.objects.create(employee=employee, leader=leader, starts_on=on)
    employee.leader = leader
    employee.save(update_fields=["leader", "updated_at"])


def lead_new(pairs: list[tuple[Employee, Employee]], *, on: date) -> None:
    """Give each new (employee, leader) pair its first line. The caller has looked for circles."""
    ReportingLine.objects.bulk_create(
        ReportingLine(employee=employee, leader=leader, starts_on=on) for employee, leader in pairs
    )
    for employee, leader in pairs:
        employee.leader = leader
    Employee.objects.bulk_update([employee for employee, _leader in pairs], ["leader"], batch_size=500)


def _check_leader(employee: Employee, leader: Employee) -> None:
    if leader.pk == employee.pk:
        raise Refusal("own_leader", _("Nobody can be their own leader."), field="leader")
    if leader.status == Employee.Status.LEFT:
        raise Refusal("leader_left", _("This leader has left."), field="leader")
    if leader.pk in subordinate_ids(employee.pk):
        message = _("%(leader)s reports to %(employee)s, directly or further down: that would be a circle.")
        names = {"leader": leader.name, "employee": employee.name}
        raise Refusal("leader_circle", message % names, field="leader")


def head(employee: Employee, department_ids: set[Any]) -> bool:
    """Let the employee head exactly these of their departments; tells whether anything changed."""
    held = employee.memberships.filter(ends_on__isnull=True)
    added = held.filter(department__in=department_ids, is_head=False).update(is_head=True)
    removed = held.exclude(department__in=department_ids).filter(is_head=True).update(is_head=False)
    return bool(added or removed)
