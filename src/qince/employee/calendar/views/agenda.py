"""The agenda by month, week and as a list, and one event."""

from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from qince.core.people.models import Employee
from qince.employee.calendar import queries, words
from qince.employee.calendar.board import ONE, days_of, side_by_side
from qince.employee.calendar.models import Event, Reminder
from qince.employee.calendar.overlays import offered
from qince.employee.calendar.recurrence.rules import parse
from qince.employee.calendar.rules import USE
from qince.employee.calendar.storing import EARLIEST, LATEST
from qince.kit import clock
from qince.kit.actor import Actor
from qince.kit.errors import NotFound
from qince.kit.ids import uuid_in
from qince.kit.pages import page

VIEWS = ("month", "week", "list", "day")
MOST_OTHERS, LISTED = 5, 28


def day_of(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if EARLIEST < found < LATEST else None


def moment_of(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo is None and EARLIEST < found.date() < LATEST else None


@require_safe
@page(USE)
def agenda(request: HttpRequest) -> HttpResponse:
    """One's own agenda, or colleagues' side by side. Everything that is chosen stands in the address."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    zone, today = queries.home_zone(), timezone.localdate()
    view = request.GET.get("view", "")
    view = view if view in VIEWS else "month"
    on = day_of(request.GET.get("on", "")) or today
    wanted, hidden = _layers(request)
    names = _others(actor, request.GET.getlist("with"))
    first, last = span(view, on)
    found = days_of(actor, first, last, zone=zone, wanted=wanted, names=names)
    if view == "day":
        found = side_by_side(found[0], names or {actor.person_id: actor.name})
    kept = {"layers": ",".join(sorted(wanted)) if hidden else "", "with": [str(each) for each in names]}
    context = {
        "view": view,
        "views": [(code, title, _address(kept, view=code, on=on)) for code, title in _view_titles()],
        "days": found,
        "weeks": [found[at : at + 7] for at in range(0, len(found), 7)],
        "weekdays": [formats.date_format(each.on, "D").removeprefix("星期") for each in found[:7]],
        "on": on,
        "today": today,
        "title": _title(view, on, first, last),
        "previous": _address(kept, view=view, on=_turned(view, on, -1)),
        "next": _address(kept, view=view, on=_turned(view, on, 1)),
        "now": _address(kept, view=view, on=today),
        "layers": [(code, title, tone, code in wanted) for code, title, tone in _all_layers()],
        "hours": range(24),
        "names": names,
        "colleagues": queries.busy_people(actor).exclude(pk=actor.person_id).order_by("name_key")[:200],
        "invitations": queries.open_invitations(actor, clock.now())[:20],
    }
    return render(request, "calendar/agenda.html", context)


def span(view: str, on: date) -> tuple[date, date]:
    """Whole weeks from Monday for month and week; four weeks for the list."""
    monday = on - timedelta(days=on.weekday())
    if view == "week":
        return monday, monday + timedelta(days=6)
    if view == "day":
        return on, on
    if view == "list":
        return on, on + timedelta(days=LISTED - 1)
    first = on.replace(day=1)
    last = (first + timedelta(days=31)).replace(day=1) - ONE
    return first - timedelta(days=first.weekday()), last + timedelta(days=6 - last.weekday())


def _turned(view: str, on: date, step: int) -> date:
    if view == "month":
        first = on.replace(day=1)
        found = first - ONE if step < 0 else first + timedelta(days=31)
        return found.replace(day=1)
    return on + step * timedelta(days={"week": 7, "day": 1}.get(view, LISTED))


def _title(view: str, on: date, first: date, last: date) -> str:
    if view == "month":
        return formats.date_format(on, "YEAR_MONTH_FORMAT")
    if view == "day":
        return formats.date_format(on, "DATE_FORMAT")
    short = "SHORT_DATE_FORMAT"
    return f"{formats.date_format(first, short)} – {formats.date_format(last, short)}"


def _view_titles() -> list[tuple[str, str]]:
    return [
        ("month", pgettext("view", "Month")), ("week", _("Week")), ("day", pgettext("view", "Day")),
        ("list", _("List")),
    ]  # fmt: skip


def _all_layers() -> list[tuple[str, Any, str]]:
    return [("events", _("Events"), "blue"), *((each.code, each.title, each.tone) for each in offered())]


def _layers(request: HttpRequest) -> tuple[set[str], bool]:
    """The wanted layers, and whether some are switched off. `layers` empty or absent: all."""
    known = {code for code, _title, _tone in _all_layers()}
    asked = set(filter(None, ",".join(request.GET.getlist("layers")).split(",")))
    wanted = asked & known or known
    return wanted, wanted != known


def _others(actor: Actor, keys: list[str]) -> dict[UUID, str]:
    """Chosen colleagues by id, oneself first; empty for the own agenda alone."""
    ids = [key for key in map(uuid_in, keys[: MOST_OTHERS + 1]) if key is not None]
    rows = queries.busy_people(actor).filter(pk__in=ids).exclude(pk=actor.person_id).order_by("name_key")
    found = dict(rows.values_list("pk", "name")[:MOST_OTHERS])
    return {actor.person_id: actor.name, **found} if found else {}


def _address(kept: dict[str, Any], **changed: Any) -> str:
    pairs = {**kept, **{name: str(value) for name, value in changed.items()}}
    return "?" + urlencode({name: value for name, value in pairs.items() if value}, doseq=True)


# --- One event ---


def occurrence(event: Event, at: datetime | None) -> tuple[Event, datetime]:
    """The row that says what happens at an original start (the exception, or the event), and when it begins."""
    if at is None or not event.rrule:
        return event, event.starts
    found = Event.objects.filter(override_of=event, original_on=at.date()).select_related("employee")
    for each in found:
        if each.original == at:
            return each, each.starts
    return event, at


@require_safe
@page(USE)
def event(request: HttpRequest, key: UUID) -> HttpResponse:
    """What an event is, for whoever may know; without that it does not exist."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    row = queries.known_event(actor, key)
    shown, starts = occurrence(row, moment_of(request.GET.get("at", "")))
    if shown is not row and not queries.known_to(actor).filter(pk=shown.pk).exists():
        raise NotFound
    guests = queries.guests_of(actor, row)
    mine = next((each for each in guests if each.employee_id == actor.employee_id), None)
    zone = queries.home_zone()
    rule = parse(row.rrule, row.zone, all_day=row.all_day) if row.rrule else None
    minutes = Reminder.objects.filter(event=row, employee=actor.employee_id).values_list(
        "minutes_before", flat=True
    )
    context = {
        "row": row,
        "shown": shown,
        "at": request.GET.get("at", "") if row.rrule else "",
        "is_own": row.employee_id == actor.employee_id,
        "owner": Employee.objects.get(pk=row.employee_id),
        "when": words.when(
            starts, starts + (shown.ends - shown.starts), all_day=shown.all_day,
            zone="" if shown.zone == zone or shown.all_day else shown.zone,
        ),
        "rule": words.rule_in_words(rule),
        "is_exception": shown is not row,
        "guests": [(each, words.ANSWER_TONES[each.status]) for each in guests],
        "mine": mine,
        "answers": words.ANSWERS.items(),
        "minutes": next(iter(minutes), None),
        "reminders": words.REMINDERS,
        "back": f"{_address({}, view='week', on=starts.date())}",
    }  # fmt: skip
    return render(request, "calendar/event.html", context)
