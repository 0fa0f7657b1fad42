"""The console's first door: nobody gets past the notice without having agreed to it by an act (C0-14)."""

from collections.abc import Callable
from typing import TypeVar
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from qince.core.access.middleware import doors
from qince.core.privacy.gate import Standing

View = TypeVar("View", bound=Callable[..., HttpResponseBase])
# Pages of others that take nothing from the person and show nothing about anyone.
OPEN = ("set_language", "phone:", "signin:sign", "signin:terms", "openapi:")


# One's own rights, by address and feature: open also to whoever has not agreed to a new operator's policy yet.
OWN_RIGHTS = "/me/"
RIGHTS = ("privacy:", "rights:", "erasure:")


def before_consent(view: View) -> View:
    """Mark a view that answers although the person has not agreed to the notice."""
    view.is_before_consent = True  # type: ignore[attr-defined]
    return view


def is_open(request: HttpRequest) -> bool:
    """Whether the page answers whatever its reader has decided."""
    found = request.resolver_match
    assert found is not None
    return getattr(found.func, "is_before_consent", False) or found.view_name.startswith(OPEN)


def notice_first(request: HttpRequest) -> HttpResponseBase | None:
    """The way to the notice, for whoever has not agreed to it; nothing of the page asked for is done."""
    if is_open(request):
        return None
    found = request.resolver_match
    assert found is not None
    standing = Standing(request.actor.employee_id)  # type: ignore[attr-defined]
    request.standing = standing  # type: ignore[attr-defined]
    is_own_right = request.path.startswith(OWN_RIGHTS) and found.view_name.startswith(RIGHTS)
    if standing.may_begin or (standing.has_begun and is_own_right):
        return None
    goal = request.get_full_path() if request.method == "GET" else "/"
    address = f"{reverse('privacy:agreement')}?{urlencode({'next': goal})}"
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return redirect(address)


doors.append(notice_first)
