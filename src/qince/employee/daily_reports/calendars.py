"""Each person's days as reports count them: attendance says which are worked, leave which of them are taken off."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from uuid import UUID

from qince.core.organizations.models import Organization
from qince.employee.attendance.due import DueDay, due_days
from qince.employee.daily_reports.owing.judging import Day
from qince.employee.leave.models import LeaveDay
from qince.kit.tenancy import current_organization_id

HOLIDAYS = ("statutory", "swapped_rest")


def zone_here() -> str:
    found: str = Organization.objects.values_list("time_zone", flat=True).get(pk=current_organization_id())
    return found


def days_of(employee_ids: Collection[UUID], first: date, last: date) -> dict[UUID, dict[date, Day]]:
    """Every date from `first` to `last` of each of these people; the number of queries does not grow with them."""
    away = _leave(employee_ids, first, last)
    return {
        employee: {on: _day(due, away.get((employee, on), ())) for on, due in dates.items()}
        for employee, dates in due_days(employee_ids, first, last).items()
    }


def _day(due: DueDay, away: Collection[LeaveDay]) -> Day:
    return Day(
        is_working=due.is_due,
        is_holiday=due.kind in HOLIDAYS,
        is_made_up=due.is_due and due.source == "holiday",
        is_on_leave=_is_whole(due, away),
    )


def _leave(
    employee_ids: Collection[UUID], first: date, last: date
) -> dict[tuple[UUID, date], list[LeaveDay]]:
    rows = LeaveDay.objects.filter(
        request__employee__in=employee_ids, request__state="approved", on__range=(first, last)
    ).select_related("request")
    found = defaultdict(list)
    for row in rows:
        found[row.request.employee_id, row.on].append(row)
    return found


def _is_whole(due: DueDay, away: Collection[LeaveDay]) -> bool:
    """Whether no working time is left: a half day or some hours of leave do not excuse from the report."""
    parts = {each.part for each in away}
    if LeaveDay.Part.FULL in parts or {LeaveDay.Part.AM, LeaveDay.Part.PM} <= parts:
        return True
    spans = [(each.starts_at, each.ends_at) for each in away if each.starts_at and each.ends_at]
    return bool(due.stretches) and all(
        any(start <= begins and ends <= end for start, end in spans) for begins, ends in due.stretches
    )
