"""An agenda put on days: what a month, a week or a list shows. Knows nothing of requests."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _

from qince.core.rights import calendar as holidays
from qince.employee.attendance.book import Book, People
from qince.employee.attendance.models import SpecialDay
from qince.employee.calendar import queries
from qince.employee.calendar.overlays import Overlay, overlays
from qince.employee.calendar.queries import Entry
from qince.kit.actor import Actor

ONE = timedelta(days=1)
DAY_MINUTES = 1440


@dataclass(slots=True)
class Chip:
    """One thing on one day. `start` and `length` are minutes of that day; `lane` of `lanes` lie side by side."""

    label: str
    tone: str
    layer: str
    url: str
    time: str
    start: int
    length: int
    is_all_day: bool
    is_open: bool = False  # an invitation not answered
    is_private: bool = False
    recurs: bool = False
    place: str = ""
    who: str = ""
    people: tuple[UUID, ...] = ()  # in whose column it stands
    lane: int = 0
    lanes: int = 1


@dataclass(slots=True)
class Day:
    on: date
    mark: str = ""  # rest or work, where the date is not what its weekday says
    mark_title: str = ""
    who: str = ""
    chips: list[Chip] = field(default_factory=list)

    @property
    def all_day(self) -> list[Chip]:
        return [each for each in self.chips if each.is_all_day]

    @property
    def timed(self) -> list[Chip]:
        return [each for each in self.chips if not each.is_all_day]


def days_of(
    actor: Actor,
    first: date,
    last: date,
    *,
    zone: str,
    wanted: Collection[str],
    names: dict[Any, str] | None = None,
) -> list[Day]:
    """The days from `first` to `last` of the actor, or of the people in `names`, with the wanted layers."""
    ids = list(names) if names else [actor.person_id]
    begin, end = queries.day_bounds(first, last, zone)
    found = {on: Day(on) for on in _dates(first, last)}
    shown = queries.agenda(actor, ids, begin, end, zone=zone) if "events" in wanted else []
    for entry in shown:
        _place(found, entry.occurrence.starts_at, entry.occurrence.ends_at, zone, _chip(actor, entry, names))
    for each in overlays(actor, ids, first, last, wanted):
        _place(found, each.starts_at, each.ends_at, zone, _overlay(each, names))
    for day in found.values():
        day.chips.sort(key=lambda each: (not each.is_all_day, each.start, -each.length, each.label))
        _spread(day.timed)
    _mark(actor, found, first, last)
    return list(found.values())


def side_by_side(day: Day, names: dict[Any, str]) -> list[Day]:
    """The day once for each person."""
    found = []
    for key, name in names.items():
        own = [replace(each) for each in day.chips if key in each.people]
        column = Day(day.on, day.mark, day.mark_title, name, own)
        _spread(column.timed)
        found.append(column)
    return found


def _dates(first: date, last: date) -> Iterable[date]:
    on = first
    while on <= last:
        yield on
        on += ONE


def _chip(actor: Actor, entry: Entry, names: dict[Any, str] | None) -> Chip:
    who = ", ".join(names[each] for each in entry.people if each in names) if names else ""
    each = entry.occurrence
    if entry.texts is None:
        return Chip(_("Busy"), "grey", "events", "", "", 0, 0, each.all_day, who=who, people=entry.people)
    url = reverse("calendar:event", args=[entry.event_id])
    if entry.is_recurring:
        url += "?" + urlencode({"at": each.original.isoformat(timespec="minutes")})
    is_open = entry.answer in ("needs_answer", "tentative")
    return Chip(
        entry.texts.title or _("Erased"),
        "blue" if entry.is_own else "purple",
        "events",
        url,
        "",
        0,
        0,
        each.all_day,
        is_open=is_open,
        is_private=entry.is_own and entry.visibility != "public",
        recurs=entry.is_recurring,
        place=entry.texts.place,
        who=who,
        people=entry.people,
    )


def _overlay(each: Overlay, names: dict[Any, str] | None) -> Chip:
    who = names.get(each.employee_id, "") if names else ""
    return Chip(
        each.label,
        each.tone,
        each.layer,
        each.url,
        "",
        0,
        0,
        each.all_day,
        who=who,
        people=(each.employee_id,),
    )


def _place(found: dict[date, Day], starts_at: datetime, ends_at: datetime, zone: str, chip: Chip) -> None:
    """The chip on each day it touches, with its part of that day."""
    starts, ends = (each.astimezone(ZoneInfo(zone)).replace(tzinfo=None) for each in (starts_at, ends_at))
    last = (ends - timedelta(microseconds=1)).date() if ends > starts else starts.date()
    for on in _dates(max(starts.date(), min(found)), min(last, max(found))):
        opens = datetime.combine(on, datetime.min.time())
        begins, till = max(starts, opens), min(ends, opens + ONE)
        part = replace(chip)
        part.start = int((begins - opens).total_seconds() // 60)
        part.length = max(int((till - begins).total_seconds() // 60), 0)
        if not part.is_all_day and part.length >= DAY_MINUTES:
            part.is_all_day = True
        if not part.is_all_day:
            part.time = _times(starts, ends, on)
        found[on].chips.append(part)


def _times(starts: datetime, ends: datetime, on: date) -> str:
    begins = f"{starts:%H:%M}" if starts.date() == on else "…"
    till = (
        f"{ends:%H:%M}"
        if ends.date() == on or ends == datetime.combine(on + ONE, datetime.min.time())
        else "…"
    )
    return begins if starts == ends else f"{begins}–{till}"


def _spread(chips: list[Chip]) -> None:
    """Give what overlaps lanes side by side; each group of overlapping ones is as wide as it needs to be."""
    group: list[Chip] = []
    until = -1
    for each in [*chips, None]:
        if each is None or each.start >= until:
            lanes = max((other.lane for other in group), default=-1) + 1
            for other in group:
                other.lanes = lanes
            group = []
        if each is None:
            return
        taken = {other.lane for other in group if other.start + max(other.length, 15) > each.start}
        each.lane = next(lane for lane in range(len(group) + 1) if lane not in taken)
        group.append(each)
        until = max(until if len(group) > 1 else -1, each.start + max(each.length, 15))


def marked(actor: Actor, first: date, last: date) -> list[Day]:
    """The days alone, those marked that are not what their weekday says."""
    found = {on: Day(on) for on in _dates(first, last)}
    _mark(actor, found, first, last)
    return list(found.values())


def _mark(actor: Actor, found: dict[date, Day], first: date, last: date) -> None:
    """Public holidays, make-up days, and the special days of the person's own group."""
    corrected = holidays.corrections()
    special = _special_days(actor, first, last)
    for day in found.values():
        kind = holidays.holiday(day.on, corrected)
        if kind in (holidays.STATUTORY, holidays.SWAPPED_REST):
            day.mark, day.mark_title = "rest", _("Public holiday")
        elif kind == holidays.WORKDAY:
            day.mark, day.mark_title = "work", _("Make-up workday")
        if day.on in special:
            works, note = special[day.on]
            day.mark = "work" if works else "rest"
            day.mark_title = note or (_("Workday of your group") if works else _("Day off of your group"))


def _special_days(actor: Actor, first: date, last: date) -> dict[date, tuple[bool, str]]:
    rows = list(
        SpecialDay.objects.filter(on__range=(first, last)).values_list("group", "on", "shift", "note")
    )
    if not rows:
        return {}
    people = People(Book(first, last), [actor.person_id])
    return {
        on: (shift is not None, note)
        for group, on, shift, note in rows
        if people.group_on(actor.person_id, on) == group
    }
