"""Who owes which form for which period, and who has given it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from qince.core.organizations.models import Organization
from qince.core.people.models import Department, Employee, Membership
from qince.core.people.queries import department_ids_above
from qince.engines.forms import absence, periods
from qince.engines.forms.models import Assignment, AssignmentTarget, Form, Submission
from qince.engines.forms.periods import Plan
from qince.engines.forms.rules import VIEW
from qince.kit.actor import Actor
from qince.kit.tenancy import current_organization_id


def plan_of(assignment: Assignment, zone: str) -> Plan:
    return Plan(
        period=assignment.period,
        starts_on=assignment.starts_on,
        ends_on=assignment.ends_on,
        due_at=assignment.due_at,
        due_day=assignment.due_day,
        weekdays=tuple(assignment.weekdays),
        zone=zone,
    )


def zone_here() -> str:
    found: str = Organization.objects.values_list("time_zone", flat=True).get(pk=current_organization_id())
    return found


def assignments_of(employee_id: UUID) -> Any:
    """Assignments in use that the employee is a target of: by name, by department, or as everybody."""
    named = Q(employee=employee_id) | Q(department__in=department_ids_above(employee_id))
    targets = AssignmentTarget.objects.filter(named).values("assignment")
    rows = Assignment.objects.filter(Q(is_for_everybody=True) | Q(pk__in=targets), is_active=True)
    return rows.filter(form__state=Form.State.PUBLISHED)


def assigned_form_ids(employee_id: UUID) -> Any:
    return assignments_of(employee_id).values("form")


# --- Who owes ---


@dataclass(frozen=True, slots=True)
class Owed:
    """What one employee owes for one period. `state`: done, late, missing, open while there is time, or away."""

    employee: Employee
    due_at: datetime
    state: str
    submission: Submission | None = None


def owed(actor: Actor, assignment: Assignment, start: date, now: datetime) -> list[Owed]:
    """Everybody in the actor's sight who owes the period's form, and whether it is there, by name."""
    plan = plan_of(assignment, zone_here())
    due_at = periods.due(plan, start)
    people = actor.scope(VIEW).filter(expected(assignment, start, periods.end_of(plan, start)), "pk")
    given: dict[UUID, Submission] = {}
    rows = Submission.objects.filter(assignment=assignment, period_on=start)
    for each in rows.exclude(status__in=Submission.VOID).order_by("filled_at", "pk").defer("sealed"):
        given.setdefault(each.employee_id, each)
    rows = list(people.order_by("name_key", "pk"))
    end = periods.end_of(plan, start)
    away = absence.away_days([each.pk for each in rows], start, end)
    gone = {key for key, dates in away.items() if absence.is_throughout(dates, start, end)}
    return [_owed(each, given.get(each.pk), due_at, now, is_away=each.pk in gone) for each in rows]


def _owed(
    employee: Employee, submission: Submission | None, due_at: datetime, now: datetime, *, is_away: bool
) -> Owed:
    if submission is not None:
        return Owed(employee, due_at, "late" if submission.filled_at > due_at else "done", submission)
    if is_away:
        return Owed(employee, due_at, "away")
    return Owed(employee, due_at, "missing" if now > due_at else "open")


def expected(assignment: Assignment, first: date, last: date) -> Any:
    """Employees who are targets in those days: present ones, members of the departments at any of the days."""
    rows = Employee.objects.present()
    rows = rows.filter(Q(hired_on__isnull=True) | Q(hired_on__lte=last))
    if assignment.is_for_everybody:
        return rows
    targets = list(
        AssignmentTarget.objects.filter(assignment=assignment).values_list("employee", "department")
    )
    named = [employee for employee, _department in targets if employee]
    within = members([department for _employee, department in targets if department], first, last)
    return rows.filter(Q(pk__in=named) | Q(pk__in=within))


def members(department_ids: Iterable[UUID], first: date, last: date) -> Any:
    """Who belonged to the departments, or to any below, on any of the days."""
    below = Q()
    for path in Department.objects.filter(pk__in=list(department_ids)).values_list("path", flat=True):
        below |= Q(department__path__startswith=path)
    if not below:
        return Membership.objects.none().values("employee")
    there = Q(starts_on__lte=last) & (Q(ends_on__isnull=True) | Q(ends_on__gt=first))
    return Membership.objects.filter(below & there).values("employee")
