"""Letters about events, to guests and back to the owner."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.urls import reverse

from qince.core.letters.sealing import sealed
from qince.employee.calendar import letters, words
from qince.employee.calendar.models import Attendee, Event
from qince.kit.actor import Actor


def _values(actor: Actor, row: Event, starts: datetime | None = None) -> dict[str, str]:
    begins = starts or row.starts
    return {
        "owner": str(row.employee_id),
        "title": sealed(row.employee_id, row.title or ""),
        "place": sealed(row.employee_id, row.place or ""),
        "when": words.when(begins, begins + (row.ends - row.starts), all_day=row.all_day, zone=row.zone),
    }


def link_to(event_id: UUID) -> str:
    return reverse("calendar:event", args=[event_id])


def about(event_id: UUID) -> str:
    return f"calendar:{event_id}"


def invite(actor: Actor, row: Event, guest_ids: Collection[UUID], *, now: datetime) -> None:
    letters.tell(
        actor, guest_ids, letters.INVITED, _values(actor, row), why=letters.GUEST, link=link_to(row.pk),
        dedupe=about(row.pk), now=now,
    )  # fmt: skip


def change(actor: Actor, row: Event, guest_ids: Collection[UUID], *, event_id: UUID, now: datetime) -> None:
    letters.tell(
        actor, guest_ids, letters.CHANGED, _values(actor, row), why=letters.GUEST, link=link_to(event_id),
        dedupe=about(event_id), now=now,
    )  # fmt: skip


def cancel(
    actor: Actor, row: Event, original: datetime | None, *, to: Collection[UUID] | None = None, now: datetime
) -> None:
    """Tell the guests (or those named) that it does not happen, unless it was over long ago."""
    last = original or (None if row.spans_to is None else datetime.combine(row.spans_to, datetime.max.time()))
    if last is not None and last.date() < now.date() - timedelta(days=1):
        return
    guests = set(Attendee.objects.filter(event=row).values_list("employee", flat=True)) if to is None else to
    letters.tell(
        actor, guests, letters.CANCELLED, _values(actor, row, original), why=letters.GUEST,
        dedupe=about(row.pk) if original is None else "", now=now,
    )  # fmt: skip


def answer(actor: Actor, row: Event, status: str, *, now: datetime) -> None:
    letters.tell(
        actor, [row.employee_id], letters.ANSWERED[status], {**_values(actor, row), "guest": str(actor.person_id)},
        why=letters.OWNER, link=link_to(row.pk), dedupe=f"{about(row.pk)}:{actor.employee_id}", now=now,
    )  # fmt: skip


def remind(actor: Actor, row: Event, employee_id: UUID, starts: datetime, *, now: datetime) -> None:
    letters.tell(
        actor, [employee_id], letters.REMINDER, _values(actor, row, starts), why=letters.WISHED,
        link=link_to(row.pk), dedupe=f"{about(row.pk)}:soon", now=now,
    )  # fmt: skip
