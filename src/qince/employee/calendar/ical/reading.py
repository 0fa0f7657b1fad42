"""An .ics file read: what each of its events would be here, or why it cannot be. Knows no rows."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from qince.employee.calendar.actions.drafts import MOST_MINUTES, Draft, check_draft, series_of_draft, zones
from qince.employee.calendar.models import Event
from qince.employee.calendar.recurrence.rules import BadRule
from qince.employee.calendar.recurrence.series import Override, Series, check, originals
from qince.employee.calendar.storing import refusal
from qince.kit.errors import Refusal

MOST_BYTES, MOST_READ, MOST_DATES = 2 * 1024 * 1024, 3000, 500
LONGEST_UID, LONGEST_TITLE, LONGEST_PLACE, LONGEST_NOTES = 255, 120, 200, 4000
_VISIBILITY = {
    "PUBLIC": Event.Visibility.PUBLIC, "PRIVATE": Event.Visibility.PRIVATE, "CONFIDENTIAL": Event.Visibility.BUSY,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Read:
    """One event of the file by its UID; `problem` says why it cannot be taken. `digest` is the same as long as the file
    says the same of it, whenever it was exported.
    """

    uid: str
    title: str
    starts: date | None = None
    draft: Draft | None = None
    series: Series | None = None
    exceptions: tuple[tuple[datetime, Draft], ...] = ()
    digest: str = ""
    problem: str = field(default="")
    notes: tuple[str, ...] = ()  # what the file says of it and is not taken over
    dates: tuple[str, ...] | None = (
        None  # the UIDs of further dates of a series that names any, as events of their own
    )


def read(content: bytes, *, zone: str, visibility: str) -> list[Read]:
    """Every event, in the order of the file. `zone` is meant where a time names none, `visibility` where nothing is
    said.
    """
    if len(content) > MOST_BYTES:
        raise Refusal(
            "file_too_large", _("The file is larger than 2 MB. Export a shorter time."), field="file"
        )
    groups = _grouped(_components(content))
    found = [
        each
        for uid, parts in islice(groups.items(), MOST_READ + 1)
        for each in _read(uid, parts, zone, visibility)
    ]
    if len(found) > MOST_READ:
        words = _("The file holds more than %(most)d events. Export a shorter time.") % {"most": MOST_READ}
        raise Refusal("too_many_events", words, field="file")
    return found


def _components(content: bytes) -> Iterator[Any]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refusal(
            "not_utf8", _("The file is not written in UTF-8. Export it anew."), field="file"
        ) from None
    try:
        calendars = icalendar.Calendar.from_ical(text, multiple=True)
    except (ValueError, KeyError, IndexError, TypeError):
        calendars = []
    if not calendars or any(each.name != "VCALENDAR" for each in calendars):
        raise Refusal("no_calendar", _("This is no calendar file (.ics)."), field="file")
    for each in calendars:
        yield from each.walk("VEVENT")


def _grouped(components: Iterable[Any]) -> dict[str, list[Any]]:
    """Events with their exceptions, by UID; one without a UID goes by what it says."""
    found: dict[str, list[Any]] = {}
    for each in components:
        uid = str(each.get("UID") or "").strip() or _hash(each.to_ical())
        found.setdefault(uid if len(uid) <= LONGEST_UID else _hash(uid.encode()), []).append(each)
    return found


def _read(uid: str, parts: list[Any], zone: str, visibility: str) -> list[Read]:
    """The event, and those that stand for its further dates."""
    mains = [each for each in parts if each.get("RECURRENCE-ID") is None]
    title = _title(mains[-1] if mains else parts[0])
    try:
        if not mains:
            raise Refusal(
                "no_series", _("Only a changed occurrence of a series is in the file, not the series itself.")
            )
        return _event(uid, title, mains[-1], [each for each in parts if each not in mains], zone, visibility)
    except BadRule as error:
        return [Read(uid, title, problem=str(refusal(error).message))]
    except Refusal as error:
        return [Read(uid, title, problem=str(error.message))]
    except (ValueError, OverflowError, TypeError, AttributeError):  # what the library left unread
        return [Read(uid, title, problem=_("Its times cannot be read."))]


def _event(uid: str, title: str, main: Any, changed: list[Any], zone: str, visibility: str) -> list[Read]:
    if str(main.get("STATUS", "")).upper() == "CANCELLED":
        raise Refusal("cancelled", _("It was cancelled."))
    if "EXRULE" in main:
        words = _("It leaves out what a second rule names (EXRULE), which is not kept here.")
        raise Refusal("unsupported", words)
    draft = _draft(main, title, zone, _class(main) or visibility)
    series = series_of_draft(draft)
    left_out = {_wall(each, series.zone, zone) for each in _dates(main, "EXDATE")}
    further = _beside(series, dict(_further(main, draft, zone)))
    exceptions = []
    for each in changed:
        original = _wall(each["RECURRENCE-ID"], series.zone, zone)
        if str(each["RECURRENCE-ID"].params.get("RANGE", "")).upper() == "THISANDFUTURE":
            raise Refusal("unsupported", _("A change of this and all following occurrences is not read."))
        if str(each.get("STATUS", "")).upper() == "CANCELLED":
            left_out.add(original)
            continue
        said = replace(_draft(each, _title(each), zone, draft.visibility), rrule="", minutes_before=None)
        check_draft(said)
        if original in further:
            further[original] = said
        else:
            exceptions.append((original, said))
    if exceptions and series.rule is None:
        raise Refusal("no_series", _("It names changed occurrences, but no rule by which it repeats."))
    series = replace(
        series,
        exdates=frozenset(left_out),
        overrides=tuple(
            Override(at, each.starts, each.ends, each.zone, each.all_day) for at, each in exceptions
        ),
    )
    check(series)
    dated = [_dated(uid, at, each) for at, each in sorted(further.items()) if at not in left_out]
    read = Read(
        uid, title, draft.starts.date(), draft, series, tuple(exceptions), _digest(draft, series, exceptions),
        notes=_guests(main), dates=tuple(each.uid for each in dated) if "RDATE" in main else None,
    )  # fmt: skip
    return [read, *dated]


def _further(main: Any, draft: Draft, home: str) -> Iterator[tuple[datetime, Draft]]:
    """Dates beside the rule: the same at another time, perhaps of another length."""
    moments = list(islice(_dates(main, "RDATE"), MOST_DATES + 1))
    if len(moments) > MOST_DATES:
        words = _("It names more than %(most)d dates beside its rule.") % {"most": MOST_DATES}
        raise Refusal("unsupported", words)
    for each in moments:
        length = draft.ends - draft.starts
        if isinstance(each.dt, tuple):  # a period: from when to when, or how long
            begins, ends = each.dt
            each.dt = begins
            length = ends if isinstance(ends, timedelta) else ends - begins
        at = _wall(each, draft.zone, home)
        yield at, replace(draft, starts=at, ends=at + length, rrule="")


def _beside(series: Series, further: dict[datetime, Draft]) -> dict[datetime, Draft]:
    """Without those at which the rule has something anyway."""
    for each in further.values():
        check_draft(each)  # before the rule is expanded that far
    ruled = set(originals(series, max(further))) if further else set()
    return {at: each for at, each in further.items() if at not in ruled}


def _dated(uid: str, at: datetime, draft: Draft) -> Read:
    """A further date as an event of its own, known again by the series it comes from."""
    series = series_of_draft(draft)
    own = f"{linked(uid)}{at:%Y%m%dT%H%M%S}"
    return Read(own, draft.title, draft.starts.date(), draft, series, digest=_digest(draft, series, []),
                notes=(_("A further date of a series."),))  # fmt: skip


def linked(uid: str) -> str:
    """How the UIDs of a series' further dates begin."""
    return f"{uid if len(uid) <= LONGEST_UID - 16 else _hash(uid.encode())}#"


def _guests(component: Any) -> tuple[str, ...]:
    held = component.get("ATTENDEE") or []
    count = len(held) if isinstance(held, list) else 1
    said = ngettext("%(n)d guest is not taken over.", "%(n)d guests are not taken over.", count)
    return (said % {"n": count},) if count else ()


def _digest(draft: Draft, series: Series, exceptions: list[tuple[datetime, Draft]]) -> str:
    """Of what and when the event is. Who sees it, and when one is reminded, is one's own affair, and often left out."""

    def said(each: Draft) -> tuple[Any, ...]:
        return each.title, each.place, each.notes, each.zone, each.starts, each.ends, each.all_day

    changed = sorted((at, said(each)) for at, each in exceptions)
    return _hash(repr((said(draft), series.rule, sorted(series.exdates), changed)).encode())


def _draft(component: Any, title: str, home: str, visibility: str) -> Draft:
    begins = component.get("DTSTART")
    if begins is None or isinstance(begins, list):
        raise Refusal("no_start", _("It does not say when it begins."))
    all_day = not isinstance(begins.dt, datetime)
    rule = component.get("RRULE")
    if isinstance(rule, list):
        words = _("“%(title)s” repeats by several rules. Export it as several events.") % {"title": title}
        raise Refusal("unsupported", words)
    zone = _zone(begins) or home
    if zone == "UTC" and rule is None:
        zone = home  # a moment like any other, said on the wall at home
    starts = _wall(begins, zone, home)
    return Draft(
        title=title, zone=zone, starts=starts, ends=_ends(component, starts, zone, home, all_day=all_day),
        all_day=all_day, place=str(component.get("LOCATION") or "").strip()[:LONGEST_PLACE],
        notes=str(component.get("DESCRIPTION") or "").strip()[:LONGEST_NOTES],
        rrule=rule.to_ical().decode() if rule else "", visibility=visibility, guest_ids=(),
        minutes_before=_reminder(component),
    )  # fmt: skip


def _ends(component: Any, starts: datetime, zone: str, home: str, *, all_day: bool) -> datetime:
    ends, lasts = component.get("DTEND"), component.get("DURATION")
    if ends is not None:
        return _wall(ends, zone, home)
    if lasts is not None:
        return starts + lasts.dt
    return starts + timedelta(days=1) if all_day else starts


def _wall(prop: Any, zone: str, home: str) -> datetime:
    """The wall time in `zone`; a date is its midnight, a time without a zone is meant at home."""
    value = prop.dt
    if not isinstance(value, datetime):
        return datetime.combine(value, time())
    own, naive = _zone(prop) or home, value.replace(tzinfo=None, fold=0)
    if own == zone:
        return naive
    return naive.replace(tzinfo=ZoneInfo(own)).astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0)


def _zone(prop: Any) -> str:
    """The IANA name of the zone a time is said in; "" for a date, and for a time that names none."""
    if not isinstance(prop.dt, datetime):
        return ""
    name = str(prop.params.get("TZID") or "")
    if not name:
        return "UTC" if prop.dt.tzinfo is not None else ""
    tail = "/".join(name.strip("/").split("/")[-2:])  # /citadel.org/20260101_1/Europe/Berlin
    known = next((each for each in (name, WINDOWS_TO_OLSON.get(name), tail) if each in zones()), None)
    if known is None:
        words = _("The time zone “%(zone)s” is unknown. Export with zones such as Asia/Shanghai.")
        raise Refusal("unknown_zone", words % {"zone": name[:60]})
    return known


def _dates(component: Any, name: str) -> Iterator[Any]:
    """Each of the moments of a property that may stand there several times, each time with several of them."""
    held = component.get(name) or []
    for each in held if isinstance(held, list) else [held]:
        for moment in each.dts:
            if "TZID" in each.params:
                moment.params["TZID"] = each.params["TZID"]
            yield moment


def _reminder(component: Any) -> int | None:
    """The first alarm that comes before the beginning, in minutes."""
    for alarm in component.walk("VALARM"):
        trigger = getattr(alarm.get("TRIGGER"), "dt", None)
        if isinstance(trigger, timedelta) and str(alarm["TRIGGER"].params.get("RELATED", "START")) == "START":
            minutes = int(-trigger.total_seconds() // 60)
            if 0 <= minutes <= MOST_MINUTES:
                return minutes
    return None


def _class(component: Any) -> str:
    return _VISIBILITY.get(str(component.get("CLASS", "")).upper(), "")


def _title(component: Any) -> str:
    return str(component.get("SUMMARY") or "").strip()[:LONGEST_TITLE] or _("Without a title")


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
