"""The periods of an assignment: which there are, and when each is due, in the organization's own days."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ONCE, DAY, WEEK, MONTH = "once", "day", "week", "month"


@dataclass(frozen=True, slots=True)
class Plan:
    """An assignment's calendar. `due_day`: weekday 1 to 7 or day of the month; 0: the last of the period."""

    period: str
    starts_on: date
    ends_on: date | None
    due_at: time
    due_day: int = 0
    weekdays: tuple[int, ...] = ()
    zone: str = "Asia/Shanghai"


def start_of(plan: Plan, on: date) -> date | None:
    """The first day of the period that `on` lies in; None where nothing is due."""
    if on < plan.starts_on or (plan.ends_on and on > plan.ends_on):
        return None
    if plan.period == ONCE:
        return plan.starts_on
    if plan.period == DAY:
        return on if not plan.weekdays or on.isoweekday() in plan.weekdays else None
    return on - timedelta(days=on.isoweekday() - 1) if plan.period == WEEK else on.replace(day=1)


def end_of(plan: Plan, start: date) -> date:
    """The last day of the period that begins on `start`."""
    if plan.period == ONCE:
        return plan.ends_on or start
    if plan.period == DAY:
        return start
    if plan.period == WEEK:
        return start + timedelta(days=6)
    return (start.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def due(plan: Plan, start: date) -> datetime:
    """The moment by which the period's form must be there. In a shorter month the 31st is its last day."""
    last = end_of(plan, start)
    on = last
    if plan.due_day and plan.period == WEEK:
        on = start + timedelta(days=plan.due_day - 1)
    elif plan.due_day and plan.period == MONTH:
        on = min(start + timedelta(days=plan.due_day - 1), last)
    return datetime.combine(on, plan.due_at, ZoneInfo(plan.zone))


def between(plan: Plan, first: date, last: date) -> Iterator[date]:
    """First days of the periods that touch the days from `first` to `last`, earliest first."""
    seen: date | None = None
    on = max(first, plan.starts_on)
    while on <= last:
        start = start_of(plan, on)
        if start is not None and start != seen:
            seen = start
            yield start
        on += timedelta(days=1)


def is_start(plan: Plan, on: date) -> bool:
    """Whether a period begins on that day; the first may have begun before the assignment did."""
    return any(start_of(plan, day) == on for day in (on, max(on, plan.starts_on)))
