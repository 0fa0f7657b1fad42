"""Who belongs where and to whom as of a day: memberships and reporting lines are dated, so the past stays."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from qince.core.people.models import Department, Employee, Membership, ReportingLine

Span = tuple[date, date | None, Any]
DEEPEST = 20


class Places:
    """Memberships of some people over time. A handful of queries."""

    def __init__(self, employee_ids: Collection[UUID] | None = None) -> None:
        self.above = {
            key: [UUID(step) for step in reversed(path.split("/")) if step]
            for key, path in Department.objects.values_list("pk", "path")
        }
        rows: Any = Membership.objects.all()
        if employee_ids is not None:
            rows = rows.filter(employee__in=employee_ids)
        self._held: dict[UUID, list[tuple[date, date | None, UUID, bool]]] = defaultdict(list)
        for employee, starts, ends, department, is_main in rows.order_by("starts_on", "pk").values_list(
            "employee", "starts_on", "ends_on", "department", "is_main"
        ):
            self._held[employee].append((starts, ends, department, is_main))

    def departments(self, employee: UUID, on: date) -> set[UUID]:
        """Those the person belonged to on that day, with all above them."""
        return {step for department in self._on(employee, on) for step in self.above.get(department, ())}

    def main(self, employee: UUID, on: date) -> UUID | None:
        found = list(self._on(employee, on, only_main=True)) or list(self._on(employee, on))
        return found[-1] if found else None

    def _on(self, employee: UUID, on: date, *, only_main: bool = False) -> Iterable[UUID]:
        """On a day before the first membership, that one: books are often begun after people were."""
        held = self._held.get(employee, ())
        at = max(on, held[0][0]) if held else on
        for starts, ends, department, is_main in held:
            if starts <= at and (ends is None or at < ends) and (is_main or not only_main):
                yield department


def leaders_at(employee_id: UUID, on: date) -> list[UUID]:
    """The reporting line as of that day, the direct leader first. Where nothing is on record yet, the present one."""
    found: list[UUID] = []
    step: UUID | None = employee_id
    while step is not None and len(found) < DEEPEST:
        step = _leader_at(step, on)
        if step is None or step in found or step == employee_id:
            break
        found.append(step)
    return found


def _leader_at(employee_id: UUID, on: date) -> UUID | None:
    lines = list(
        ReportingLine.objects.filter(employee=employee_id)
        .order_by("starts_on")
        .values_list("starts_on", "ends_on", "leader_id")
    )
    for starts, ends, leader in reversed(lines):
        if starts <= on and (ends is None or on < ends):
            return leader
    if lines and lines[0][0] <= on:
        return None  # had a leader before, and none on that day
    current: UUID | None = Employee.objects.filter(pk=employee_id).values_list("leader_id", flat=True).first()
    return current


def heads_at(department_id: UUID, on: date, *, but: UUID) -> list[UUID]:
    """Heads of the nearest department upwards that had one on that day other than the person."""
    path = Department.objects.filter(pk=department_id).values_list("path", flat=True).first() or ""
    way = [UUID(step) for step in reversed(path.split("/")) if step]
    there = Q(starts_on__lte=on) & (Q(ends_on__isnull=True) | Q(ends_on__gt=on))
    rows = Membership.objects.filter(there, department__in=way, is_head=True).exclude(employee=but)
    heads: dict[UUID, list[UUID]] = defaultdict(list)
    for department, employee in rows.order_by("starts_on", "employee").values_list("department", "employee"):
        heads[department].append(employee)
    return next((heads[key] for key in way if heads[key]), [])


def present(employee_ids: Collection[UUID]) -> set[UUID]:
    rows = Employee.objects.filter(pk__in=employee_ids).exclude(status=Employee.Status.LEFT)
    return set(rows.values_list("pk", flat=True))
