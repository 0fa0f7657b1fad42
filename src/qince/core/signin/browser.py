"""The browser: how it is recognized, and how a person becomes signed in on it."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.middleware.csrf import rotate_token
from django.utils.translation import get_language

from qince.core.access.middleware import DEVICE, EMPLOYEE, ORGANIZATION
from qince.core.access.queries import actor_for
from qince.core.accounts import devices
from qince.core.accounts.limits import Asker
from qince.core.accounts.models import Device
from qince.core.signin import actions
from qince.core.signin.asking import source_of
from qince.core.signin.queries import Membership
from qince.kit.tenancy import tenant

COOKIE = "browser"
_SALT = "qince.signin.browser"
_YEAR_S = 365 * 24 * 3600
_SYSTEMS = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "Mac OS": "macOS",
    "Linux": "Linux",
}
# In this order: Edge names Chrome, and Chrome names Safari.
_BROWSERS = {
    "MicroMessenger": "WeChat",
    "Edg": "Edge",
    "Firefox": "Firefox",
    "OPR": "Opera",
    "Chrome": "Chrome",
    "Safari": "Safari",
}


def known_browser(request: HttpRequest, mobile: str) -> Device | None:
    """The device of this browser, if the owner of `mobile` has signed in from it before."""
    held = request.get_signed_cookie(COOKIE, default="", salt=_SALT, max_age=_YEAR_S)
    return devices.known_browser(held, mobile) if held else None


def asker_on(request: HttpRequest, mobile: str) -> Asker:
    """Where a sign-in act for `mobile` comes from. A browser known for it has rate limits of its own."""
    known = known_browser(request, mobile)
    return Asker(source_of(request), known_device=str(known.pk) if known else "")


def sign_in(request: HttpRequest, found: Membership, *, now: datetime) -> Device:
    """Begin a new session for the person in the organization, on record there."""
    known = known_browser(request, found.employee.mobile)
    request.session.flush()
    request.session.create()
    rotate_token(request)
    with tenant(found.organization):
        actor = actor_for(found.employee, client="console", locale=get_language() or "en")
        device = actions.sign_in(
            actor,
            session_key=request.session.session_key or "",
            name=browser_name(request),
            known=known.pk if known else None,
            now=now,
        )
    request.session[ORGANIZATION] = str(found.organization.pk)
    request.session[EMPLOYEE] = str(found.employee.pk)
    request.session[DEVICE] = str(device.pk)
    return device


def remember(response: HttpResponseBase, device_id: UUID | str) -> None:
    """Let the browser be recognized the next time it signs in. It opens nothing by itself."""
    response.set_signed_cookie(
        COOKIE,
        str(device_id),
        salt=_SALT,
        max_age=_YEAR_S,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def browser_name(request: HttpRequest) -> str:
    """What the device list calls this browser, from what it says about itself: `Chrome · Windows`."""
    agent = request.headers.get("User-Agent", "")
    parts = [
        next((name for mark, name in table.items() if mark in agent), "") for table in (_BROWSERS, _SYSTEMS)
    ]
    return " · ".join(part for part in parts if part)
