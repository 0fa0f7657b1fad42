"""Who is asking, for the console: the session's account and organization become `request.actor`.

The view then runs inside the organization's transaction, and its days and hours are those of the organization's own
time zone; an exception rolls it back.
"""

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from django.http import (
    Http404,
    HttpRequest,
    HttpResponseBase,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.shortcuts import render
from django.utils.translation import get_language

from qince.core.access.entering import Person, person
from qince.kit import clock, navigation
from qince.kit.errors import NotFound, Refusal
from qince.kit.tenancy import tenant

View = TypeVar("View", bound=Callable[..., HttpResponseBase])
ORGANIZATION, EMPLOYEE, DEVICE = "organization", "employee", "device"
COMPLETION = "/organization/completion/"

Door = Callable[[HttpRequest], HttpResponseBase | None]
# Asked in turn once the actor is known, inside the organization: an answer takes the place of the page asked for.
doors: list[Door] = []


class ConsoleActor:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.actor = None  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        key = _organization_id(request)
        if key is None or getattr(view, "is_outside_organizations", False):
            return None
        with tenant(key):
            found = _person(request)
            if found is None:
                request.session.flush()
                return None
            with clock.in_zone(found.organization.time_zone):
                return _finished(
                    self._answer(request, found, view, args, kwargs), key, found.organization.time_zone
                )

    def _answer(
        self, request: HttpRequest, found: Person, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase:
        request.actor = found.actor  # type: ignore[attr-defined]
        request.organization_name = found.organization.name  # type: ignore[attr-defined]
        if stopped := _stopped(request):
            return stopped
        if not found.organization.answers and not getattr(view, "is_before_completion", False):
            return HttpResponseRedirect(COMPLETION)
        response: HttpResponseBase = view(request, *args, **kwargs)
        if request.method != "GET":
            navigation.recount(found.actor)
        if hasattr(response, "render"):
            response.render()
        return response


def _stopped(request: HttpRequest) -> HttpResponseBase | None:
    return next((answer for door in doors if (answer := door(request)) is not None), None)


def outside_organizations(view: View) -> View:
    """Mark a view that enters organizations by itself: signing in, changing the organization."""
    view.is_outside_organizations = True  # type: ignore[attr-defined]
    return view


def before_completion(view: View) -> View:
    """Mark a view that answers although the organization's registration is not complete (C2.1.2-17)."""
    view.is_before_completion = True  # type: ignore[attr-defined]
    return view


def _organization_id(request: HttpRequest) -> UUID | None:
    if not hasattr(request, "session") or not request.session.get(ORGANIZATION):
        return None
    return UUID(request.session[ORGANIZATION])


def _person(request: HttpRequest) -> Person | None:
    if not (device_id := request.session.get(DEVICE)):
        return None
    return person(UUID(request.session[EMPLOYEE]), UUID(device_id), locale=get_language() or "en")


def _finished(response: HttpResponseBase, organization: UUID, zone: str) -> HttpResponseBase:
    """A streamed body is produced after the view has returned: let it enter the tenant, and the zone, by itself."""
    if isinstance(response, StreamingHttpResponse) and not response.is_async:
        content: Any = response.streaming_content

        def stream() -> Any:
            with tenant(organization), clock.in_zone(zone):
                yield from content

        response.streaming_content = stream()
    return response


def signed_in(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Send anonymous visitors to the sign-in page and back afterwards; show refusals as pages."""
    from functools import wraps

    from qince.kit.resource.guard import to_sign_in

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.actor is None:  # type: ignore[attr-defined]
            return to_sign_in(request)
        try:
            return view(request, *args, **kwargs)
        except NotFound as refusal:
            raise Http404 from refusal
        except Refusal as refusal:
            return render(request, "access/refusal.html", {"refusal": refusal}, status=refusal.status)

    return guarded
