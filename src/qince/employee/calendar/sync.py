"""What a phone may send and fetch of the calendar. Occurrences are expanded here: a phone has no need to know rules."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

import msgspec

from qince.employee.calendar import queries, words
from qince.employee.calendar.actions import guesting, planning
from qince.employee.calendar.models import Attendee, Event, Reminder
from qince.employee.calendar.payloads import (
    AnswerPayload,
    ChangePayload,
    EventPayload,
    RemovePayload,
    as_wall,
)
from qince.employee.calendar.queries import Entry
from qince.employee.calendar.recurrence.rules import parse, wall_of
from qince.employee.calendar.rules import USE
from qince.engines.sync.registry import Context, Item, Outcome, Record, apply_each, collection, operation
from qince.kit.actor import Actor

P = TypeVar("P", bound=msgspec.Struct)
BEFORE, AHEAD = timedelta(days=14), timedelta(days=62)


@operation("calendar.create", EventPayload, record=Record("calendar_events", "event_id"))
def create(actor: Actor, items: list[Item[EventPayload]], context: Context) -> list[Outcome]:
    def run(sent: EventPayload, now: datetime) -> Event:
        return planning.create_event(actor, event_id=sent.event_id, draft=sent.draft(), now=now)

    return apply_each(items, lambda item: _told(run(item.payload, context.received_at)))


@operation("calendar.change", ChangePayload, record=Record("calendar_events", "event_id", said="version"))
def change(actor: Actor, items: list[Item[ChangePayload]], context: Context) -> list[Outcome]:
    def run(item: Item[ChangePayload]) -> dict[str, Any]:
        sent = item.payload
        row = planning.change_event(
            actor, event_id=sent.event_id, draft=sent.draft(), reach=sent.reach, original=sent.original,
            version=item.base_version, now=context.received_at,
        )  # fmt: skip
        return _told(row)

    return apply_each(items, run)


@operation("calendar.remove", RemovePayload, record=Record("calendar_events", "event_id"))
def remove(actor: Actor, items: list[Item[RemovePayload]], context: Context) -> list[Outcome]:
    def run(item: Item[RemovePayload]) -> dict[str, Any]:
        sent = item.payload
        planning.remove_event(
            actor, event_id=sent.event_id, reach=sent.reach, original=sent.original, version=item.base_version,
            now=context.received_at,
        )  # fmt: skip
        left = Event.objects.filter(pk=sent.event_id).values_list("version", flat=True).first()
        return {"event_id": str(sent.event_id), "version": left}

    return apply_each(items, run)


@operation("calendar.answer", AnswerPayload)
def answer(actor: Actor, items: list[Item[AnswerPayload]], context: Context) -> list[Outcome]:
    def run(sent: AnswerPayload) -> dict[str, Any]:
        row = guesting.answer(actor, event_id=sent.event_id, status=sent.status, now=context.received_at)
        return {"event_id": str(sent.event_id), "status": row.status}

    return apply_each(items, lambda item: run(item.payload))


def _told(row: Event) -> dict[str, Any]:
    """The event as it is now; for an exception, that of its series, which the phone holds."""
    held = row if row.override_of_id is None else Event.objects.get(pk=row.override_of_id)
    return {"event_id": str(held.pk), "version": held.version}


# --- What it fetches ---


def _window(now: datetime) -> tuple[date, date]:
    """Whole weeks, so that the records of a phone change with a Monday and not with every midnight."""
    monday = now.date() - timedelta(days=now.weekday())
    return monday - BEFORE, monday + AHEAD


def _held(actor: Actor, now: datetime) -> Any:
    first, last = _window(now)
    own = Event.objects.filter(override_of__isnull=True, employee=actor.employee_id)
    invited = Event.objects.filter(
        override_of__isnull=True,
        pk__in=Attendee.objects.filter(employee=actor.employee_id).values("event"),
    )
    return queries.within(own | invited, first, last)


def _versions(actor: Actor, now: datetime) -> dict[str, Any]:
    """An event changes for a phone with its version, an answer to it, a reminder, and the week that has begun."""
    if not actor.may(USE):
        return {}
    first, _last = _window(now)
    rows = dict(_held(actor, now).values_list("pk", "version"))
    if not rows:
        return {}
    answers: dict[UUID, list[str]] = {}
    for event, employee, status in Attendee.objects.filter(event__in=rows).values_list(
        "event", "employee", "status"
    ):
        answers.setdefault(event, []).append(f"{str(employee)[-6:]}{status[0]}")
    minutes = dict(
        Reminder.objects.filter(event__in=rows, employee=actor.employee_id).values_list(
            "event", "minutes_before"
        )
    )
    return {
        str(key): f"{version}/{first}/{','.join(sorted(answers.get(key, ())))}/{minutes.get(key, '')}"
        for key, version in rows.items()
    }


def _load(actor: Actor, keys: list[str], now: datetime) -> Iterable[dict[str, Any]]:
    first, last = _window(now)
    zone = queries.home_zone()
    begin, end = queries.day_bounds(first, last, zone)
    rows = {row.pk: row for row in _held(actor, now).filter(pk__in=keys).select_related("employee")}
    happening: dict[UUID, list[Entry]] = {key: [] for key in rows}
    for entry in queries.agenda(actor, [actor.person_id], begin, end, zone=zone, with_declined=True):
        if entry.event_id in happening:
            happening[entry.event_id].append(entry)
    guests: dict[UUID, list[dict[str, str]]] = {key: [] for key in rows}
    for each in (
        Attendee.objects.filter(event__in=rows).select_related("employee").order_by("employee__name_key")
    ):
        told = {"id": str(each.employee_id), "name": each.employee.name, "status": each.status}
        guests[each.event_id].append(told)
    minutes = dict(
        Reminder.objects.filter(event__in=rows, employee=actor.employee_id).values_list(
            "event", "minutes_before"
        )
    )
    for key, row in rows.items():
        yield _record(actor, row, happening[key], guests[key], minutes.get(key), zone)


def _record(
    actor: Actor,
    row: Event,
    happening: list[Entry],
    guests: list[dict[str, str]],
    minutes: int | None,
    zone: str,
) -> dict[str, Any]:
    rule = parse(row.rrule, row.zone, all_day=row.all_day) if row.rrule else None
    mine = next((each["status"] for each in guests if each["id"] == str(actor.employee_id)), "")
    return {
        "id": row.pk,
        "owner": row.employee.name,
        "is_own": row.employee_id == actor.employee_id,
        "title": row.title or "",
        "place": row.place or "",
        "notes": row.notes or "",
        "zone": row.zone,
        "all_day": row.all_day,
        "starts": as_wall(row.starts),
        "ends": as_wall(row.ends),
        "rrule": row.rrule,
        "rule_words": words.rule_in_words(rule),
        "visibility": row.visibility,
        "revision": row.version,
        "answer": mine,
        "guests": guests,
        "minutes_before": minutes,
        "occurrences": [_occurrence(each, zone) for each in happening],
    }


def _occurrence(entry: Entry, zone: str) -> dict[str, Any]:
    """`starts` and `ends` in the organization's wall time, by which the phone sorts days; texts where they differ."""
    each, said = entry.occurrence, entry.texts
    placed = (
        (each.starts, each.ends)
        if each.all_day
        else (wall_of(each.starts_at, zone), wall_of(each.ends_at, zone))
    )
    found: dict[str, Any] = {
        "original": as_wall(each.original),
        "starts": as_wall(placed[0]),
        "ends": as_wall(placed[1]),
        "all_day": each.all_day,
    }
    if each.override is not None and said is not None:
        found |= {"title": said.title, "place": said.place, "notes": said.notes}
        found |= {"own_starts": as_wall(each.starts), "own_ends": as_wall(each.ends), "zone": each.zone}
    return found


collection("calendar_events", versions=_versions, load=_load)
