"""WebDAV's XML: read without entities, written with the prefixes that clients of all ages expect."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from qince.kit.errors import Refusal

DAV, CALDAV, SERVER, APPLE = (
    "DAV:",
    "urn:ietf:params:xml:ns:caldav",
    "http://calendarserver.org/ns/",
    "http://apple.com/ns/ical/",
)
LARGEST = 256 * 1024
for prefix, space in (("D", DAV), ("C", CALDAV), ("CS", SERVER), ("A", APPLE)):
    ElementTree.register_namespace(prefix, space)


def dav(name: str) -> str:
    return f"{{{DAV}}}{name}"


def cal(name: str) -> str:
    return f"{{{CALDAV}}}{name}"


def server(name: str) -> str:
    return f"{{{SERVER}}}{name}"


def parse(body: bytes) -> Element | None:
    """The request's document, None for an empty body; a `Refusal` for what is none, or brings entities along."""
    if not body.strip():
        return None
    if len(body) > LARGEST:
        raise Refusal("too_large", "The request is larger than 256 KiB.", status=413)
    try:
        found: Element = fromstring(body, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise Refusal("unreadable", "This is no XML without a document type.", status=400) from error
    return found


@dataclass
class Resource:
    """One answer of a multistatus: what it has of the properties that were asked for."""

    href: str
    values: dict[str, Element] = field(default_factory=dict)


def multistatus(resources: Iterable[Resource], asked: list[str] | None, missing: Iterable[str] = ()) -> bytes:
    """`asked` None: all that each has. `missing`: addresses that were asked for and are not there."""
    root = Element(dav("multistatus"))
    for each in resources:
        response = SubElement(root, dav("response"))
        SubElement(response, dav("href")).text = each.href
        names = list(each.values) if asked is None else asked
        there = [name for name in names if name in each.values]
        _propstat(response, [each.values[name] for name in there], "200 OK")
        _propstat(response, [Element(name) for name in names if name not in each.values], "404 Not Found")
    for href in missing:
        response = SubElement(root, dav("response"))
        SubElement(response, dav("href")).text = href
        SubElement(response, dav("status")).text = "HTTP/1.1 404 Not Found"
    return document(root)


def _propstat(response: Element, values: list[Element], status: str) -> None:
    if not values:
        return
    found = SubElement(response, dav("propstat"))
    SubElement(found, dav("prop")).extend(values)
    SubElement(found, dav("status")).text = f"HTTP/1.1 {status}"


def error(condition: str) -> bytes:
    root = Element(dav("error"))
    SubElement(root, condition)
    return document(root)


def document(root: Element) -> bytes:
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(root, encoding="utf-8")


def text(name: str, value: str) -> Element:
    found = Element(name)
    found.text = value
    return found


def href(name: str, *values: str) -> Element:
    found = Element(name)
    for value in values:
        SubElement(found, dav("href")).text = value
    return found


def holding(name: str, *inside: str) -> Element:
    found = Element(name)
    for each in inside:
        SubElement(found, each)
    return found
