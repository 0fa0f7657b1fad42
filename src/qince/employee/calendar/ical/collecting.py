"""What of a person's calendar programs get: events with their exceptions, and the layers over them."""

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q

from qince.employee.calendar import queries
from qince.employee.calendar.models import Attendee, Event
from qince.employee.calendar.overlays import Overlay, overlays
from qince.kit.actor import Actor

PAST, FUTURE = timedelta(days=366), timedelta(days=184)
LAYERS_PAST = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Item:
    """One event with its exceptions, and what the reader answered to it (empty: the reader's own)."""

    event: Event
    exceptions: tuple[Event, ...]
    answer: str = ""

    @property
    def name(self) -> str:
        return f"{self.event.pk}.ics"

    @property
    def etag(self) -> str:
        return f'"{self.event.version}-{self.answer or "own"}"'


def items(actor: Actor, today: date, keys: list[UUID] | None = None) -> list[Item]:
    """One's own events and those one is invited to, a year back and everything to come. Three queries."""
    rows: Any = Event.objects.filter(override_of__isnull=True).filter(
        Q(employee=actor.employee_id) | Q(pk__in=queries.invited_to(actor))
    )
    rows = rows.filter(Q(spans_to__isnull=True) | Q(spans_to__gte=today - PAST))
    if keys is not None:
        rows = rows.filter(pk__in=keys)
    events = list(rows.order_by("created_at", "pk"))
    exceptions: dict[UUID, list[Event]] = {each.pk: [] for each in events}
    found = Event.objects.filter(override_of__in=list(exceptions))
    for each in found.order_by("original_on", "original_time"):
        exceptions[each.override_of_id].append(each)
    answers = dict(
        Attendee.objects.filter(employee=actor.employee_id, event__in=list(exceptions)).values_list(
            "event", "status"
        )
    )
    return [Item(each, tuple(exceptions[each.pk]), answers.get(each.pk, "")) for each in events]


def layered(actor: Actor, today: date) -> list[Overlay]:
    """One's own shifts, leave, visits: the last month and half a year ahead."""
    return overlays(actor, [actor.person_id], today - LAYERS_PAST, today + FUTURE)


def tag_of(found: list[Item]) -> str:
    """Another one whenever anything in the collection is."""
    text = "".join(f"{each.name}{each.etag}" for each in found)
    return hashlib.sha256(text.encode()).hexdigest()[:32]
