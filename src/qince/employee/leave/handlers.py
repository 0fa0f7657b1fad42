"""What leave tells the rooms below."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from qince.employee.attendance.supplements import Supplement, provide
from qince.employee.leave import subjects
from qince.employee.leave.events import LeaveApproved, LeaveChanged
from qince.employee.leave.models import LeaveDay
from qince.employee.leave.queries import whole_days
from qince.engines.forms import absence
from qince.engines.live.topics import changed
from qince.kit.events import subscribe

__all__ = ["subjects"]
absence.provide(whole_days)
ONE = timedelta(days=1)


@provide
def approved_leave(employee_ids: Collection[UUID], first: date, last: date) -> Iterable[Supplement]:
    """Approved leave as attendance takes it: from when to when nobody needs to come."""
    rows: Any = LeaveDay.objects.filter(
        request__employee__in=employee_ids, request__state="approved", on__range=(first - ONE, last + ONE),
        starts_at__isnull=False,
    )  # fmt: skip
    for employee, request, name, start, end in rows.values_list(
        "request__employee", "request", "request__type__name", "starts_at", "ends_at"
    ):
        yield Supplement(employee, request, "leave", start, end, name)


@subscribe(LeaveApproved, LeaveChanged)
def refresh_pages(event: object) -> None:
    changed("leave")
    changed("attendance")
