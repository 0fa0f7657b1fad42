"""Periods: which there are under the versions of a template, and their moments in the organization's zone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from qince.employee.daily_reports.owing.rules import Cycle, Rule, RuleVersion

ONE = timedelta(days=1)
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Period:
    """From the first to the last day. The minute of `due_at` still counts as in time, that of `late_until` as late."""

    first: date
    last: date
    due_at: datetime
    late_until: datetime
    version: RuleVersion

    @property
    def days(self) -> list[date]:
        return [self.first + ONE * step for step in range((self.last - self.first).days + 1)]

    @property
    def due_on(self) -> date:
        return self.due_at.date()

    @property
    def remind_at(self) -> datetime | None:
        minutes = self.version.rule.remind_minutes
        return self.due_at - timedelta(minutes=minutes) if minutes else None

    def is_in_time(self, at: datetime) -> bool:
        return at < self.due_at + MINUTE

    def is_taken(self, at: datetime) -> bool:
        """Whether a report sent at that moment still counts, if late."""
        return at < self.late_until + MINUTE


def bounds(cycle: Cycle, on: date) -> tuple[date, date]:
    """First and last day of the period of that cycle in which `on` lies. Weeks begin on Monday."""
    if cycle is Cycle.DAILY:
        return on, on
    if cycle is Cycle.WEEKLY:
        first = on - ONE * (on.isoweekday() - 1)
        return first, first + ONE * 6
    first = on.replace(day=1)
    return first, (first + ONE * 31).replace(day=1) - ONE


def period_at(version: RuleVersion, on: date, zone: str) -> Period:
    rule = version.rule
    first, last = bounds(rule.cycle, on)
    due_at = datetime.combine(last + ONE * rule.due_after, rule.due_at, ZoneInfo(zone))
    # Added to the instant, not to the clock: an hour more is an hour more, whatever the zone's clocks do that night.
    late_until = datetime.fromtimestamp(due_at.timestamp() + rule.late_hours * 3600, ZoneInfo(zone))
    return Period(first, last, due_at, late_until, version)


def periods(versions: Sequence[RuleVersion], first: date, last: date, zone: str) -> Iterator[Period]:
    """Periods with a day from `first` to `last`, the earliest first.

    A version holds for the periods that begin while it is in force. The very first one also has the period that it
    came into: a weekly report set up on a Wednesday is due that week.
    """
    held = in_order(versions)
    for place, version in enumerate(held):
        starts = version.effective_from
        ends = held[place + 1].effective_from if place + 1 < len(held) else date.max
        if place == 0:
            starts = bounds(version.rule.cycle, starts)[0]
        yield from _of_version(version, starts, ends, first, last, zone)


def _of_version(
    version: RuleVersion, starts: date, ends: date, first: date, last: date, zone: str
) -> Iterator[Period]:
    cycle = version.rule.cycle
    on = bounds(cycle, max(first, starts))[0]
    while on <= last:
        own_first, own_last = bounds(cycle, on)
        if starts <= own_first < ends and own_last >= first:
            yield period_at(version, on, zone)
        if own_first >= ends:
            return
        on = own_last + ONE


def in_order(versions: Sequence[RuleVersion]) -> list[RuleVersion]:
    """By the day they hold from; of two of the same day the later one alone."""
    by_day = {each.effective_from: each for each in sorted(versions, key=lambda each: each.number)}
    return [by_day[day] for day in sorted(by_day)]


def period_from(versions: Sequence[RuleVersion], first: date, zone: str) -> Period | None:
    """The period that begins on that very day."""
    return next((each for each in periods(versions, first, first, zone) if each.first == first), None)


def longest(rule: Rule) -> timedelta:
    """How long after a period's last day something about it may still change."""
    return timedelta(days=rule.due_after + 1, hours=rule.late_hours)
