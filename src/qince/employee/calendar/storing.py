"""Rows as series, and series as rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from qince.employee.calendar import words
from qince.employee.calendar.models import Event
from qince.employee.calendar.models.timed import Timed
from qince.employee.calendar.recurrence.rules import BadRule, parse
from qince.employee.calendar.recurrence.series import LONGEST_EVENT, Override, Series, last_end
from qince.kit.errors import Refusal
from qince.kit.validation import check_fields

# What tells when, and nothing of what: a query for these leaves the texts in the database.
TIME_FIELDS = (
    "id", "employee_id", "override_of_id", "zone", "all_day", "starts_on", "starts_time", "ends_on", "ends_time",
    "rrule", "exdates", "original_on", "original_time", "visibility", "sequence", "version",
)  # fmt: skip
EARLIEST, LATEST = date(1970, 1, 1), date(2100, 1, 1)


@dataclass(frozen=True, slots=True)
class Timing(Timed):
    """When an event is, and whose."""

    id: UUID
    employee_id: UUID
    override_of_id: UUID | None
    zone: str
    all_day: bool
    starts_on: date
    starts_time: time | None
    ends_on: date
    ends_time: time | None
    rrule: str
    exdates: list[str]
    original_on: date | None
    original_time: time | None
    visibility: str
    sequence: int
    version: int


def timings(rows: Any) -> list[Timing]:
    return [Timing(*row) for row in rows.values_list(*TIME_FIELDS)]


def series_of(row: Any, overrides: Iterable[Any] = ()) -> Series:
    """An event's row (whole, or its timing) with its exceptions."""
    return Series(
        zone=row.zone,
        starts=row.starts,
        ends=row.ends,
        all_day=row.all_day,
        rule=parse(row.rrule, row.zone, all_day=row.all_day) if row.rrule else None,
        exdates=frozenset(map(datetime.fromisoformat, row.exdates)),
        overrides=tuple(
            Override(each.original, each.starts, each.ends, each.zone, each.all_day, each.id)
            for each in overrides
        ),
    )


def put_times(row: Event, starts: datetime, ends: datetime, zone: str, *, all_day: bool) -> None:
    row.zone, row.all_day = zone, all_day
    row.starts_on = starts.date()
    if all_day:
        row.starts_time = row.ends_time = None
        row.ends_on = (ends - timedelta(days=1)).date()
    else:
        row.starts_time, row.ends_on, row.ends_time = starts.time(), ends.date(), ends.time()


def put_original(row: Event, original: datetime, *, all_day: bool) -> None:
    row.original_on = original.date()
    row.original_time = None if all_day else original.time()


def put_series(row: Event, series: Series) -> None:
    """The columns of a series; its overrides are rows of their own, here only what they span counts."""
    put_times(row, series.starts, series.ends, series.zone, all_day=series.all_day)
    row.rrule = series.rule.as_text(series.zone, all_day=series.all_day) if series.rule else ""
    row.exdates = sorted(each.isoformat(timespec="seconds") for each in series.exdates)
    put_spans(row, series)


def put_spans(row: Event, series: Series) -> None:
    row.spans_from = min([series.starts, *(each.starts for each in series.overrides)]).date()
    last = last_end(series)
    row.spans_to = last.date() if last is not None and last.date() < LATEST else None


def refusal(error: BadRule) -> Refusal:
    """A rule's complaint in words, at its field."""
    return Refusal(error.code, words.bad_rule(error), field="rrule")


def check_times(starts: datetime, ends: datetime, *, all_day: bool) -> None:
    if not EARLIEST <= starts.date() <= LATEST:
        raise Refusal("out_of_range", _("Choose a day between 1970 and 2100."), field="starts")
    if ends < starts or (all_day and ends == starts):
        raise Refusal("ends_before", _("It ends before it begins. Choose a later end."), field="ends")
    if ends - starts > LONGEST_EVENT:
        raise Refusal("too_long", _("An event lasts a year at most."), field="ends")


def check_row(row: Event) -> None:
    check_fields(row, but={"spans_to"})


def overrides_of(rows: Sequence[Any], found: Iterable[Any]) -> dict[UUID, list[Any]]:
    """Exceptions by the event they belong to."""
    by_event: dict[UUID, list[Any]] = {row.id: [] for row in rows}
    for each in found:
        by_event[each.override_of_id].append(each)
    return by_event
