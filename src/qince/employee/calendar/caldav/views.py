"""CalDAV's addresses. Basic authentication with an app's password, over which nothing else can be reached."""

import base64
import binascii
from collections.abc import Callable
from functools import wraps
from typing import Any
from xml.etree.ElementTree import Element

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, HttpResponsePermanentRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from qince.core.access.middleware import outside_organizations
from qince.employee.calendar.caldav import reports, xml
from qince.employee.calendar.caldav.tree import AGENDA, TYPE, WORK, Tree
from qince.employee.calendar.caldav.xml import Resource, dav
from qince.employee.calendar.ical import entering
from qince.employee.calendar.ical.secretly import secretly
from qince.employee.calendar.ical.views import matches
from qince.employee.calendar.models import CalendarKey
from qince.kit import clock
from qince.kit.errors import NotFound, Refusal

REALM = 'Basic realm="Qince calendar", charset="UTF-8"'
XML = "application/xml; charset=utf-8"
READING = ("OPTIONS", "GET", "HEAD", "PROPFIND", "REPORT")
WRITING = (
    "PUT",
    "DELETE",
    "PROPPATCH",
    "MKCALENDAR",
    "MKCOL",
    "MOVE",
    "COPY",
    "POST",
    "LOCK",
    "UNLOCK",
    "ACL",
)
View = Callable[..., HttpResponse]


def _dav(view: View) -> View:
    @outside_organizations
    @never_cache
    @csrf_exempt  # no cookie is looked at
    @secretly
    @wraps(view)
    def answered(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        response = _answer(view, request, **kwargs)
        response["DAV"] = "1, 3, calendar-access"
        response._has_been_logged = True  # type: ignore[attr-defined]
        return response

    return answered


def _answer(view: View, request: HttpRequest, **kwargs: Any) -> HttpResponse:
    if (
        request.method == "OPTIONS"
    ):  # what the service can do is no secret, and some clients ask before they sign in
        return HttpResponse(headers={"Allow": ", ".join(READING)})
    user, password = _credentials(request)
    try:
        with entering.entered(
            request, CalendarKey.Kind.APP, lambda: entering.by_password(user, password)
        ) as person:
            if request.method in WRITING:
                return _document(xml.error(dav("need-privileges")), 403)
            if request.method not in READING:
                return HttpResponse(status=405, headers={"Allow": ", ".join(READING)})
            zone = person.organization.time_zone
            return view(request, Tree(person, clock.local_date(clock.now(), zone), zone), **kwargs)
    except entering.Unknown:
        return HttpResponse(status=401, headers={"WWW-Authenticate": REALM})
    except reports.Unsupported as refusal:
        return _document(xml.error(refusal.condition), refusal.status)
    except Refusal as refusal:
        response = HttpResponse(
            str(refusal.message), status=refusal.status, content_type="text/plain; charset=utf-8"
        )
        if "retry_after" in refusal.details:
            response["Retry-After"] = str(refusal.details["retry_after"])
        return response


def _credentials(request: HttpRequest) -> tuple[str, str]:
    scheme, _space, encoded = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return "", ""
    try:
        user, _colon, password = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return "", ""
    return user, password


def _document(content: bytes, status: int = 207) -> HttpResponse:
    return HttpResponse(content, status=status, content_type=XML)


# --- Resources ---


@_dav
def root(request: HttpRequest, tree: Tree) -> HttpResponse:
    return _found(request, tree.root(), lambda: [tree.principal(), tree.home()])


@_dav
def principal(request: HttpRequest, tree: Tree) -> HttpResponse:
    return _found(request, tree.principal(), list)


@_dav
def home(request: HttpRequest, tree: Tree) -> HttpResponse:
    return _found(request, tree.home(), lambda: [tree.collection(AGENDA), tree.collection(WORK)])


@_dav
def collection(request: HttpRequest, tree: Tree, collection: str) -> HttpResponse:
    stored = tree.stored(collection)
    if stored is None:
        raise NotFound
    if request.method == "REPORT":
        asked = xml.parse(request.body)
        if asked is None:
            raise Refusal("unreadable", "A report needs a body.", status=400)
        return _document(reports.answer(tree, collection, asked))
    return _found(
        request,
        tree.collection(collection),
        lambda: [tree.object(collection, each, with_data=False) for each in stored.values()],
    )


@_dav
def item(request: HttpRequest, tree: Tree, collection: str, name: str) -> HttpResponse:
    stored = tree.one(collection, name)
    if stored is None:
        raise NotFound
    if request.method in ("GET", "HEAD"):
        if matches(request, stored.etag):
            return HttpResponseNotModified(headers={"ETag": stored.etag})
        return HttpResponse(stored.write(), content_type=TYPE, headers={"ETag": stored.etag})
    return _found(request, tree.object(collection, stored, with_data=False), list)


def _found(request: HttpRequest, one: Resource, inside: Callable[[], list[Resource]]) -> HttpResponse:
    """PROPFIND of a resource, and of what is in it when asked for."""
    if request.method != "PROPFIND":
        return HttpResponse(status=405, headers={"Allow": "OPTIONS, PROPFIND"})
    depth = request.headers.get("Depth", "infinity").strip().lower()
    if depth not in ("0", "1"):
        return _document(xml.error(dav("propfind-finite-depth")), 403)
    asked, only_names = _asked(xml.parse(request.body))
    resources = [one, *(inside() if depth == "1" else [])]
    if only_names:
        resources = [Resource(each.href, {name: Element(name) for name in each.values}) for each in resources]
    return _document(xml.multistatus(resources, asked))


def _asked(body: Element | None) -> tuple[list[str] | None, bool]:
    """The names of the properties asked for (None: all), and whether only names are wanted."""
    if body is None:
        return None, False
    if body.tag != dav("propfind"):
        raise Refusal("unreadable", "This is no propfind.", status=400)
    if body.find(dav("propname")) is not None:
        return None, True
    prop = body.find(dav("prop"))
    return (None if prop is None else [each.tag for each in prop]), False


@outside_organizations
@csrf_exempt
def well_known(request: HttpRequest) -> HttpResponse:
    """Where clients look first (RFC 6764)."""
    return HttpResponsePermanentRedirect(reverse("calendar:dav_root"))
