"""From a request to its line in the access log. Whatever a client may write freely is fitted into a closed set of
words first: the log must never become a place where something personal, or a secret, is kept by accident.
"""

import ipaddress
import re
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase

from qince.core.signin.asking import address_of
from qince.core.signin.browser import browser_name
from qince.core.watch.models import Access, Line, OutsideAccess
from qince.kit.actor import Actor
from qince.kit.ids import uuid7

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
UNLOGGED = frozenset({"/healthz"})  # the supervisor's own question, every few seconds, of nobody
# Networks of China by their public codes (MCC and MNC), and the names apps send for them.
CARRIERS = {
    "46000": "China Mobile", "46002": "China Mobile", "46007": "China Mobile", "46008": "China Mobile",
    "46001": "China Unicom", "46006": "China Unicom", "46009": "China Unicom",
    "46003": "China Telecom", "46005": "China Telecom", "46011": "China Telecom",
    "46015": "China Broadnet",
}  # fmt: skip
_LANGUAGE = re.compile(r"[A-Za-z]{2}(-(Hans|Hant))?(-[A-Z]{2})?\b")


def line_of(request: HttpRequest, response: HttpResponseBase, *, at: datetime) -> Line | None:
    """The line, not saved; None for what is not logged."""
    if request.path_info in UNLOGGED:
        return None
    fields: dict[str, Any] = {
        "id": uuid7(),
        "at": at,
        "ip": _ip(address_of(request)),
        "browser": browser_name(request)[:40],
        "carrier": carrier_of(request.headers.get("X-Carrier", "")),
        "language": _language(request.headers.get("Accept-Language", "")),
        "method": request.method if request.method in METHODS else "OTHER",
        "route": page_of(request),
        "status": response.status_code,
    }
    organization, employee = _whose(request)
    if organization is None:
        return OutsideAccess(**fields)
    return Access(organization_id=organization, employee_id=employee, **fields)


def actor_of(request: HttpRequest) -> Actor | None:
    """Who asks, in the console or on a phone; None for strangers."""
    found = getattr(request, "actor", None) or getattr(request, "auth", None)
    return found if isinstance(found, Actor) else None


def page_of(request: HttpRequest) -> str:
    """The name of what answers: never the path, whose parts may name somebody."""
    match = request.resolver_match
    return (match.view_name or match.route)[:100] if match else ""


def carrier_of(told: str) -> str:
    return CARRIERS.get(told.strip(), told.strip() if told.strip() in CARRIERS.values() else "")


def _whose(request: HttpRequest) -> tuple[UUID | None, UUID | None]:
    actor = actor_of(request)
    return (actor.organization_id, actor.employee_id) if actor else (None, None)


def _ip(text: str) -> str:
    try:
        return str(ipaddress.ip_address(text.partition("%")[0]))
    except ValueError:
        return ""


def _language(text: str) -> str:
    found = _LANGUAGE.match(text)
    return found.group() if found else ""
