"""What a guest does: answer, be reminded. And with whom one shares one's agenda."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from qince.core.people.models import Employee
from qince.employee.calendar import queries
from qince.employee.calendar.actions import telling
from qince.employee.calendar.actions.drafts import MOST_MINUTES
from qince.employee.calendar.actions.reminding import set_reminder
from qince.employee.calendar.models import AgendaShare, Attendee
from qince.employee.calendar.rules import USE
from qince.engines.live.topics import changed
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.errors import NotFound, Refusal
from qince.kit.validation import check

ANSWERS = (Attendee.Status.ACCEPTED, Attendee.Status.DECLINED, Attendee.Status.TENTATIVE)


@action("calendar.answer", permission=USE)
def answer(actor: Actor, *, event_id: UUID, status: str, now: datetime) -> Attendee:
    """Say whether one comes. The owner is told; saying the same again changes nothing."""
    if status not in ANSWERS:
        raise Refusal("unknown_answer", _("Accept, decline, or say perhaps."), field="status")
    rows = Attendee.objects.select_for_update(of=("self",)).select_related("event")
    found: Attendee | None = rows.filter(event=event_id, employee=actor.person_id).first()
    if found is None:
        raise NotFound
    if found.status != status:
        before, found.status, found.answered_at = found.status, status, now
        found.save(update_fields=["status", "answered_at"])
        note(found, status=(before, status))
        telling.answer(actor, found.event, status, now=now)
        changed("calendar")
    return found


@action("calendar.set_reminder", permission=USE)
def remind_me(actor: Actor, *, event_id: UUID, minutes_before: int | None, now: datetime) -> None:
    """Be reminded of an event of one's own, or one is invited to."""
    event = queries.known_event(actor, event_id)
    is_guest = Attendee.objects.filter(event=event, employee=actor.person_id).exists()
    if event.employee_id != actor.person_id and not is_guest:
        raise NotFound
    if minutes_before is not None and not 0 <= minutes_before <= MOST_MINUTES:
        raise Refusal(
            "out_of_range", _("A reminder comes at most four weeks before."), field="minutes_before"
        )
    set_reminder(event, actor.person_id, minutes_before, now=now)
    note(event, reminder=minutes_before)


@action("calendar.share", permission=USE)
def share(actor: Actor, *, viewer: Employee, now: datetime) -> AgendaShare:
    """Let a colleague see what one's public events are."""
    if not queries.guests_for(actor).filter(pk=viewer.pk).exists():
        raise NotFound
    made = AgendaShare(employee_id=actor.person_id, viewer=viewer, since=now)
    check(made)
    made.save()
    note(made, shared=viewer.name)
    changed("calendar")
    return made


@action("calendar.unshare", permission=USE)
def unshare(actor: Actor, *, share_id: UUID, now: datetime) -> None:
    found = AgendaShare.objects.filter(pk=share_id, employee=actor.person_id).first()
    if found is None:
        raise NotFound
    note(found, ended=str(found.viewer))
    found.delete()
    changed("calendar")


__all__ = ["ANSWERS", "answer", "remind_me", "share", "unshare"]
