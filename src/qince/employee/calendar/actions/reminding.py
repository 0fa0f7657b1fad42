"""Reminders: each knows when it is due next, so that the job asks one indexed column."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from qince.employee.calendar import queries
from qince.employee.calendar.actions import telling
from qince.employee.calendar.models import Attendee, Event, Reminder
from qince.employee.calendar.recurrence.series import Occurrence, Series, expand
from qince.employee.calendar.storing import series_of
from qince.kit.action import action, note_set
from qince.kit.actor import Actor

AHEAD = timedelta(days=400)  # the job looks again at what comes later
LATE = timedelta(hours=6)  # after a standstill, what is older is not told any more


def set_reminder(event: Event, employee_id: UUID, minutes_before: int | None, *, now: datetime) -> None:
    """The person's one reminder of the event, or none."""
    if minutes_before is None:
        Reminder.objects.filter(event=event, employee=employee_id).delete()
        return
    Reminder.objects.update_or_create(
        event=event, employee_id=employee_id, defaults={"minutes_before": minutes_before}
    )
    schedule(event, now=now)


def schedule(event: Event, *, now: datetime) -> None:
    """Work out anew when the event's reminders are due."""
    rows = list(Reminder.objects.filter(event=event))
    if not rows:
        return
    series = _series(event)
    zone = queries.home_zone()
    for row in rows:
        row.due_at = _next(series, row.minutes_before, after=now, zone=zone)
    Reminder.objects.bulk_update(rows, ["due_at"])


def _series(event: Event) -> Series:
    return series_of(event, Event.objects.filter(override_of=event).only(*_TIMES))


_TIMES = (
    "override_of", "zone", "all_day", "starts_on", "starts_time", "ends_on", "ends_time", "original_on",
    "original_time", "employee",
)  # fmt: skip


def _next(series: Series, minutes: int, *, after: datetime, zone: str) -> datetime | None:
    before = timedelta(minutes=minutes)
    for each in _coming(series, after + before, zone):
        if each.starts_at - before > after:
            return each.starts_at - before
    return None


def _coming(series: Series, begin: datetime, zone: str) -> Iterable[Occurrence]:
    """Occurrences from then on: near ones first, so that a daily series is not expanded for a year."""
    yield from expand(series, begin, begin + timedelta(days=32), zone)
    yield from expand(series, begin + timedelta(days=32), begin + AHEAD, zone)


@action("calendar.remind")
def remind_due(actor: Actor, *, now: datetime) -> int:
    """Tell whoever wanted to be told; how many. A reminder is told once, however often this runs."""
    rows = list(
        Reminder.objects.select_for_update(of=("self",), skip_locked=True)
        .filter(due_at__lte=now)
        .select_related("event")[:500]
    )
    zone = queries.home_zone() if rows else ""
    told = 0
    for row in rows:
        series = _series(row.event)
        if row.due_at is not None and now - row.due_at < LATE and _is_wanted(row):
            starts_at = row.due_at + timedelta(minutes=row.minutes_before)
            for each in expand(series, starts_at, starts_at + timedelta(minutes=1), zone):
                if each.starts_at == starts_at:
                    shown = row.event
                    if each.override is not None:
                        shown = Event.objects.get(pk=each.override)
                    telling.remind(actor, shown, row.employee_id, each.starts, now=now)
                    told += 1
                    break
        row.due_at = _next(series, row.minutes_before, after=now, zone=zone)
    Reminder.objects.bulk_update(rows, ["due_at"])
    if told:
        note_set(Reminder, "due", count=told)
    return told


def _is_wanted(row: Reminder) -> bool:
    """Who declined, or is no guest any more, is not reminded."""
    if row.employee_id == row.event.employee_id:
        return True
    rows = Attendee.objects.filter(event=row.event_id, employee=row.employee_id)
    return rows.exclude(status=Attendee.Status.DECLINED).exists()
