"""The phone's addresses of attendance: showing the own face. Mounted under /api/phone/v1."""

import binascii
from base64 import b64decode
from datetime import datetime
from typing import Annotated

import msgspec
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Router

from qince.employee.attendance.faces import standing
from qince.employee.attendance.faces.enrolling import enrol
from qince.employee.attendance.models import FaceEnrolment
from qince.engines.recognition.faces import matcher
from qince.kit import clock
from qince.kit.actor import Actor
from qince.kit.api import answers, body_of, read, respond
from qince.kit.errors import Refusal
from qince.kit.tenancy import tenant

router = Router(tags=["attendance"])
LARGEST_BODY = 10 * 1024 * 1024


class FacePictures(msgspec.Struct, forbid_unknown_fields=True):
    """JPEG in Base64, taken here and now."""

    pictures: Annotated[list[str], msgspec.Meta(max_length=5)]


class FaceState(msgspec.Struct):
    is_offered: bool
    is_assessed_by_machine: bool  # else a person compares
    enrolled_at: datetime | None


def _state(actor: Actor) -> FaceState:
    held = FaceEnrolment.objects.filter(employee=actor.employee_id).first()
    return FaceState(standing.is_offered(), matcher() is not None, held.enrolled_at if held else None)


@router.get("/attendance/face", openapi_extra=answers(FaceState, 401, 403))
def state(request: HttpRequest) -> HttpResponse:
    """Whether faces are used here, and whether one's own has been shown."""
    actor: Actor = request.auth  # type: ignore[attr-defined]
    with tenant(actor.organization_id):
        return respond(_state(actor))


@router.post(
    "/attendance/face",
    openapi_extra={**body_of(FacePictures), **answers(FaceState, 400, 401, 403, 413, 422)},
)
def show(request: HttpRequest) -> HttpResponse:
    """Show the own face, by an act of consent of its own; a later showing takes the place of an earlier one."""
    sent = read(request, FacePictures, limit=LARGEST_BODY)
    actor: Actor = request.auth  # type: ignore[attr-defined]
    try:
        pictures = [b64decode(each, validate=True) for each in sent.pictures]
    except (binascii.Error, ValueError) as error:
        raise Refusal("damaged_image", _("A picture is damaged."), field="pictures") from error
    with tenant(actor.organization_id):
        enrol(actor, pictures=pictures, now=clock.now())
        return respond(_state(actor))
