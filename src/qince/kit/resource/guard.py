"""The door of every page of a resource: signed in, permitted, and refusals turned into pages."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from qince.kit.actor import Actor
from qince.kit.errors import NotFound, Refusal
from qince.kit.resource.declaration import Resource

View = Callable[..., HttpResponseBase]
LONGEST_WAY_BACK = 4000


def guarded(resource: Resource, what: str, view: View) -> View:
    """`view(request, resource, …)` for actors who may do `what`; a sign-in page, 403 or 404 for the rest."""

    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        actor: Actor | None = getattr(request, "actor", None)
        if actor is None:
            return to_sign_in(request)
        if not resource.may(actor, what):
            raise PermissionDenied
        try:
            return view(request, resource, *args, **kwargs)
        except NotFound as refusal:
            raise Http404 from refusal
        except Refusal as refusal:
            return render(request, "resource/refusal.html", {"refusal": refusal, "resource": resource},
                          status=refusal.status)  # fmt: skip

    opened.permission = getattr(resource.permissions, what)  # type: ignore[attr-defined]
    return opened


def to_sign_in(request: HttpRequest) -> HttpResponseBase:
    """The sign-in page, and back afterwards; htmx is told to load it whole."""
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": f"{settings.LOGIN_URL}?next={request.path}"})
    return redirect_to_login(back_to(request))


def back_to(request: HttpRequest) -> str:
    """Where to return after signing in; without what a very long address asked for, which no redirect can carry."""
    whole = request.get_full_path()
    return whole if len(whole) <= LONGEST_WAY_BACK else request.path


def row_or_404(resource: Resource, actor: Actor, key: UUID) -> Any:
    """One row in the actor's sight; absent and hidden look the same."""
    row = resource.visible_to(actor).filter(pk=key).first()
    if row is None:
        raise Http404
    return row
