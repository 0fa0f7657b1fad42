"""A locked month does not change; what changes its days all the same stands beside its figures, and people are told.

Rooms above, such as leave, put what they do `with adjusting(…)`: the days are replayed before and after it, and the
difference is written as adjustments of the months that are locked. So an undoing takes back exactly what was added.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from uuid import UUID

from qince.employee.attendance import telling
from qince.employee.attendance.facts import Facts
from qince.employee.attendance.models import Adjustment, MonthReport
from qince.employee.attendance.replay.months import FIGURES, totals
from qince.employee.attendance.rules import CLOSE
from qince.kit.action import action, note
from qince.kit.actor import Actor, system_actor
from qince.kit.tenancy import current_organization_id

ONE = timedelta(days=1)
LONGEST = 200
Figures = dict[str, int]


@contextmanager
def adjusting(employee_id: UUID, first: date, last: date, *, because: str, now: datetime) -> Iterator[None]:
    """Around a change of what stands in for presses from `first` to `last`. One query where none is locked."""
    first, last = first - ONE, last + ONE  # a night shift may have begun the day before or end the day after
    reports = list(
        MonthReport.objects.select_for_update(of=("self",)).filter(
            employee=employee_id, state=MonthReport.State.LOCKED, month__range=(first.replace(day=1), last)
        )
    )
    before = _figures(employee_id, reports, first, last, now)
    yield
    after = _figures(employee_id, reports, first, last, now)
    for report in reports:
        changed = {
            name: after[report.month][name] - before[report.month][name]
            for name in FIGURES
            if after[report.month][name] != before[report.month][name]
        }
        if changed:
            actor = system_actor(current_organization_id(), "attendance.adjust")
            adjust_locked(actor, report, changed=changed, because=because, now=now)


def _figures(
    employee_id: UUID, reports: list[MonthReport], first: date, last: date, now: datetime
) -> dict[date, Figures]:
    """What these days come to, for each of the months, as replay has them at this moment."""
    if not reports:
        return {}
    days = dict(Facts([employee_id], first, last).results(now)).get(employee_id, [])
    return {
        report.month: totals(day for day in days if day.on.startswith(f"{report.month:%Y-%m}"))
        for report in reports
    }


@action("attendance.adjust_locked", permission=CLOSE)
def adjust_locked(
    actor: Actor, report: MonthReport, *, changed: Figures, because: str, now: datetime
) -> None:
    """Beside the figures as they were locked; the person hears of it, and who closes months."""
    Adjustment.objects.bulk_create(
        [
            Adjustment(report=report, figure=name, amount=amount, reason=because[:LONGEST], by=None, at=now)
            for name, amount in changed.items()
        ]
    )
    note(report, **changed, reason=because[:LONGEST])
    telling.month_adjusted(actor, report, changed, because[:LONGEST], now=now)
