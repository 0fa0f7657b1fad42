"""Reads of the address book. Those that take an actor start from what the actor may see."""

from collections.abc import Iterable
from uuid import UUID

from django.db import connection
from django.db.models import Q

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


def subordinate_ids(employee_id: UUID) -> set[UUID]:
    """Everyone below `employee_id` in the reporting line, at any depth. UNION stops a circle from looping."""
    with connection.cursor() as cursor:
        cursor.execute(_SUBORDINATES, {"org": current_organization_id(), "leader": employee_id})
        return {row[0] for row in cursor.fetchall()}


def employee_ids_under(department_ids: Iterable[str]) -> set[UUID]:
    """Present members of the listed departments and everything below them."""
    within = Q()
    for path in Department.objects.filter(pk__in=list(department_ids)).values_list("path", flat=True):
        within |= Q(department__path__startswith=path)
    if not within:
        return set()
    members = Membership.objects.filter(within, ends_on__isnull=True)
    return set(members.values_list("employee_id", flat=True))


def employees_visible_to(actor: Actor) -> EmployeeQuerySet:
    """Employees within the actor's scope for `people.view`; oneself always."""
    scope = actor.scope(VIEW)
    rows: EmployeeQuerySet = Employee.objects.all()
    return rows if scope.everyone else rows.filter(pk__in={*scope.employee_ids, actor.employee_id})


def get_employee(actor: Actor, employee_id: UUID) -> Employee:
    """One employee in the actor's sight; `NotFound` alike for absent and hidden."""
    found: Employee | None = employees_visible_to(actor).filter(pk=employee_id).first()
    if found is None:
        raise NotFound
    return found
