"""Agendas as iCalendar. The same rows always give the same bytes, so that "not modified" can be said."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar

from qince.employee.calendar.ical.collecting import Item
from qince.employee.calendar.models import Attendee, Event
from qince.employee.calendar.overlays import Overlay, layers

PRODUCT = "-//Qince//Calendar//EN"
ZONES_FROM, ZONES_TO = date(1970, 1, 1), date(2050, 1, 1)
_CLASS = {"public": "PUBLIC", "busy": "CONFIDENTIAL", "private": "PRIVATE"}
_UNSURE = (Attendee.Status.NEEDS_ANSWER, Attendee.Status.TENTATIVE)


def calendar_of(found: Iterable[Item], over: Iterable[Overlay] = (), *, name: str = "") -> bytes:
    """A whole calendar, with the zones its events are in."""
    calendar = icalendar.Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", PRODUCT)
    calendar.add("calscale", "GREGORIAN")
    if name:
        calendar.add("name", name)  # RFC 7986
        calendar.add("x-wr-calname", name)
        calendar.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    for each in found:
        for component in components(each):
            calendar.add_component(component)
    for overlay in over:
        calendar.add_component(_overlay(overlay))
    calendar.add_missing_timezones(first_date=ZONES_FROM, last_date=ZONES_TO)
    return bytes(calendar.to_ical())


def components(item: Item) -> list[icalendar.Event]:
    """The event, and one component for each exception."""
    main = _event(item.event, item)
    if item.event.rrule:
        main.add("rrule", icalendar.vRecur.from_ical(item.event.rrule))
        for each in item.event.exdates:
            main.add("exdate", _moment(item.event, datetime.fromisoformat(each)))
    found = [main]
    for exception in item.exceptions:
        component = _event(exception, item)
        component.add("recurrence-id", _moment(item.event, exception.original or exception.starts))
        found.append(component)
    return found


def _event(row: Event, item: Item) -> icalendar.Event:
    found = icalendar.Event()
    found.add("uid", uid_of(item.event))
    found.add("dtstamp", row.updated_at.astimezone(UTC))
    found.add("created", item.event.created_at.astimezone(UTC))
    found.add("last-modified", row.updated_at.astimezone(UTC))
    found.add("sequence", row.sequence)
    found.add("dtstart", _moment(row, row.starts))
    found.add("dtend", _moment(row, row.ends))
    found.add("summary", row.title or "")
    if row.place:
        found.add("location", row.place)
    if row.notes:
        found.add("description", row.notes)
    found.add("class", _CLASS[row.visibility])
    found.add("status", "TENTATIVE" if item.answer in _UNSURE else "CONFIRMED")
    found.add("transp", "OPAQUE")
    return found


def uid_of(event: Event) -> str:
    """The one it came with, so that whoever reads both calendars sees it once."""
    return event.uid or f"{event.pk}@qince"


def _moment(row: Event, wall: datetime) -> Any:
    """A date for what lasts all day; else wall time with its zone, or UTC where that is the zone."""
    if row.all_day:
        return wall.date()
    return wall.replace(tzinfo=UTC if row.zone == "UTC" else ZoneInfo(row.zone))


def _overlay(each: Overlay) -> icalendar.Event:
    found = icalendar.Event()
    found.add("uid", f"{each.key}@qince")
    found.add("dtstamp", each.starts_at.astimezone(UTC))
    if each.all_day:
        found.add("dtstart", _local(each.starts_at))
        found.add("dtend", _local(each.ends_at))
    else:
        found.add("dtstart", each.starts_at.astimezone(UTC))
        found.add("dtend", each.ends_at.astimezone(UTC))
    found.add("summary", each.public_label or each.label)
    found.add("categories", [each.layer])
    found.add("class", "PRIVATE")
    found.add("transp", "OPAQUE" if layers[each.layer].is_busy else "TRANSPARENT")
    return found


def _local(moment: datetime) -> date:
    from django.utils import timezone

    return timezone.localtime(moment).date()
