"""Entering an event, changing this, the following or all of it, taking it out."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from qince.employee.calendar import queries
from qince.employee.calendar.actions import telling
from qince.employee.calendar.actions.drafts import (
    Draft,
    check_draft,
    put,
    put_texts,
    require_guests,
    require_room,
    rule_of,
    series_of_draft,
    set_guests,
)
from qince.employee.calendar.actions.reminding import schedule, set_reminder
from qince.employee.calendar.models import Attendee, Event, Reminder
from qince.employee.calendar.recurrence import editing
from qince.employee.calendar.recurrence.rules import BadRule
from qince.employee.calendar.recurrence.series import Override, Series
from qince.employee.calendar.rules import USE
from qince.employee.calendar.storing import (
    check_row,
    put_original,
    put_series,
    put_spans,
    put_times,
    refusal,
    series_of,
)
from qince.engines.live.topics import changed as say_changed
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.errors import Conflict


class Reach(StrEnum):
    THIS = "this"
    FOLLOWING = "following"
    ALL = "all"


@action("calendar.create", permission=USE)
def create_event(actor: Actor, *, event_id: UUID, draft: Draft, now: datetime) -> Event:
    """Enter an event into one's own agenda and invite its guests. `event_id` is given by whoever enters it."""
    if Event.objects.filter(pk=event_id).exists():
        raise Conflict("entered", _("This event has been entered already."))
    require_room(actor)
    series = series_of_draft(draft)
    require_guests(actor, draft.guest_ids or ())
    row = Event(id=event_id, employee_id=actor.person_id, created_at=now, updated_at=now)
    put(row, draft, series)
    row.save(force_insert=True)
    added, _stayed, _off = set_guests(row, draft.guest_ids or ())
    set_reminder(row, actor.person_id, draft.minutes_before, now=now)
    note(row, created=str(row.starts_on), guests=len(added))
    telling.invite(actor, row, added, now=now)
    say_changed("calendar")
    return row


@action("calendar.change", permission=USE)
def change_event(
    actor: Actor,
    *,
    event_id: UUID,
    draft: Draft,
    reach: Reach,
    original: datetime | None = None,
    version: int | None = None,
    now: datetime,
) -> Event:
    """Change one's own event. `original` names the occurrence that was opened; the row that now holds it is returned.

    `version`: refuse when somebody has changed it meanwhile, another device of one's own, say.
    """
    row, series, exceptions = _opened(actor, event_id, version)
    check_draft(draft)
    known = set(Attendee.objects.filter(event=row).values_list("employee", flat=True))
    require_guests(actor, draft.guest_ids or (), known)
    original = original or series.starts
    try:
        if series.rule is None or reach is Reach.ALL:
            return _change_all(actor, row, series, exceptions, original, draft, now)
        if reach is Reach.THIS:
            return _change_this(actor, row, series, exceptions, original, draft, now)
        return _change_following(actor, row, series, exceptions, original, draft, now)
    except BadRule as error:
        raise refusal(error) from error


@action("calendar.remove", permission=USE)
def remove_event(
    actor: Actor,
    *,
    event_id: UUID,
    reach: Reach,
    original: datetime | None = None,
    version: int | None = None,
    now: datetime,
) -> None:
    """Take one's own event out of the agenda: this occurrence, this and the following, or all."""
    row, series, exceptions = _opened(actor, event_id, version)
    original = original or series.starts
    try:
        if series.rule is None or reach is Reach.ALL:
            _remove_all(actor, row, now)
        elif reach is Reach.THIS:
            _keep(row, editing.take_out(series, original), exceptions, now)
            note(row, left_out=original.date().isoformat())
            telling.cancel(actor, row, original, now=now)
        else:
            left, _right = editing.split(series, original)
            if left is None:
                _remove_all(actor, row, now)
            else:
                _keep(row, left, exceptions, now)
                note(row, ends_before=original.date().isoformat())
                telling.cancel(actor, row, original, now=now)
    except BadRule as error:
        raise refusal(error) from error
    say_changed("calendar")


def _opened(actor: Actor, event_id: UUID, version: int | None) -> tuple[Event, Series, list[Event]]:
    row = queries.own_event(actor, event_id, locks=True)
    if version is not None and version != row.version:
        raise Conflict(
            "changed_meanwhile",
            _("This event has been changed meanwhile. Open it anew."),
            version=row.version,
        )
    exceptions = list(Event.objects.filter(override_of=row).order_by("original_on", "original_time"))
    return row, series_of(row, exceptions), exceptions


def _remove_all(actor: Actor, row: Event, now: datetime) -> None:
    note(row, removed=str(row.starts_on))
    telling.cancel(actor, row, None, now=now)
    row.delete()


def _change_all(
    actor: Actor,
    row: Event,
    series: Series,
    exceptions: list[Event],
    original: datetime,
    draft: Draft,
    now: datetime,
) -> Event:
    changed = editing.change_all(series, original, _change(series, draft))
    _apply(actor, row, changed, exceptions, draft, now, is_moved=_is_moved(series, changed))
    note(row, changed=str(row.starts_on))
    say_changed("calendar")
    return row


def _change_following(
    actor: Actor,
    row: Event,
    series: Series,
    exceptions: list[Event],
    original: datetime,
    draft: Draft,
    now: datetime,
) -> Event:
    left, right = editing.change_following(series, original, _change(series, draft))
    if left is None:
        return _change_all(actor, row, series, exceptions, original, draft, now)
    following = Event(employee_id=row.employee_id, created_at=now, updated_at=now)
    put(following, draft, right)
    following.save(force_insert=True)
    guests = Attendee.objects.filter(event=row)
    Attendee.objects.bulk_create(
        [
            Attendee(
                event=following,
                employee_id=each.employee_id,
                status=each.status,
                answered_at=each.answered_at,
            )
            for each in guests
        ]
    )
    for each in Reminder.objects.filter(event=row):
        Reminder.objects.create(
            event=following, employee_id=each.employee_id, minutes_before=each.minutes_before
        )
    moved = [each for each in exceptions if each.original is not None and each.original >= original]
    Event.objects.filter(pk__in=[each.pk for each in moved]).update(override_of=following)
    _keep(row, left, [each for each in exceptions if each not in moved], now)
    _apply(
        actor, following, right, moved, draft, now,
        is_moved=draft.starts != original or draft.ends - draft.starts != series.ends - series.starts,
    )  # fmt: skip
    note(row, ends_before=original.date().isoformat())
    note(following, created=str(following.starts_on))
    say_changed("calendar")
    return following


def _change_this(
    actor: Actor,
    row: Event,
    series: Series,
    exceptions: list[Event],
    original: datetime,
    draft: Draft,
    now: datetime,
) -> Event:
    """The occurrence becomes a row of its own; guests, and the rule, stay those of the series."""
    placed = Override(original, draft.starts, draft.ends, draft.zone, draft.all_day)
    whole = editing.overridden(series, placed)
    own = next((each for each in exceptions if each.original == original), None)
    if own is None:
        own = Event(employee_id=row.employee_id, override_of=row, created_at=now)
        put_original(own, original, all_day=series.all_day)
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
    telling.change(actor, own, _guest_ids(row), event_id=row.pk, now=now)
    say_changed("calendar")
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
    actor: Actor,
    row: Event,
    series: Series,
    exceptions: Sequence[Event],
    draft: Draft,
    now: datetime,
    *,
    is_moved: bool,
) -> None:
    """Bring an event and its exceptions to `series`, its guests to the draft's, and tell whom it concerns."""
    row.sequence += is_moved
    put_texts(row, draft)
    _keep(row, series, exceptions, now)
    guests = _guest_ids(row) if draft.guest_ids is None else draft.guest_ids
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


def _guest_ids(row: Event) -> set[UUID]:
    return set(Attendee.objects.filter(event=row).values_list("employee", flat=True))


__all__ = ["Reach", "change_event", "create_event", "remove_event"]
