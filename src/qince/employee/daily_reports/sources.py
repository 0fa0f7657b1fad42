"""What the rooms below tell about a person's days."""

from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from qince.employee.attendance.models import DayResult
from qince.employee.daily_reports.calendars import zone_here
from qince.employee.daily_reports.facts import NUMBER, Asked, Fact, provide
from qince.employee.leave.models import LeaveDay
from qince.engines.approvals.models import Task
from qince.engines.forms.models import Submission


def stretch(asked: Asked) -> tuple[datetime, datetime]:
    """The asked-for days as instants, up to the moment that counts."""
    zone = ZoneInfo(zone_here())
    start = datetime.combine(asked.first, datetime.min.time(), zone)
    end = datetime.combine(asked.last + timedelta(days=1), datetime.min.time(), zone)
    return start, min(end, asked.until)


def forms_filled(asked: Asked) -> int:
    start, end = stretch(asked)
    rows = Submission.objects.filter(employee=asked.employee_id, filled_at__gte=start, filled_at__lte=end)
    return int(rows.exclude(status=Submission.Status.REJECTED).count())


def approvals_decided(asked: Asked) -> int:
    start, end = stretch(asked)
    decided = (Task.State.APPROVED, Task.State.REJECTED, Task.State.RETURNED)
    return int(
        Task.objects.filter(
            acted_by=asked.employee_id, state__in=decided, decided_at__gte=start, decided_at__lte=end
        ).count()
    )


def hours_worked(asked: Asked) -> Decimal | None:
    """By attendance's results; None before there are any."""
    rows = DayResult.objects.filter(employee=asked.employee_id, on__range=(asked.first, asked.last))
    minutes = rows.aggregate(found=Sum("worked_minutes"))["found"]
    return None if not minutes else (Decimal(minutes) / 60).quantize(Decimal("0.1"))


def leave_taken(asked: Asked) -> int | None:
    """Days with approved leave on them."""
    rows = LeaveDay.objects.filter(
        request__employee=asked.employee_id,
        request__state="approved",
        on__range=(asked.first, asked.last),
        qty__gt=0,
    )
    return int(rows.values("on").distinct().count()) or None


provide(Fact(code="forms_filled", title=_("Forms sent"), kind=NUMBER, gather=forms_filled))
provide(Fact(code="approvals_decided", title=_("Requests decided"), kind=NUMBER, gather=approvals_decided))
provide(Fact(code="hours_worked", title=_("Hours worked"), kind=NUMBER, gather=hours_worked))
provide(Fact(code="leave_taken", title=_("Days with leave"), kind=NUMBER, gather=leave_taken))
