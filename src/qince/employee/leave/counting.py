"""Counting a request for a person: attendance says which days are due, the pure rules how much they count."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from django.utils.translation import gettext_lazy as _

from qince.employee.attendance.due import DueDay, due_days
from qince.employee.leave.models import LeaveDay
from qince.employee.leave.reckoning.counting import (
    Counted,
    Part,
    Segment,
    Unfit,
    count,
    parts_of,
    within,
)
from qince.employee.leave.reckoning.terms import Terms
from qince.kit.errors import Refusal, Text

MOST_SEGMENTS = 20
UNFIT: dict[str, Text] = {
    "ends_before_it_begins": _("The leave ends before it begins."),
    "too_long": _("Ask for at most 400 days at a time."),
    "unknown_part": _("The first day can begin at noon, the last day can end at noon."),
    "whole_days_only": _("This type is taken in whole days."),
    "no_hours": _("This type is not taken by the hour."),
    "hours_of_one_day": _("Hours are asked for on one day, from a time to a time."),
    "overlap": _("The same time is named twice."),
    "no_segments": _("Say from when to when."),
    "too_many_segments": _("Ask for at most 20 stretches at a time."),
}


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A request's days with what they count, and the person's due days they were counted by."""

    days: list[Counted]
    due: Mapping[date, DueDay]

    def rows(self, request: Any) -> list[LeaveDay]:
        return [_row(request, each, self.due.get(each.on)) for each in self.days]


def segments_of(stored: Any) -> list[Segment]:
    try:
        return msgspec.convert(stored, list[Segment])
    except msgspec.ValidationError as error:
        raise Refusal("invalid", UNFIT["no_segments"], field="segments") from error


def as_stored(segments: Sequence[Segment]) -> Any:
    return msgspec.to_builtins(list(segments))


def reckon(employee_id: UUID, terms: Terms, segments: Sequence[Segment]) -> Reckoned:
    """Count; a `Refusal` where the stretch cannot be meant."""
    try:
        return _reckon(employee_id, terms, segments)
    except Unfit as unfit:
        raise Refusal(unfit.code, UNFIT[unfit.code], field="segments") from unfit


def _reckon(employee_id: UUID, terms: Terms, segments: Sequence[Segment]) -> Reckoned:
    if not segments:
        raise Unfit("no_segments")
    if len(segments) > MOST_SEGMENTS:
        raise Unfit("too_many_segments")
    days = [each for segment in segments for each in parts_of(terms, segment)]
    first, last = min(each.on for each in days), max(each.on for each in days)
    if (last - first).days >= 400:
        raise Unfit("too_long")
    due = due_days([employee_id], first, last).get(employee_id, {})
    found = count(terms, days, due, lambda on, instant: _minute(on, instant, due))
    return Reckoned(found, due)


def _minute(on: date, instant: datetime, due: Mapping[date, DueDay]) -> int:
    local = instant.astimezone(ZoneInfo(due[on].zone)).replace(tzinfo=None)
    return int((local - datetime.combine(on, time())).total_seconds() // 60)


def _row(request: Any, each: Counted, due: DueDay | None) -> LeaveDay:
    start, end = _enclosed(each, due)
    return LeaveDay(
        request=request, on=each.on, part=each.part.value, qty=each.qty, why=each.why.value,
        from_minute=each.from_minute, to_minute=each.to_minute, starts_at=start, ends_at=end,
    )  # fmt: skip


# A free day has no times of work: its halves are those of the clock.
_FREE = {Part.FULL: (0, 1440), Part.AM: (0, 720), Part.PM: (720, 1440)}


def _enclosed(each: Counted, due: DueDay | None) -> tuple[datetime | None, datetime | None]:
    """From when to when the person does not work because of this; nothing on a day off."""
    if due is None or not due.minutes:
        return None, None
    if not due.stretches and each.part in _FREE:
        spans = [_FREE[each.part]]
    else:
        spans = within(each, due, lambda on, instant: _minute(on, instant, {on: due}))
    if not spans:
        return None, None
    zone, midnight = ZoneInfo(due.zone), datetime.combine(each.on, time())
    start, end = (
        (midnight + timedelta(minutes=minute)).replace(tzinfo=zone) for minute in (spans[0][0], spans[-1][1])
    )
    return start, end
