"""Reads of agendas. What an event is leaves the database only for whoever may know: the condition is in the query.

Times are read without texts (`storing.TIME_FIELDS`); titles, places, notes and guests by a second query that names
the rule itself, so that no page, feed or answer can show what was never read.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q

from qince.core.organizations.models import Organization
from qince.core.people.colleagues import colleagues
from qince.core.people.models import Employee
from qince.employee.calendar.models import AgendaShare, Attendee, Event
from qince.employee.calendar.recurrence.rules import instant
from qince.employee.calendar.recurrence.series import Occurrence, expand
from qince.employee.calendar.rules import VIEW
from qince.employee.calendar.storing import Timing, overrides_of, series_of, timings
from qince.kit.actor import Actor
from qince.kit.errors import NotFound
from qince.kit.tenancy import current_organization_id

ONE = timedelta(days=1)
Visibility = Event.Visibility
MOST_ENTRIES = 4000


@dataclass(frozen=True, slots=True)
class Texts:
    """What an event is, for those who may know."""

    title: str
    place: str
    notes: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One occurrence as a viewer gets it; without `texts` it only says that somebody is busy.

    `event_id` and `original` name it in edits; a busy entry has neither.
    """

    employee_id: UUID
    occurrence: Occurrence
    texts: Texts | None = None
    event_id: UUID | None = None
    answer: str = ""  # the viewer's own, as a guest
    is_own: bool = False
    is_recurring: bool = False
    visibility: str = ""
    version: int = 0
    people: tuple[UUID, ...] = ()  # of those asked about, whose time it takes

    @property
    def is_busy_only(self) -> bool:
        return self.texts is None


def home_zone() -> str:
    found: str = Organization.objects.values_list("time_zone", flat=True).get(pk=current_organization_id())
    return found


# --- Who may know what ---


def invited_to(actor: Actor) -> Any:
    """Ids of events the actor is invited to, and did not decline."""
    rows = Attendee.objects.filter(employee=actor.employee_id)
    return rows.exclude(status=Attendee.Status.DECLINED).values("event")


def known_to(actor: Actor) -> Any:
    """Events and exceptions of which the actor may know what they are."""
    own = Q(employee=actor.employee_id)
    mine = Attendee.objects.filter(employee=actor.employee_id).values("event")
    guest = Q(pk__in=mine) | Q(override_of__in=mine)
    shared = AgendaShare.objects.filter(viewer=actor.employee_id).values("employee")
    reach = actor.scope(VIEW)
    public = Q(visibility=Visibility.PUBLIC)
    seen = public & Q(employee__in=shared)
    if reach.everyone:
        seen |= public
    elif reach.employee_ids:
        seen |= public & Q(employee__in=reach.employee_ids)
    rows = Event.objects.filter(own | guest | seen)
    return rows.exclude(employee__in=reach.excluded) if reach.excluded else rows


def busy_people(actor: Actor) -> Any:
    """Whose busy times the actor may see: colleagues one may name, those who share, those in reach, and oneself."""
    rows = Employee.objects.filter(
        Q(pk__in=colleagues(actor).values("pk"))
        | Q(pk__in=AgendaShare.objects.filter(viewer=actor.employee_id).values("employee"))
        | Q(pk__in=actor.scope(VIEW).filter(Employee.objects.all(), "pk").values("pk"))
        | Q(pk=actor.employee_id)
    )
    return rows.exclude(status=Employee.Status.LEFT).filter(
        Q(restricted_at__isnull=True) | Q(pk=actor.employee_id)
    )


def guests_for(actor: Actor) -> Any:
    """Whom the actor may invite."""
    return colleagues(actor)


def own_event(actor: Actor, key: UUID, *, locks: bool = False) -> Event:
    """One's own event (never an exception); absent and another's look the same."""
    rows = Event.objects.select_for_update(of=("self",)) if locks else Event.objects
    found: Event | None = rows.filter(pk=key, employee=actor.employee_id, override_of__isnull=True).first()
    if found is None:
        raise NotFound
    return found


def known_event(actor: Actor, key: UUID) -> Event:
    found: Event | None = (
        known_to(actor).filter(pk=key, override_of__isnull=True).select_related("employee").first()
    )
    if found is None:
        raise NotFound
    return found


# --- Agendas ---


def within(rows: Any, first: date, last: date) -> Any:
    """Events whose span touches these days; a day more on both sides, for zones."""
    return rows.filter(Q(spans_to__isnull=True) | Q(spans_to__gte=first - ONE), spans_from__lte=last + ONE)


def agenda(
    actor: Actor,
    employee_ids: Collection[UUID],
    begin: datetime,
    end: datetime,
    *,
    zone: str,
    with_declined: bool = False,
) -> list[Entry]:
    """What these people have between two moments, as the actor may see it, in order.

    Of oneself also what one is invited to, and did not decline unless that is wanted too. A fixed number of queries,
    however many people and events.
    """
    first, last = begin.date() - ONE, end.date() + ONE
    attending = _attending(actor, employee_ids, with_declined=with_declined)
    others = {each for each in employee_ids if each != actor.employee_id}
    mine = [key for key, people in attending.items() if actor.employee_id in people]
    theirs = [key for key, people in attending.items() if people & others]
    wanted = (Q(employee__in=employee_ids) | Q(pk__in=theirs)) & ~Q(visibility=Visibility.PRIVATE)
    if actor.employee_id in employee_ids:
        wanted |= Q(employee=actor.employee_id) | Q(pk__in=mine)
    if others:
        wanted |= Q(pk__in=known_to(actor).filter(employee__in=others).values("pk"))
    rows = timings(within(Event.objects.filter(wanted, override_of__isnull=True), first, last))
    exceptions = timings(Event.objects.filter(override_of__in=[row.id for row in rows if row.rrule]))
    changed = overrides_of(rows, exceptions)
    texts = _texts(actor, [row.id for row in (*rows, *exceptions)])
    hidden = {
        each.id for each in exceptions if each.visibility == Visibility.PRIVATE and each.id not in texts
    }
    answers = dict(
        Attendee.objects.filter(employee=actor.employee_id, event__in=[row.id for row in rows]).values_list(
            "event", "status"
        )
    )
    asked = frozenset(employee_ids)
    people = {row.id: (attending.get(row.id, set()) | {row.employee_id}) & asked for row in rows}
    found = [
        replace(_entry(actor, row, each, texts, answers), people=tuple(sorted(people[row.id], key=str)))
        for row in rows
        for each in expand(series_of(row, changed[row.id]), begin, end, zone)
        if each.override not in hidden
    ]
    found.sort(key=lambda each: (each.occurrence.starts_at, each.occurrence.ends_at, str(each.event_id)))
    return found[:MOST_ENTRIES]


def _attending(actor: Actor, employee_ids: Collection[UUID], *, with_declined: bool) -> dict[UUID, set[UUID]]:
    """Who of these people is invited to what and did not decline; one's own declined ones only where wanted."""
    rows = Attendee.objects.filter(employee__in=employee_ids)
    declined = Q(status=Attendee.Status.DECLINED)
    rows = (
        rows.exclude(declined & ~Q(employee=actor.employee_id)) if with_declined else rows.exclude(declined)
    )
    found: dict[UUID, set[UUID]] = {}
    for event, employee in rows.values_list("event", "employee"):
        found.setdefault(event, set()).add(employee)
    return found


def _texts(actor: Actor, ids: list[UUID]) -> dict[UUID, Texts]:
    rows = known_to(actor).filter(pk__in=ids).values_list("pk", "title", "place", "notes")
    return {key: Texts(title or "", place or "", notes or "") for key, title, place, notes in rows}


def _entry(
    actor: Actor, row: Timing, each: Occurrence, texts: dict[UUID, Texts], answers: dict[UUID, str]
) -> Entry:
    said = texts.get(each.override or row.id)
    if said is None:
        return Entry(row.employee_id, each)
    return Entry(
        employee_id=row.employee_id,
        occurrence=each,
        texts=said,
        event_id=row.id,
        answer=answers.get(row.id, ""),
        is_own=row.employee_id == actor.employee_id,
        is_recurring=bool(row.rrule),
        visibility=row.visibility,
        version=row.version,
    )


def day_bounds(first: date, last: date, zone: str) -> tuple[datetime, datetime]:
    """From the midnight that opens `first` to the one that closes `last`, as moments."""
    opens = datetime(first.year, first.month, first.day)
    closes = datetime(last.year, last.month, last.day) + ONE
    return instant(opens, zone), instant(closes, zone)


def guests_of(actor: Actor, event: Event) -> list[Attendee]:
    """Who is invited and what they answered, for those who may know the event."""
    rows = Attendee.objects.filter(event__in=known_to(actor).filter(pk=event.pk).values("pk"))
    return list(rows.select_related("employee").order_by("employee__name_key"))


def open_invitations(actor: Actor, now: datetime) -> Any:
    """Invitations not answered yet to what is not over."""
    today = now.astimezone(UTC).date() - ONE
    rows = Attendee.objects.filter(employee=actor.employee_id, status=Attendee.Status.NEEDS_ANSWER)
    return (
        rows.filter(Q(event__spans_to__isnull=True) | Q(event__spans_to__gte=today))
        .select_related("event__employee")
        .order_by("event__starts_on", "event__starts_time")
    )
