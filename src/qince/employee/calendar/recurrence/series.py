"""A series and what it expands to.

Rules run in the event's own wall time: a meeting at 09:00 stays at 09:00 whatever the zone's clocks do. Only what came
out is put on the line of time. All-day events have no zone: they begin and end at midnight wherever one looks.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from typing import Any
from uuid import UUID

from dateutil import rrule

from qince.employee.calendar.recurrence.rules import BadRule, Rule, instant, wall_of

# How far ahead a rule must have happened once, and how far it is ever expanded: 29 February in every 7th year, say.
PATIENCE = timedelta(days=366 * 30)
FARTHEST = timedelta(days=366 * 100)  # what ends later counts as endless
LONGEST_WINDOW = timedelta(days=800)
LONGEST_EVENT = timedelta(days=366)
SLACK = timedelta(days=2)  # zones lie up to 26 hours apart
_FREQUENCIES = {
    "DAILY": rrule.DAILY,
    "WEEKLY": rrule.WEEKLY,
    "MONTHLY": rrule.MONTHLY,
    "YEARLY": rrule.YEARLY,
}


@dataclass(frozen=True, slots=True)
class Override:
    """One occurrence that differs: `original` is the start it would have had. `id` says whose row it is."""

    original: datetime
    starts: datetime
    ends: datetime
    zone: str
    all_day: bool = False
    id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """`starts` and `ends` are wall times without a zone; for all-day events both are midnights, the end exclusive."""

    zone: str
    starts: datetime
    ends: datetime
    all_day: bool = False
    rule: Rule | None = None
    exdates: frozenset[datetime] = frozenset()
    overrides: tuple[Override, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Occurrence:
    """`starts_at` and `ends_at` are moments in UTC, of an all-day event by the viewer's zone."""

    original: datetime
    starts: datetime
    ends: datetime
    starts_at: datetime
    ends_at: datetime
    all_day: bool
    zone: str
    override: UUID | None = None


def originals(series: Series, until: datetime) -> Iterator[datetime]:
    """Starts by the rule alone, up to a wall time inclusive; exdates and overrides are not looked at."""
    rule = series.rule
    if rule is None:
        if series.starts <= until:
            yield series.starts
        return
    last = min(until, rule.until) if rule.until is not None else until
    # The bound goes into the rule: one that never happens would be searched until the year 9999.
    found = rrule.rrule(
        _FREQUENCIES[rule.frequency],
        dtstart=series.starts,
        interval=rule.interval,
        until=last,
        byweekday=[_weekday(*each) for each in rule.days] or None,
        bymonthday=rule.month_days or None,
        bymonth=rule.months or None,
        bysetpos=rule.positions or None,
        wkst=rule.week_start,
    )
    yield from islice(found, rule.count)


def _weekday(day: int, nth: int) -> Any:
    return rrule.weekday(day, nth) if nth else rrule.weekday(day)


def check(series: Series) -> None:
    """Raise `BadRule` unless the rule begins with the series and ever happens."""
    if series.rule is None:
        return
    first = next(originals(series, series.starts + PATIENCE), None)
    if first is None:
        raise BadRule("never")
    if first != series.starts:
        raise BadRule("starts_elsewhere", first=first)


def expand(series: Series, begin: datetime, end: datetime, viewer_zone: str) -> list[Occurrence]:
    """What happens between two moments, in order. An occurrence belongs if it overlaps, or lasts no time within."""
    if end - begin > LONGEST_WINDOW:
        raise ValueError("the window is too long")
    length = series.ends - series.starts
    changed = {each.original: each for each in series.overrides}
    low = wall_of(begin, series.zone) - length - SLACK
    high = wall_of(end, series.zone) + SLACK
    found = [
        _occurrence(series, original, viewer_zone)
        for original in originals(series, high)
        if original >= low and original not in series.exdates and original not in changed
    ]
    found += [_overridden(each, viewer_zone) for each in changed.values()]
    return sorted(
        (each for each in found if _overlaps(each, begin, end)),
        key=lambda each: (each.starts_at, each.ends_at, each.original),
    )


def _occurrence(series: Series, original: datetime, viewer_zone: str) -> Occurrence:
    if series.all_day:
        ends = original + (series.ends - series.starts)
        return _placed(original, original, ends, viewer_zone, True, None)
    # The same exact length each time (RFC 5545, 3.8.5.3): a night of eight hours stays one when the clocks change.
    length = instant(series.ends, series.zone) - instant(series.starts, series.zone)
    begin = instant(original, series.zone)
    end = begin + length
    return Occurrence(
        original,
        wall_of(begin, series.zone),
        wall_of(end, series.zone),
        begin,
        end,
        False,
        series.zone,
    )


def _overridden(each: Override, viewer_zone: str) -> Occurrence:
    zone = viewer_zone if each.all_day else each.zone
    return _placed(each.original, each.starts, each.ends, zone, each.all_day, each.id)


def _placed(
    original: datetime, starts: datetime, ends: datetime, zone: str, all_day: bool, override: UUID | None
) -> Occurrence:
    return Occurrence(
        original, starts, ends, instant(starts, zone), instant(ends, zone), all_day, zone, override
    )


def _overlaps(each: Occurrence, begin: datetime, end: datetime) -> bool:
    if each.starts_at == each.ends_at:
        return begin <= each.starts_at < end
    return each.starts_at < end and each.ends_at > begin


def holds(series: Series, original: datetime) -> bool:
    """Whether the rule puts an occurrence there, taken out or not."""
    return any(each == original for each in originals(series, original))


def last_end(series: Series) -> datetime | None:
    """The wall time by which everything is over, None for a series without end."""
    rule = series.rule
    ends = [each.ends for each in series.overrides]
    if rule is None:
        return max([series.ends, *ends])
    if rule.count is None and rule.until is None:
        return None
    found = list(originals(series, series.starts + FARTHEST))
    is_open = rule.count is not None and len(found) < rule.count
    if is_open or (rule.until is not None and rule.until > series.starts + FARTHEST):
        return None
    return max([(found[-1] if found else series.starts) + (series.ends - series.starts), *ends])
