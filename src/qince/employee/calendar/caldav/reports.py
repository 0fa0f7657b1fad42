"""The two reports: what happens in a window, and the objects at given addresses."""

from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element

from qince.employee.calendar.caldav import xml
from qince.employee.calendar.caldav.tree import Stored, Tree, collection_url
from qince.employee.calendar.caldav.xml import cal, dav
from qince.employee.calendar.recurrence.series import LONGEST_WINDOW
from qince.kit.errors import Refusal

MOST_ADDRESSES = 1000
BEGINNING, END = datetime(1970, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


class Unsupported(Refusal):
    """A precondition of RFC 4791 that does not hold: `condition` names it in the answer."""

    status = 403

    def __init__(self, condition: str) -> None:
        super().__init__("unsupported", condition)
        self.condition = condition


def answer(tree: Tree, code: str, asked: Element) -> bytes:
    stored = tree.stored(code) or {}
    names, with_data = _properties(asked)
    if asked.tag == cal("calendar-query"):
        wanted = _filter(asked)
        found = [each for each in stored.values() if wanted(each)]
        return xml.multistatus([tree.object(code, each, with_data=with_data) for each in found], names)
    if asked.tag == cal("calendar-multiget"):
        hrefs = [(each.text or "").strip() for each in asked.findall(dav("href"))]
        if len(hrefs) > MOST_ADDRESSES:
            raise Refusal("too_many", "Ask for fewer addresses at once.", status=413)
        base = collection_url(code)
        rows = {href: stored.get(_name(href, base)) for href in dict.fromkeys(hrefs)}
        there = [tree.object(code, each, with_data=with_data) for each in rows.values() if each is not None]
        return xml.multistatus(there, names, [href for href, each in rows.items() if each is None])
    raise Unsupported(dav("supported-report"))


def _name(href: str, base: str) -> str:
    path = unquote(urlsplit(href).path)
    return path.removeprefix(base) if path.startswith(base) else ""


def _properties(asked: Element) -> tuple[list[str] | None, bool]:
    prop = asked.find(dav("prop"))
    if prop is None:
        return None, False
    names = [each.tag for each in prop]
    return names, cal("calendar-data") in names


def _filter(asked: Element) -> Callable[[Stored], bool]:
    """VEVENTs, all or in a window; anything finer is refused, as the standard wants, so that clients filter."""
    whole = asked.find(f"{cal('filter')}/{cal('comp-filter')}")
    if whole is None or whole.get("name") != "VCALENDAR":
        raise Unsupported(cal("valid-filter"))
    inner = list(whole)
    if not inner:
        return lambda _each: True
    if len(inner) > 1 or inner[0].tag != cal("comp-filter"):
        raise Unsupported(cal("supported-filter"))
    if inner[0].get("name") != "VEVENT":
        return lambda _each: False  # there is nothing but events
    ranges = list(inner[0])
    if not ranges:
        return lambda _each: True
    if len(ranges) > 1 or ranges[0].tag != cal("time-range"):
        raise Unsupported(cal("supported-filter"))
    begin, end = _moment(ranges[0].get("start"), BEGINNING), _moment(ranges[0].get("end"), END)
    if end <= begin:
        raise Unsupported(cal("valid-filter"))
    return lambda each: _happens(each, begin, end)


def _happens(each: Stored, begin: datetime, end: datetime) -> bool:
    """A window of any length, asked for in pieces that are bounded."""
    step = LONGEST_WINDOW / 2
    while begin < end:
        if each.happens(begin, min(end, begin + step)):
            return True
        begin += step
    return False


def _moment(value: str | None, otherwise: datetime) -> datetime:
    if value is None:
        return otherwise
    try:
        found = datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError as error:
        raise Unsupported(cal("valid-filter")) from error
    return min(max(found, BEGINNING), END)
