"""Entering an event, changing this, the following or all of it, taking it out."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from qince.employee.calendar.actions import telling
from qince.employee.calendar.actions.drafts import (
    Draft,
    check_draft,
    put,
    require_guests,
    require_room,
    series_of_draft,
    set_guests,
)
from qince.employee.calendar.actions.reaching import (
    change_all,
    change_following,
    change_this,
    guest_ids,
    opened,
    remove_all,
    remove_following,
    remove_this,
)
from qince.employee.calendar.actions.reminding import set_reminder
from qince.employee.calendar.models import Event
from qince.employee.calendar.recurrence.rules import BadRule
from qince.employee.calendar.rules import USE
from qince.employee.calendar.storing import refusal
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
    found = opened(actor, event_id, version, original, now)
    check_draft(draft)
    require_guests(actor, draft.guest_ids or (), guest_ids(found.row))
    try:
        if found.series.rule is None or reach is Reach.ALL:
            row = change_all(found, draft)
        else:
            row = change_this(found, draft) if reach is Reach.THIS else change_following(found, draft)
    except BadRule as error:
        raise refusal(error) from error
    say_changed("calendar")
    return row


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
    found = opened(actor, event_id, version, original, now)
    try:
        if found.series.rule is None or reach is Reach.ALL:
            remove_all(found)
        elif reach is Reach.THIS:
            remove_this(found)
        else:
            remove_following(found)
    except BadRule as error:
        raise refusal(error) from error
    say_changed("calendar")


__all__ = ["Reach", "change_event", "create_event", "remove_event"]
