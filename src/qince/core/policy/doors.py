"""A considerable change comes before whoever has not decided on it, at the next page (C8-03)."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from qince.core.access.middleware import doors
from qince.core.policy import queries
from qince.core.privacy.doors import is_open

# One's own privacy stays open to whoever would rather leave.
ALWAYS = ("privacy:", "rights:")


def change_first(request: HttpRequest) -> HttpResponseBase | None:
    """The way to the change, from the next full page on; work under way is not interrupted."""
    if request.method != "GET" or request.headers.get("HX-Request") or is_open(request):
        return None
    if request.resolver_match.view_name.startswith(ALWAYS):  # type: ignore[union-attr]
        return None
    if queries.unanswered(request.standing) is None:  # type: ignore[attr-defined]
        return None
    return redirect(f"{reverse('policy:change')}?{urlencode({'next': request.get_full_path()})}")


doors.append(change_first)
