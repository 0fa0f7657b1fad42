"""What somebody enters about an event, checked, and put into rows."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from uuid import UUID
from zoneinfo import available_timezones

from django.utils.translation import gettext_lazy as _

from qince.employee.calendar import queries
from qince.employee.calendar.models import Attendee, Event
from qince.employee.calendar.recurrence.rules import BadRule, Rule, parse
from qince.employee.calendar.recurrence.series import Series, check
from qince.employee.calendar.storing import check_row, check_times, put_series, refusal
from qince.kit.actor import Actor
from qince.kit.errors import Refusal

MOST_GUESTS, MOST_MINUTES, MOST_EVENTS = 200, 40320, 10_000


@dataclass(frozen=True, slots=True)
class Draft:
    """`starts` and `ends` are wall times of `zone`; for all-day events midnights, the end exclusive.

    `guest_ids` None leaves the guests as they are; `minutes_before` None: no reminder for oneself.
    """

    title: str
    zone: str
    starts: datetime
    ends: datetime
    all_day: bool = False
    place: str = ""
    notes: str = ""
    rrule: str = ""
    visibility: str = Event.Visibility.PUBLIC
    guest_ids: Collection[UUID] | None = field(default=None)
    minutes_before: int | None = None


@cache
def zones() -> frozenset[str]:
    return frozenset(each for each in available_timezones() if not each.startswith(("posix/", "right/")))


def rule_of(draft: Draft) -> Rule | None:
    try:
        return parse(draft.rrule, draft.zone, all_day=draft.all_day) if draft.rrule.strip() else None
    except BadRule as error:
        raise refusal(error) from error


def series_of_draft(draft: Draft) -> Series:
    """The series a new event would be; raises a `Refusal` that says what is wrong and where."""
    check_draft(draft)
    found = Series(draft.zone, draft.starts, draft.ends, draft.all_day, rule_of(draft))
    try:
        check(found)
    except BadRule as error:
        raise refusal(error) from error
    return found


def check_draft(draft: Draft) -> None:
    if draft.zone not in zones():
        raise Refusal("unknown_zone", _("Choose a time zone such as Asia/Shanghai."), field="zone")
    if not draft.title.strip():
        raise Refusal("no_title", _("Give the event a title."), field="title")
    if draft.visibility not in Event.Visibility.values:
        raise Refusal("unknown_visibility", _("Choose who sees it."), field="visibility")
    if draft.minutes_before is not None and not 0 <= draft.minutes_before <= MOST_MINUTES:
        raise Refusal(
            "out_of_range", _("A reminder comes at most four weeks before."), field="minutes_before"
        )
    check_times(draft.starts, draft.ends, all_day=draft.all_day)


def put_texts(row: Event, draft: Draft) -> None:
    row.title, row.place = draft.title.strip(), draft.place.strip() or None
    row.notes = draft.notes.strip() or None
    row.visibility = draft.visibility


def put(row: Event, draft: Draft, series: Series) -> None:
    put_texts(row, draft)
    put_series(row, series)
    check_row(row)


def require_guests(actor: Actor, guest_ids: Collection[UUID], known: Collection[UUID] = ()) -> None:
    """Only colleagues whom one may name can be invited; who is invited already stays so."""
    if len(guest_ids) > MOST_GUESTS:
        raise Refusal(
            "too_many", _("Invite at most %(most)d people.") % {"most": MOST_GUESTS}, field="guests"
        )
    fresh = set(guest_ids) - set(known)
    if fresh and queries.guests_for(actor).filter(pk__in=fresh).count() != len(fresh):
        raise Refusal("unknown_guest", _("Choose guests from the list of your colleagues."), field="guests")


def require_room(actor: Actor) -> None:
    if Event.objects.filter(employee=actor.employee_id).count() >= MOST_EVENTS:
        raise Refusal(
            "too_many",
            _("Your agenda holds %(most)d events, which is the most. Remove old ones first.")
            % {"most": MOST_EVENTS},
        )


def set_guests(event: Event, guest_ids: Collection[UUID]) -> tuple[set[UUID], set[UUID], set[UUID]]:
    """Make these the guests: who was added, who stayed, who was taken off."""
    before = set(Attendee.objects.filter(event=event).values_list("employee", flat=True))
    wanted = set(guest_ids) - {event.employee_id}
    Attendee.objects.filter(event=event, employee__in=before - wanted).delete()
    Attendee.objects.bulk_create(
        [Attendee(event=event, employee_id=each) for each in sorted(wanted - before)]
    )
    return wanted - before, wanted & before, before - wanted
