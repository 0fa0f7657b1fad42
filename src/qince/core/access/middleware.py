"""Who is asking, for the console: the session's account and organization become `request.actor`.

The view then runs inside the organization's transaction; an exception rolls it back.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.translation import get_language

from qince.core.access.queries import actor_for
from qince.core.accounts.models import Device
from qince.core.people.models import Employee
from qince.kit.tenancy import tenant

ORGANIZATION, EMPLOYEE, DEVICE = "organization", "employee", "device"


class ConsoleActor:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.actor = None  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        organization = _organization(request)
        if organization is None:
            return None
        with tenant(organization):
            employee = Employee.objects.present().filter(pk=request.session[EMPLOYEE]).first()
            if employee is None or not _device_stands(request):
                request.session.flush()
                return None
            request.actor = actor_for(employee, client="console", locale=get_language() or "en")  # type: ignore[attr-defined]
            response = view(request, *args, **kwargs)
            if hasattr(response, "render"):
                response.render()
            return _finished(response, organization)


def _organization(request: HttpRequest) -> UUID | None:
    if not hasattr(request, "session") or not request.session.get(ORGANIZATION):
        return None
    return UUID(request.session[ORGANIZATION])


def _device_stands(request: HttpRequest) -> bool:
    """A remote sign-out takes effect at the next request."""
    device = request.session.get(DEVICE)
    return bool(device) and Device.objects.filter(pk=device, revoked_at__isnull=True).exists()


def _finished(response: HttpResponseBase, organization: UUID) -> HttpResponseBase:
    """A streamed body is produced after the view has returned: let it enter the tenant again by itself."""
    if isinstance(response, StreamingHttpResponse) and not response.is_async:
        content = response.streaming_content

        def stream() -> Any:
            with tenant(organization):
                yield from content

        response.streaming_content = stream()
    return response


def signed_in(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Send anonymous visitors of a console page to the sign-in page, and back afterwards."""
    from functools import wraps

    from django.contrib.auth.views import redirect_to_login

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.actor is None:  # type: ignore[attr-defined]
            if request.headers.get("HX-Request"):
                return HttpResponse(status=204, headers={"HX-Redirect": f"/sign-in/?next={request.path}"})
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    return guarded
