"""How much a stretch of leave counts, day by day, and why."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from itertools import pairwise
from typing import Protocol

import msgspec

from qince.employee.leave.reckoning.terms import HALF_DAY, ZERO, Basis, Bridge, Rounding, Terms, Unit

ONE = timedelta(days=1)
LONGEST_DAYS = 400  # of one request
CENT = Decimal("0.01")


class Part(StrEnum):
    FULL = "full"
    AM = "am"
    PM = "pm"
    HOURS = "hours"


class Segment(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """From a day to a day. The halves say where it begins and ends; hours are within one day, in minutes of it."""

    first: date
    last: date
    begins: Part = Part.FULL  # full, or pm: the first morning is worked
    ends: Part = Part.FULL  # full, or am: the last afternoon is worked
    from_minute: int | None = None
    to_minute: int | None = None


class Due(Protocol):
    """What attendance says about a person's day (`attendance.due.DueDay`)."""

    @property
    def minutes(self) -> int: ...
    @property
    def stretches(self) -> tuple[tuple[datetime, datetime], ...]: ...
    @property
    def kind(self) -> str: ...


class Reason(StrEnum):
    WORK = "work"
    REST = "rest"  # not due: counts nothing
    HOLIDAY = "holiday"  # a statutory holiday: counts nothing
    BRIDGE = "bridge"  # not due, but between two days of leave
    CALENDAR = "calendar"  # the type counts every day


@dataclass(frozen=True, slots=True)
class Counted:
    """One day of a request."""

    on: date
    part: Part
    qty: Decimal
    why: Reason
    from_minute: int | None = None
    to_minute: int | None = None


class Unfit(Exception):
    """The segment cannot be meant; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def parts_of(terms: Terms, segment: Segment) -> list[Counted]:
    """The segment's days, not yet counted; raises `Unfit`."""
    _check(terms, segment)
    if segment.from_minute is not None:
        one = Counted(segment.first, Part.HOURS, ZERO, Reason.REST, segment.from_minute, segment.to_minute)
        return [one]
    found = []
    for step in range((segment.last - segment.first).days + 1):
        on = segment.first + step * ONE
        part = Part.FULL
        if on == segment.last and segment.ends is Part.AM:
            part = Part.AM
        if on == segment.first and segment.begins is Part.PM:
            part = Part.PM
        found.append(Counted(on, part, ZERO, Reason.REST))
    return found


def _check(terms: Terms, segment: Segment) -> None:
    if segment.last < segment.first:
        raise Unfit("ends_before_it_begins")
    if (segment.last - segment.first).days >= LONGEST_DAYS:
        raise Unfit("too_long")
    halves = (segment.begins, segment.ends)
    if segment.begins in (Part.AM, Part.HOURS) or segment.ends in (Part.PM, Part.HOURS):
        raise Unfit("unknown_part")
    if terms.unit is Unit.DAY and halves != (Part.FULL, Part.FULL):
        raise Unfit("whole_days_only")
    if segment.first == segment.last and halves == (Part.PM, Part.AM):
        raise Unfit("ends_before_it_begins")
    minutes = (segment.from_minute, segment.to_minute)
    if minutes == (None, None):
        return
    if not terms.is_hourly:
        raise Unfit("no_hours")
    start, end = minutes
    if start is None or end is None or segment.first != segment.last or halves != (Part.FULL, Part.FULL):
        raise Unfit("hours_of_one_day")
    if not 0 <= start < end <= 48 * 60:  # a night's shift goes on after midnight
        raise Unfit("ends_before_it_begins")


def count(
    terms: Terms, days: list[Counted], due: Mapping[date, Due], zone_minutes: "Minutes"
) -> list[Counted]:
    """The days with what each counts. The same day twice, or halves that overlap, raise `Unfit`."""
    _require_apart(days)
    ordered = sorted(days, key=lambda each: (each.on, _RANK[each.part], each.from_minute or 0))
    found = [_counted(terms, each, due.get(each.on), zone_minutes) for each in ordered]
    return _bridged(terms, found) if terms.bridge is Bridge.WITHIN else found


_RANK = {Part.FULL: 0, Part.AM: 1, Part.HOURS: 2, Part.PM: 3}


def _require_apart(days: list[Counted]) -> None:
    taken: dict[date, list[Counted]] = {}
    for each in days:
        for other in taken.setdefault(each.on, []):
            if collide(each, other):
                raise Unfit("overlap")
        taken[each.on].append(each)


def collide(one: Counted, other: Counted) -> bool:
    """Whether two parts of the same day overlap."""
    if Part.FULL in (one.part, other.part):
        return True
    if one.part is Part.HOURS and other.part is Part.HOURS:
        first, last = hours_of(one)
        start, end = hours_of(other)
        return first < end and start < last
    if Part.HOURS in (one.part, other.part):
        return True  # which half the hours are in depends on the shift: ask for hours twice instead
    return one.part is other.part


def hours_of(each: Counted) -> tuple[int, int]:
    if each.from_minute is None or each.to_minute is None:
        raise ValueError("hours without their times")
    return each.from_minute, each.to_minute


class Minutes(Protocol):
    """Minutes of local midnight of the day to an instant, in the zone the person's day is in."""

    def __call__(self, on: date, instant: datetime) -> int: ...


def _counted(terms: Terms, each: Counted, due: Due | None, minutes: Minutes) -> Counted:
    worked = due.minutes if due else 0
    if terms.basis is Basis.WORK and not worked:
        is_holiday = due is not None and due.kind == "statutory"
        return replace(each, qty=ZERO, why=Reason.HOLIDAY if is_holiday else Reason.REST)
    why = Reason.WORK if terms.basis is Basis.WORK else Reason.CALENDAR
    return replace(each, qty=_quantity(terms, each, due, minutes), why=why)


def _quantity(terms: Terms, each: Counted, due: Due | None, minutes: Minutes) -> Decimal:
    if each.part is Part.HOURS:
        taken = sum(end - start for start, end in within(each, due, minutes))
        return terms.rounded((Decimal(taken) / 60).quantize(CENT, ROUND_HALF_UP), Rounding.UP)
    share = Decimal(1) if each.part is Part.FULL else HALF_DAY
    return share * terms.hours_per_day if terms.is_hourly else share


def within(each: Counted, due: Due | None, minutes: Minutes) -> list[tuple[int, int]]:
    """The times of work that this part of a day covers, in minutes of the day."""
    spans = [(minutes(each.on, start), minutes(each.on, end)) for start, end in due.stretches] if due else []
    if each.part is Part.FULL:
        return spans
    if each.part is Part.HOURS:
        first, last = hours_of(each)
        if not spans and due and due.minutes:  # a free day: any time is work, up to what is due
            return [(first, min(last, first + due.minutes))]
        return _cut(spans, first, last)
    middle = middle_of(spans)
    return _cut(spans, 0, middle) if each.part is Part.AM else _cut(spans, middle, 10_000)


def _cut(spans: list[tuple[int, int]], start: int, end: int) -> list[tuple[int, int]]:
    cut = [(max(start, first), min(end, last)) for first, last in spans]
    return [(first, last) for first, last in cut if first < last]


def middle_of(spans: list[tuple[int, int]]) -> int:
    """Where a day's two halves part: the break nearest the middle of the working time, else that middle itself."""
    total = sum(last - first for first, last in spans)
    breaks = [(first, last) for (_start, first), (last, _end) in pairwise(spans)]

    def worked_before(minute: int) -> int:
        return sum(last - first for first, last in _cut(spans, 0, minute))

    # A break counts when each side holds at least a quarter of the work: coffee is not noon.
    fit = [gap for gap in breaks if total <= 4 * worked_before(gap[0]) <= 3 * total]
    if fit:
        return min(fit, key=lambda gap: abs(2 * worked_before(gap[0]) - total))[0]
    half = total // 2
    for first, last in spans:
        if half <= last - first:
            return first + half
        half -= last - first
    return 12 * 60


def _bridged(terms: Terms, days: list[Counted]) -> list[Counted]:
    """Days off between two days of leave count in full, when the leave reaches them from both sides."""
    found = list(days)
    taken = [place for place, each in enumerate(days) if each.qty]
    for left, right in pairwise(taken):
        between = range(left + 1, right)
        reaches = days[left].part in (Part.FULL, Part.PM) and days[right].part in (Part.FULL, Part.AM)
        is_unbroken = (days[right].on - days[left].on).days == len(between) + 1
        if between and reaches and is_unbroken:
            whole = terms.hours_per_day if terms.is_hourly else Decimal(1)
            for place in between:
                found[place] = replace(days[place], qty=whole, why=Reason.BRIDGE)
    return found


def by_date(days: list[Counted]) -> dict[date, Decimal]:
    """What to book: each day's quantity, those that count nothing left out."""
    found: dict[date, Decimal] = {}
    for each in days:
        if each.qty:
            found[each.on] = found.get(each.on, ZERO) + each.qty
    return found


def total(days: list[Counted]) -> Decimal:
    return sum((each.qty for each in days), ZERO)
