"""What leave tells the rooms below."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from qince.core.people.models import Employee
from qince.employee.attendance.events import MonthLocked
from qince.employee.attendance.supplements import Supplement, provide
from qince.employee.leave import books, subjects
from qince.employee.leave.actions import booking
from qince.employee.leave.events import LeaveApproved, LeaveChanged
from qince.employee.leave.models import LeaveDay
from qince.employee.leave.queries import whole_days
from qince.employee.leave.reckoning.terms import Granting
from qince.engines.forms import absence
from qince.engines.live.topics import changed
from qince.kit import clock
from qince.kit.actor import system_actor
from qince.kit.events import subscribe
from qince.kit.tenancy import current_organization_id

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


@subscribe(MonthLocked)
def credit_overtime(event: MonthLocked) -> None:
    """Overtime of the kinds that a type gives back becomes leave, once for a month; a leaver's is paid out."""
    if not Employee.objects.present().filter(pk=event.employee_id).exists():
        return
    now = clock.now()
    actor = system_actor(current_organization_id(), "leave.credit")
    for version in books.versions_on(books.today_of(now)).values():
        terms = version.terms
        minutes = sum(event.figures.get(f"overtime_{kind}", 0) for kind in terms.comp_for)
        if terms.grant is Granting.COMP and version.type.is_active and minutes > 0:
            booking.credit_month(
                actor, employee_id=event.employee_id, type=version.type, minutes=minutes, month=event.month, now=now
            )  # fmt: skip


@subscribe(LeaveApproved, LeaveChanged)
def refresh_pages(event: object) -> None:
    changed("leave")
    changed("attendance")
