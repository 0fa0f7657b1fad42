"""Reads of the address book. Those that take an actor start from what the actor may see."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import OuterRef, Q, QuerySet, Subquery

from qince.core.people.models import Department, Employee, EmployeeQuerySet, Membership
from qince.core.people.rules import VIEW
from qince.kit.actor import Actor
from qince.kit.errors import NotFound
from qince.kit.tenancy import current_organization_id

_SUBORDINATES = """
    WITH RECURSIVE below AS (
        SELECT id FROM people_employee WHERE organization_id = %(org)s AND leader_id = %(leader)s
        UNION
        SELECT e.id FROM people_employee e JOIN below b ON e.leader_id = b.id WHERE e.organization_id = %(org)s
    )
    SELECT id FROM below
"""

_ABOVE = """
    WITH RECURSIVE above AS (
        SELECT leader_id AS id, 1 AS step FROM people_employee WHERE organization_id = %(org)s AND id = %(employee)s
        UNION
        SELECT e.leader_id, a.step + 1 FROM people_employee e JOIN above a ON e.id = a.id
        WHERE e.organization_id = %(org)s AND a.step < 50
    )
    SELECT id FROM above WHERE id IS NOT NULL ORDER BY step
"""


def restricted_ids() -> frozenset[UUID]:
    """Whose data may only be stored and kept safe for now (C6.2-12)."""
    return frozenset(Employee.objects.filter(restricted_at__isnull=False).values_list("pk", flat=True))


def subordinate_ids(employee_id: UUID) -> set[UUID]:
    """Everyone below `employee_id` in the reporting line, at any depth. UNION stops a circle from looping."""
    with connection.cursor() as cursor:
        cursor.execute(_SUBORDINATES, {"org": current_organization_id(), "leader": employee_id})
        return {row[0] for row in cursor.fetchall()}


def employee_ids_under(department_ids: Iterable[str]) -> set[UUID]:
    """Present members of the listed departments and everything below them."""
    members = memberships_under(department_ids).filter(ends_on__isnull=True)
    return set(members.values_list("employee_id", flat=True))


def memberships_under(department_ids: Iterable[str]) -> "QuerySet[Membership]":
    """Present and past memberships in the listed departments and everything below them."""
    within = Q()
    for path in Department.objects.filter(pk__in=list(department_ids)).values_list("path", flat=True):
        within |= Q(department__path__startswith=path)
    return Membership.objects.filter(within) if within else Membership.objects.none()


def department_ids_above(employee_id: UUID) -> set[str]:
    """The departments an employee is in now, and all above them."""
    paths = Membership.objects.filter(employee=employee_id, ends_on__isnull=True).values_list(
        "department__path", flat=True
    )
    return {key for path in paths for key in path.split("/") if key}


def employees_visible_to(actor: Actor) -> EmployeeQuerySet:
    """Employees within the actor's scope for `people.view`; oneself always."""
    scope = actor.scope(VIEW)
    rows: EmployeeQuerySet = Employee.objects.all()
    if scope.everyone:
        return rows.exclude(pk__in=scope.excluded) if scope.excluded else rows
    return rows.filter(pk__in={*scope.employee_ids, actor.employee_id})


def pick_employee(actor: Actor, chosen: Employee) -> Employee:
    """An employee named in a form, as leader or successor: present and in the actor's sight, else `NotFound`."""
    return get_employee(actor, chosen.pk)


def pick_departments(chosen: list[Department]) -> list[Department]:
    """The departments named in a form, fresh and in the given order; one that is not there is `NotFound`."""
    held = {found.pk: found for found in Department.objects.filter(pk__in=[found.pk for found in chosen])}
    if len(held) != len({found.pk for found in chosen}):
        raise NotFound
    return [held[key] for key in dict.fromkeys(found.pk for found in chosen)]


def get_employee(actor: Actor, employee_id: UUID) -> Employee:
    """One employee in the actor's sight; `NotFound` alike for absent and hidden."""
    found: Employee | None = employees_visible_to(actor).filter(pk=employee_id).first()
    if found is None:
        raise NotFound
    return found


def departments_visible_to(actor: Actor) -> "QuerySet[Department]":
    """Every department: the tree itself is known to all who may open the address book."""
    return Department.objects.all() if actor.may(VIEW) else Department.objects.none()


def department_names() -> dict[UUID, str]:
    """Each department's path in words, `销售部/华东一区`, by id; in the order of the tree. One query."""
    rows = list(Department.objects.values_list("pk", "parent_id", "name", "sequence", "name_key"))
    names = {row[0]: row[2] for row in rows}
    return {pk: "/".join(names[step] for step in way) for pk, way in _ways_down(rows).items()}


def department_depths() -> dict[UUID, int]:
    """How many departments are above each, by id, in the order of the tree. One query."""
    rows = list(Department.objects.values_list("pk", "parent_id", "sequence", "name_key"))
    return {pk: len(way) - 1 for pk, way in _ways_down(rows).items()}


def _ways_down(rows: list[Any]) -> dict[UUID, list[UUID]]:
    """Of (id, parent, …, sequence, name key): the ids from the root to each, in the order of the tree."""
    parents, ranks = {row[0]: row[1] for row in rows}, {row[0]: row[-2:] for row in rows}
    ways = {pk: _way_down(pk, parents) for pk in parents}
    return {pk: ways[pk] for pk in sorted(ways, key=lambda pk: [ranks[step] for step in ways[pk]])}


def _way_down(pk: UUID, parents: dict[UUID, UUID | None]) -> list[UUID]:
    """Ids from the root to `pk`."""
    way: list[UUID] = []
    step: UUID | None = pk
    while step is not None and step not in way:
        way.append(step)
        step = parents.get(step)
    return way[::-1]


def with_main_department(rows: EmployeeQuerySet) -> EmployeeQuerySet:
    """Annotate `main_department` (its name) and `main_department_id`: one join, whatever the number of rows."""
    main = Membership.objects.filter(employee=OuterRef("pk"), is_main=True, ends_on__isnull=True)
    return rows.annotate(main_department=Subquery(main.values("department__name")[:1]))


def with_department_key(rows: EmployeeQuerySet) -> EmployeeQuerySet:
    """Annotate `main_department_key`, to sort by the main department's name."""
    main = Membership.objects.filter(employee=OuterRef("pk"), is_main=True, ends_on__isnull=True)
    return rows.annotate(main_department_key=Subquery(main.values("department__name_key")[:1]))


def leaders_above(employee: Employee) -> list[Employee]:
    """The reporting line from the direct leader to the top."""
    with connection.cursor() as cursor:
        cursor.execute(_ABOVE, {"org": current_organization_id(), "employee": employee.pk})
        order = [row[0] for row in cursor.fetchall()]
    found = {each.pk: each for each in Employee.objects.filter(pk__in=order)}
    return [found[key] for key in order if key in found]
