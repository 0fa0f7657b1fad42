"""Taking the events of a file into one's own agenda: by UID, so that the same file changes nothing the second time."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from qince.employee.calendar.actions.drafts import MOST_EVENTS, put, put_texts
from qince.employee.calendar.actions.reminding import set_reminder
from qince.employee.calendar.ical.reading import Read, linked
from qince.employee.calendar.models import Event
from qince.employee.calendar.recurrence.series import Series
from qince.employee.calendar.rules import USE
from qince.employee.calendar.storing import check_row, put_original, put_spans, put_times
from qince.engines.live.topics import changed as say_changed
from qince.kit.action import action, note_set
from qince.kit.actor import Actor
from qince.kit.errors import Refusal

NEW, CHANGED, SAME, FAULTY = "new", "changed", "same", "faulty"
_OURS = re.compile(r"(.+)@qince")


@dataclass(frozen=True, slots=True)
class Line:
    """What importing would do with one event of the file."""

    read: Read
    state: str
    row: Event | None = None
    problem: str = ""


def plan(actor: Actor, found: Sequence[Read]) -> list[Line]:
    """One line for each. What was changed here meanwhile stays, as long as the file says what it said before."""
    known = _known(actor, [each.uid for each in found])
    return [_line(each, known) for each in found]


@action("calendar.import", permission=USE)
def import_events(actor: Actor, *, found: Sequence[Read], now: datetime) -> dict[str, int]:
    """Write what is new and what the file says anew; how many of each. Faulty events are left out."""
    lines = plan(actor, found)
    counts = {state: sum(line.state == state for line in lines) for state in (NEW, CHANGED, SAME, FAULTY)}
    if Event.objects.filter(employee=actor.employee_id).count() + _rows(lines) > MOST_EVENTS:
        words = _("Your agenda would hold more than %(most)d events. Export a shorter time.")
        raise Refusal("too_many", words % {"most": MOST_EVENTS}, field="file")
    for line in lines:
        if line.state in (NEW, CHANGED):
            _write(actor, line, now)
        _drop_dates(actor, line.read)
    note_set(Event, "ics", **counts)
    if counts[NEW] or counts[CHANGED]:
        say_changed("calendar")
    return counts


def _rows(lines: Iterable[Line]) -> int:
    return sum(1 + len(line.read.exceptions) for line in lines if line.state == NEW)


def _known(actor: Actor, uids: list[str]) -> dict[str, Event]:
    """Own events by the UID they came with, or under which we give them away."""
    rows = Event.objects.filter(employee=actor.employee_id, override_of__isnull=True)
    found = {row.uid: row for row in rows.filter(uid__in=uids)}
    ours = {key: uid for uid in uids if (key := _own_key(uid)) is not None}
    return found | {ours[row.pk]: row for row in rows.filter(pk__in=ours)}


def _own_key(uid: str) -> UUID | None:
    matched = _OURS.fullmatch(uid)
    try:
        return UUID(matched[1]) if matched else None
    except ValueError:
        return None


def _line(each: Read, known: dict[str, Event]) -> Line:
    if each.problem:
        return Line(each, FAULTY, problem=each.problem)
    row = known.get(each.uid)
    if row is None and _OURS.fullmatch(each.uid) and _own_key(each.uid) is None:
        return Line(each, FAULTY, problem=_("Shifts, leave and visits stand in your agenda by themselves."))
    if row is None:
        return Line(each, NEW)
    is_same = row.source_digest == each.digest or not row.uid  # entered here, given away, and come back
    return Line(each, SAME if is_same else CHANGED, row)


def _write(actor: Actor, line: Line, now: datetime) -> None:
    read = line.read
    assert read.draft is not None
    assert read.series is not None
    row = line.row or Event(employee_id=actor.person_id, created_at=now, version=0)
    row.uid, row.source_digest, row.updated_at = read.uid, read.digest, now
    row.version += 1
    row.sequence += line.row is not None
    put(row, read.draft, read.series)
    row.save(force_insert=line.row is None)
    Event.objects.filter(override_of=row).delete()
    for original, draft in read.exceptions:
        _exception(row, original, draft, now).save(force_insert=True)
    set_reminder(row, actor.person_id, read.draft.minutes_before, now=now)


def _drop_dates(actor: Actor, read: Read) -> None:
    """Further dates that the series named once and names no more. One that names none at all says nothing of them:
    what we give away ourselves holds them as events of their own.
    """
    if read.dates is not None:
        rows = Event.objects.filter(employee=actor.employee_id, uid__startswith=linked(read.uid))
        rows.exclude(uid__in=read.dates).delete()


def _exception(row: Event, original: datetime, draft: Any, now: datetime) -> Event:
    own = Event(employee_id=row.employee_id, override_of=row, created_at=now, updated_at=now)
    put_original(own, original, all_day=row.all_day)
    put_texts(own, draft)
    put_times(own, draft.starts, draft.ends, draft.zone, all_day=draft.all_day)
    put_spans(own, Series(draft.zone, draft.starts, draft.ends, draft.all_day))
    check_row(own)
    return own
