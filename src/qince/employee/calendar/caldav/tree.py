"""What there is: the root, the principal, its home, two collections, and the events in them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from uuid import UUID
from xml.etree.ElementTree import Element, SubElement

from django.urls import reverse
from django.utils.http import http_date
from django.utils.translation import gettext as _

from qince.employee.calendar.caldav import xml
from qince.employee.calendar.caldav.xml import Resource, cal, dav, server
from qince.employee.calendar.ical import collecting, writing
from qince.employee.calendar.overlays import Overlay
from qince.employee.calendar.recurrence.series import expand
from qince.employee.calendar.storing import series_of
from qince.engines.sync.person import Person

AGENDA, WORK = "agenda", "work"
TYPE = "text/calendar; charset=utf-8; component=VEVENT"


@dataclass
class Stored:
    """One calendar object: its name in the collection, its tag, its bytes, and whether it happens in a window."""

    name: str
    etag: str
    changed_at: datetime
    write: Callable[[], bytes]
    happens: Callable[[datetime, datetime], bool]


@dataclass
class Tree:
    person: Person
    today: date
    zone: str

    # --- What it holds ---

    @cached_property
    def agenda(self) -> dict[str, Stored]:
        return {each.name: self._event(each) for each in collecting.items(self.person.actor, self.today)}

    @cached_property
    def work(self) -> dict[str, Stored]:
        found = (self._overlay(each) for each in collecting.layered(self.person.actor, self.today))
        return {each.name: each for each in found}

    def stored(self, collection: str) -> dict[str, Stored] | None:
        """The objects of a collection, None where there is none of that name."""
        if collection == AGENDA:
            return self.agenda
        return self.work if collection == WORK else None

    def one(self, collection: str, name: str) -> Stored | None:
        if collection == AGENDA:
            try:
                key = UUID(name.removesuffix(".ics"))
            except ValueError:
                return None
            found = collecting.items(self.person.actor, self.today, [key])
            return self._event(found[0]) if found and found[0].name == name else None
        return (self.stored(collection) or {}).get(name)

    def _event(self, item: collecting.Item) -> Stored:
        def happens(begin: datetime, end: datetime) -> bool:
            return bool(expand(series_of(item.event, item.exceptions), begin, end, self.zone))

        return Stored(
            item.name, item.etag, item.event.updated_at, lambda: writing.calendar_of([item]), happens
        )

    def _overlay(self, each: Overlay) -> Stored:
        body = writing.calendar_of([], [each])
        tag = f'"{hash_of(body)}"'
        return Stored(
            f"{each.key}.ics", tag, each.starts_at, lambda: body,
            lambda begin, end: each.starts_at < end and each.ends_at > begin,
        )  # fmt: skip

    # --- What it says of itself ---

    def root(self) -> Resource:
        return self._resource(reverse("calendar:dav_root"), dav("collection"))

    def principal(self) -> Resource:
        found = self._resource(reverse("calendar:dav_principal"), dav("principal"), dav("collection"))
        found.values |= _by_name(
            xml.text(dav("displayname"), self.person.actor.name),
            xml.href(cal("calendar-home-set"), reverse("calendar:dav_home")),
            xml.href(cal("calendar-user-address-set"), f"urn:uuid:{self.person.actor.employee_id}"),
        )
        return found

    def home(self) -> Resource:
        found = self._resource(reverse("calendar:dav_home"), dav("collection"))
        found.values |= _by_name(xml.text(dav("displayname"), self.person.organization.name))
        return found

    def collection(self, code: str) -> Resource:
        title = _("My agenda") if code == AGENDA else _("Shifts, leave, visits")
        found = self._resource(collection_url(code), dav("collection"), cal("calendar"))
        tag = self._tag(code)
        components = Element(cal("supported-calendar-component-set"))
        SubElement(components, cal("comp"), name="VEVENT")
        data = Element(cal("supported-calendar-data"))
        SubElement(data, cal("calendar-data"), {"content-type": "text/calendar", "version": "2.0"})
        found.values |= _by_name(
            xml.text(dav("displayname"), title),
            xml.text(server("getctag"), tag),
            xml.text(dav("getetag"), f'"{tag}"'),
            xml.text(dav("getcontenttype"), TYPE),
            xml.text(f"{{{xml.APPLE}}}calendar-color", "#2563EBFF" if code == AGENDA else "#0D9488FF"),
            xml.text(cal("max-resource-size"), str(1024 * 1024)),
            components,
            data,
            _reports(),
        )
        return found

    def _tag(self, code: str) -> str:
        rows = self.stored(code) or {}
        return hash_of("".join(f"{each.name}{each.etag}" for each in rows.values()).encode())

    def object(self, code: str, stored: Stored, *, with_data: bool) -> Resource:
        found = Resource(collection_url(code) + stored.name)
        found.values = _by_name(
            xml.text(dav("getetag"), stored.etag),
            xml.text(dav("getcontenttype"), TYPE),
            xml.text(dav("getlastmodified"), http_date(stored.changed_at.astimezone(UTC).timestamp())),
            Element(dav("resourcetype")),
            _privileges(),
        )
        if with_data:
            found.values |= _by_name(xml.text(cal("calendar-data"), stored.write().decode()))
        return found

    def _resource(self, address: str, *kinds: str) -> Resource:
        principal = reverse("calendar:dav_principal")
        return Resource(
            address,
            _by_name(
                xml.holding(dav("resourcetype"), *kinds),
                xml.href(dav("current-user-principal"), principal),
                xml.href(dav("principal-URL"), principal),
                xml.href(dav("owner"), principal),
                xml.href(dav("principal-collection-set"), reverse("calendar:dav_root")),
                _privileges(),
            ),
        )


def collection_url(code: str) -> str:
    return reverse("calendar:dav_collection", args=[code])


def hash_of(content: bytes) -> str:
    import hashlib

    return hashlib.sha256(content).hexdigest()[:32]


def _by_name(*found: Element) -> dict[str, Element]:
    return {each.tag: each for each in found}


def _privileges() -> Element:
    """Reading, and nothing else: clients then offer no editing."""
    found = Element(dav("current-user-privilege-set"))
    for name in ("read", "read-current-user-privilege-set"):
        SubElement(SubElement(found, dav("privilege")), dav(name))
    return found


def _reports() -> Element:
    found = Element(dav("supported-report-set"))
    for name in ("calendar-query", "calendar-multiget"):
        report = SubElement(SubElement(found, dav("supported-report")), dav("report"))
        SubElement(report, cal(name))
    return found
