"""The address to subscribe to: no session, the secret is in it."""

import hashlib

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from qince.core.access.middleware import outside_organizations
from qince.employee.calendar.ical import collecting, entering, writing
from qince.employee.calendar.ical.secretly import secretly
from qince.employee.calendar.models import CalendarKey
from qince.employee.calendar.queries import home_zone
from qince.kit import clock
from qince.kit.errors import Refusal

TYPE = "text/calendar; charset=utf-8"


@outside_organizations
@csrf_exempt  # no cookie is looked at
@require_safe
@secretly
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The agenda of whoever made the address, with shifts, leave and visits."""
    try:
        with entering.entered(request, CalendarKey.Kind.FEED, lambda: entering.by_token(token)) as person:
            today = clock.local_date(clock.now(), home_zone())
            body = writing.calendar_of(
                collecting.items(person.actor, today),
                collecting.layered(person.actor, today),
                name=_("%(name)s at %(organization)s")
                % {"name": person.actor.name, "organization": person.organization.name},
            )
    except entering.Unknown:
        # Not 401: there is nothing to sign in with, and a revoked address is to look like one that never was.
        return _private(HttpResponse(status=404))
    except Refusal as refusal:
        return _private(
            HttpResponse(
                str(refusal.message), status=refusal.status, content_type="text/plain; charset=utf-8"
            ),
            refusal,
        )
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    if matches(request, tag):
        response: HttpResponse = HttpResponseNotModified()
    else:
        response = HttpResponse(body, content_type=TYPE)
        response["Content-Disposition"] = 'inline; filename="qince.ics"'
    response["ETag"] = tag
    return _private(response)


def matches(request: HttpRequest, tag: str) -> bool:
    """Whether the reader has these bytes already (If-None-Match)."""
    asked = request.headers.get("If-None-Match", "")
    known = [each.strip().removeprefix("W/") for each in asked.split(",")]
    return tag in known or asked.strip() == "*"


def _private(response: HttpResponse, refusal: Refusal | None = None) -> HttpResponse:
    response["Cache-Control"] = "private, no-cache"
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    if refusal is not None and "retry_after" in refusal.details:
        response["Retry-After"] = str(refusal.details["retry_after"])
    response._has_been_logged = True  # type: ignore[attr-defined]  # the address holds the key
    return response
