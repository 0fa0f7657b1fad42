"""Files for the console. Access is decided by the features that refer to them (`viewers`)."""

from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from qince.core.access.middleware import signed_in
from qince.core.files import serving, viewers


@require_safe
@signed_in
def thumbnail(request: HttpRequest, key: UUID) -> HttpResponseBase:
    return serving.thumbnail(request, viewers.get_blob(request.actor, key))  # type: ignore[attr-defined]


@require_safe
@signed_in
def display(request: HttpRequest, key: UUID) -> HttpResponseBase:
    return serving.display(request, viewers.get_blob(request.actor, key))  # type: ignore[attr-defined]


@require_safe
@signed_in
def original(request: HttpRequest, key: UUID) -> HttpResponseBase:
    return serving.original(request, viewers.get_original(request.actor, key))  # type: ignore[attr-defined]
