"""How far a change or a removal reaches: one occurrence, it and the following, or the whole series."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from qince.employee.calendar import queries
from qince.employee.calendar.actions import telling
from qince.employee.calendar.actions.drafts import Draft, put, put_texts, rule_of, set_guests
from qince.employee.calendar.actions.reminding import schedule, set_reminder
from qince.employee.calendar.models import Attendee, Event, Reminder
from qince.employee.calendar.recurrence import editing
from qince.employee.calendar.recurrence.series import Override, Series
from qince.employee.calendar.storing import (
    check_row,
    put_original,
    put_series,
    put_spans,
    put_times,
    series_of,
)
from qince.kit.action import note
from qince.kit.actor import Actor
from qince.kit.errors import require_unchanged


@dataclass(frozen=True, slots=True)
class Opened:
    """One's own event as it is about to be edited. `original` names the occurrence that was opened."""

    actor: Actor
    row: Event
    series: Series
    exceptions: list[Event]
    original: datetime
    now: datetime


def opened(
    actor: Actor, event_id: UUID, version: int | None, original: datetime | None, now: datetime
) -> Opened:
    """The event, locked; refused where `version` is given and another."""
    row = queries.own_event(actor, event_id, locks=True)
    require_unchanged(row.version, version)
    exceptions = list(Event.objects.filter(override_of=row).order_by("original_on", "original_time"))
    series = series_of(row, exceptions)
    return Opened(actor, row, series, exceptions, original or series.starts, now)


def remove_all(found: Opened) -> None:
    note(found.row, removed=str(found.row.starts_on))
    telling.cancel(found.actor, found.row, None, now=found.now)
    found.row.delete()


def remove_this(found: Opened) -> None:
    _keep(found.row, editing.take_out(found.series, found.original), found.exceptions, found.now)
    note(found.row, left_out=found.original.date().isoformat())
    telling.cancel(found.actor, found.row, found.original, now=found.now)


def remove_following(found: Opened) -> None:
    left, _right = editing.split(found.series, found.original)
    if left is None:
        remove_all(found)
        return
    _keep(found.row, left, found.exceptions, found.now)
    note(found.row, ends_before=found.original.date().isoformat())
    telling.cancel(found.actor, found.row, found.original, now=found.now)


def change_all(found: Opened, draft: Draft) -> Event:
    changed = editing.change_all(found.series, found.original, _change(found.series, draft))
    is_moved = _is_moved(found.series, changed)
    _apply(found.actor, found.row, changed, found.exceptions, draft, found.now, is_moved=is_moved)
    note(found.row, changed=str(found.row.starts_on))
    return found.row


def change_following(found: Opened, draft: Draft) -> Event:
    """The series ends before the occurrence; another begins with it, with the same guests and reminders."""
    row, series, original, now = found.row, found.series, found.original, found.now
    left, right = editing.change_following(series, original, _change(series, draft))
    if left is None:
        return change_all(found, draft)
    following = Event(employee_id=row.employee_id, created_at=now, updated_at=now)
    put(following, draft, right)
    following.save(force_insert=True)
    _copy_people(row, following)
    moved = [each for each in found.exceptions if each.original is not None and each.original >= original]
    Event.objects.filter(pk__in=[each.pk for each in moved]).update(override_of=following)
    _keep(row, left, [each for each in found.exceptions if each not in moved], now)
    is_moved = draft.starts != original or draft.ends - draft.starts != series.ends - series.starts
    _apply(found.actor, following, right, moved, draft, now, is_moved=is_moved)
    note(row, ends_before=original.date().isoformat())
    note(following, created=str(following.starts_on))
    return following


def _copy_people(row: Event, following: Event) -> None:
    """Guests with their answers, and whoever wished to be reminded."""
    Attendee.objects.bulk_create(
        Attendee(
            event=following, employee_id=each.employee_id, status=each.status, answered_at=each.answered_at
        )
        for each in Attendee.objects.filter(event=row)
    )
    for each in Reminder.objects.filter(event=row):
        Reminder.objects.create(
            event=following, employee_id=each.employee_id, minutes_before=each.minutes_before
        )


def change_this(found: Opened, draft: Draft) -> Event:
    """The occurrence becomes a row of its own; guests, and the rule, stay those of the series."""
    row, original, now, all_day = found.row, found.original, found.now, found.series.all_day
    placed = Override(original, draft.starts, draft.ends, draft.zone, draft.all_day)
    whole = editing.overridden(found.series, placed)
    own = next((each for each in found.exceptions if each.original == original), None)
    if own is None:
        own = Event(employee_id=row.employee_id, override_of=row, created_at=now)
        put_original(own, original, all_day=all_day)
    put_texts(own, draft)
    put_times(own, draft.starts, draft.ends, draft.zone, all_day=draft.all_day)
    own.updated_at, own.sequence = now, row.sequence + 1
    put_spans(own, Series(draft.zone, draft.starts, draft.ends, draft.all_day))
    check_row(own)
    own.save()
    put_spans(row, whole)
    _touch(row, now)
    schedule(row, now=now)
    note(row, exception=original.date().isoformat())
    telling.change(found.actor, own, guest_ids(row), event_id=row.pk, now=now)
    return own


def _change(series: Series, draft: Draft) -> editing.Change:
    """What the draft asks of the series. A rule left as it was is not said anew, so counts go on counting down."""
    rule = rule_of(draft)
    return editing.Change(
        draft.starts, draft.ends, draft.zone, draft.all_day,
        rule=None if rule == series.rule else rule, ends_series=rule is None,
    )  # fmt: skip


def _is_moved(before: Series, after: Series) -> bool:
    return (before.starts, before.ends, before.zone, before.all_day, before.rule) != (
        after.starts, after.ends, after.zone, after.all_day, after.rule,
    )  # fmt: skip


def _apply(
    actor: Actor, row: Event, series: Series, exceptions: Sequence[Event], draft: Draft, now: datetime, *,
    is_moved: bool,
) -> None:  # fmt: skip
    """Bring an event and its exceptions to `series`, its guests to the draft's, and tell whom it concerns."""
    row.sequence += is_moved
    put_texts(row, draft)
    _keep(row, series, exceptions, now)
    guests = guest_ids(row) if draft.guest_ids is None else draft.guest_ids
    added, stayed, off = set_guests(row, guests)
    if is_moved:  # who said yes to another time has not said yes to this one
        Attendee.objects.filter(event=row, employee__in=stayed).update(
            status=Attendee.Status.NEEDS_ANSWER, answered_at=None
        )
    set_reminder(row, actor.person_id, draft.minutes_before, now=now)
    telling.invite(actor, row, added, now=now)
    telling.change(actor, row, stayed, event_id=row.pk, now=now)
    telling.cancel(actor, row, None, to=off, now=now)


def _keep(row: Event, series: Series, exceptions: Sequence[Event], now: datetime) -> None:
    """Write the series, move its exceptions to their new originals, and drop those that have none."""
    kept = {each.id: each.original for each in series.overrides}
    gone = [each.pk for each in exceptions if each.pk not in kept]
    Event.objects.filter(pk__in=gone).delete()
    put_series(row, series)
    check_row(row)
    _touch(row, now)
    # Two steps aside and back: while moving, two exceptions may want the same original for a moment.
    for each in sorted(
        (each for each in exceptions if each.pk in kept and each.original != kept[each.pk]),
        key=lambda each: each.original or now,
        reverse=_moves_later(exceptions, kept),
    ):
        put_original(each, kept[each.pk], all_day=series.all_day)
        Event.objects.filter(pk=each.pk).update(
            original_on=each.original_on, original_time=each.original_time
        )
    schedule(row, now=now)


def _moves_later(exceptions: Sequence[Event], kept: dict[UUID | None, datetime]) -> bool:
    """All move by the same step: the last first when it is forward, so that none lands on one not yet moved."""
    for each in exceptions:
        if each.pk in kept and each.original is not None:
            return kept[each.pk] > each.original
    return False


def _touch(row: Event, now: datetime) -> None:
    row.version += 1
    row.updated_at = now
    row.save()


def guest_ids(row: Event) -> set[UUID]:
    return set(Attendee.objects.filter(event=row).values_list("employee", flat=True))
