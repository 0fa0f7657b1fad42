"""Totals of a month out of stored days, in one statement for everybody."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, Sum
from django.db.models.functions import Coalesce

from qince.employee.attendance.models import DayResult

Status = DayResult.Status
_SUMS = {
    "due": "due_minutes",
    "worked": "worked_minutes",
    "late_times": "late_times",
    "late": "late_minutes",
    "serious_times": "serious_times",
    "early_times": "early_times",
    "early": "early_minutes",
    "lack_times": "lack_times",
    "absent": "absent_minutes",
    "leave": "leave_minutes",
    "away": "away_minutes",
}
_NOT_THERE = (Status.ABSENT, Status.LEAVE, Status.OFF, Status.EXEMPT, Status.PENDING)


def month_totals(employees: Iterable[Any], month: date) -> dict[UUID, dict[str, int]]:
    """The figures of `replay.months`, from the table: for people who have results in that month."""
    last = (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    rows = DayResult.objects.filter(employee__in=employees, on__range=(month, last))
    figures: dict[str, Any] = {
        "due_days": Count("pk", filter=Q(due_minutes__gt=0)),
        "attended_days": Count("pk", filter=~Q(status__in=_NOT_THERE)),
        "absent_days": Count("pk", filter=Q(status=Status.ABSENT)),
        **{name: Coalesce(Sum(column), 0) for name, column in _SUMS.items()},
        **{
            f"overtime_{kind}": Coalesce(Sum("overtime_minutes", filter=Q(day_kind=kind)), 0)
            for kind in DayResult.DayKind.values
        },
    }
    found = (
        rows.order_by()
        .values("employee_id")
        .annotate(**{f"the_{name}": each for name, each in figures.items()})
    )
    return {row["employee_id"]: {name: row[f"the_{name}"] for name in figures} for row in found}
