"""The door of an ordinary page: signed in, permitted, and refusals turned into answers.

    @page("customers.assign")
    def territories(request): …

Pages of a resource have theirs in `kit.resource.guard`; this one is for maps, editors and boards.
"""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from qince.kit import nul
from qince.kit.errors import NotFound, Refusal
from qince.kit.resource.guard import to_sign_in

View = Callable[..., HttpResponseBase]


def page(permission: str) -> Callable[[View], View]:
    """Open the view to actors who hold `permission`: a sign-in page, 403, 404 or the refusal for the rest."""

    def decorate(view: View) -> View:
        @wraps(view)
        def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            actor = getattr(request, "actor", None)
            if actor is None:
                return to_sign_in(request)
            if not actor.may(permission):
                raise PermissionDenied
            try:
                return view(request, *args, **kwargs)
            except Refusal as refusal:
                return refused(request, refusal)

        opened.permission = permission  # type: ignore[attr-defined]
        return opened

    return decorate


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponseBase:
    """A refusal as JSON to scripts, as a page to people; what is absent or hidden is a 404 either way."""
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse(refusal.as_dict(), status=refusal.status)
    if isinstance(refusal, NotFound):
        raise Http404 from refusal
    return render(request, "resource/refusal.html", {"refusal": refusal}, status=refusal.status)


def sent_object(request: HttpRequest, *, most: int) -> dict[str, Any]:
    """The JSON object that an editor's script sends, of at most so many bytes; nothing sent is an empty one."""
    if len(request.body) > most:
        raise Refusal("too_large", _("This is too large to be saved. Split it."), status=413)
    try:
        found = json.loads(request.body or b"{}")
    except (ValueError, RecursionError) as error:
        raise _unreadable() from error
    if not isinstance(found, dict) or nul.in_json(request.body):
        raise _unreadable()
    return found


def _unreadable() -> Refusal:
    return Refusal(
        "unreadable", _("What was sent cannot be read. Reload the page and try again."), status=400
    )
