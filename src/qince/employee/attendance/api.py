"""The phone's addresses of attendance: the own face, who would decide. Mounted under /api/phone/v1."""

import binascii
from base64 import b64decode
from datetime import UTC, date, datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Router

from qince.employee.attendance import approving, swaps
from qince.employee.attendance.faces import challenging, standing
from qince.employee.attendance.faces.enrolling import enrol
from qince.employee.attendance.models import Correction, FaceEnrolment, TimeRequest
from qince.employee.attendance.replay.planning import Plan
from qince.employee.attendance.rules import ASK
from qince.engines.approvals.presenting import ahead
from qince.engines.approvals.wire import Ahead, told
from qince.engines.evidence.envelope import Moment
from qince.engines.recognition.faces import matcher
from qince.kit import clock
from qince.kit.actor import Actor
from qince.kit.api import answers, body_of, read, respond
from qince.kit.errors import Forbidden, Refusal
from qince.kit.ids import uuid7
from qince.kit.tenancy import tenant

router = Router(tags=["attendance"])
LARGEST_BODY = 10 * 1024 * 1024


class FacePictures(msgspec.Struct, forbid_unknown_fields=True):
    """JPEG in Base64, taken here and now."""

    pictures: Annotated[list[str], msgspec.Meta(max_length=5)]


class Turns(msgspec.Struct):
    """`acts`: how the head is to be turned, left or right as one sees it oneself, in this order."""

    id: UUID
    acts: list[str]
    answer_by: datetime


class Turned(msgspec.Struct):
    has_turned: bool


class FaceState(msgspec.Struct):
    is_offered: bool
    is_assessed_by_machine: bool  # else a person compares
    enrolled_at: datetime | None


def _state(actor: Actor) -> FaceState:
    held = FaceEnrolment.objects.filter(employee=actor.employee_id).first()
    return FaceState(standing.is_offered(), matcher() is not None, held.enrolled_at if held else None)


class RequestAsked(msgspec.Struct, forbid_unknown_fields=True):
    """A request as it is being written. `kind`: correction, overtime, out or trip; `on`: the work date of a correction;
    `request_id`: the own request that came back and is being changed.
    """

    kind: str
    starts_at: Moment
    ends_at: Moment | None = None
    on: date | None = None
    request_id: UUID | None = None
    department_id: UUID | None = None


@router.post(
    "/attendance/requests/way",
    openapi_extra={**body_of(RequestAsked), **answers(Ahead, 400, 401, 403, 422)},
)
def way(request: HttpRequest) -> HttpResponse:
    """Who would decide on a correction, overtime or an outing if it were handed in now; nothing is kept."""
    asked = read(request, RequestAsked, limit=16 * 1024)
    actor: Actor = request.auth  # type: ignore[attr-defined]
    now = clock.now()
    with tenant(actor.organization_id):
        what = approving.application(_meant(actor, asked), now=now, department_id=asked.department_id)
        return respond(Ahead(told(ahead(actor, what, now))))


def _meant(actor: Actor, asked: RequestAsked) -> Correction | TimeRequest:
    own: dict[str, Any] = {"id": asked.request_id or uuid7(), "employee_id": actor.person_id}
    if asked.kind == "correction":
        if asked.on is None:
            raise Refusal("invalid_payload", _("Say which work date it is about."), field="on")
        return Correction(**own, on=asked.on, at=asked.starts_at)
    if asked.kind not in TimeRequest.Kind.values:
        raise Refusal("invalid_payload", _("This kind of request is unknown."), field="kind")
    if asked.ends_at is None or asked.ends_at <= asked.starts_at:
        raise Refusal(
            "invalid_times", _("The end lies after the beginning, and within a month."), field="ends_at"
        )
    return TimeRequest(**own, kind=asked.kind, starts_at=asked.starts_at, ends_at=asked.ends_at)


class SwapAsked(msgspec.Struct, forbid_unknown_fields=True):
    on: date


class SwapChoice(msgspec.Struct):
    """`shift`: what the colleague has that day, empty for rest; `due`: from when until when."""

    id: UUID
    name: str
    shift: str
    due: list[tuple[datetime, datetime]]


class SwapChoices(msgspec.Struct):
    choices: list[SwapChoice]


@router.post(
    "/attendance/swaps/choices",
    openapi_extra={**body_of(SwapAsked), **answers(SwapChoices, 400, 401, 403, 422)},
)
def swap_choices(request: HttpRequest) -> HttpResponse:
    """Colleagues of one's attendance group who have something else that day; nothing is kept."""
    asked = read(request, SwapAsked, limit=1024)
    actor: Actor = request.auth  # type: ignore[attr-defined]
    if not actor.may(ASK):
        raise Forbidden
    with tenant(actor.organization_id):
        found = [
            SwapChoice(each.pk, each.name, plan.shift.name if plan.shift else "", _due(plan))
            for each, plan in swaps.choices(actor, asked.on, clock.now())
        ]
    return respond(SwapChoices(found))


def _due(plan: Plan) -> list[tuple[datetime, datetime]]:
    return [
        (datetime.fromtimestamp(each.on, UTC), datetime.fromtimestamp(each.off, UTC)) for each in plan.placed
    ]


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
    pictures = _pictures(request)
    actor: Actor = request.auth  # type: ignore[attr-defined]
    with tenant(actor.organization_id):
        enrol(actor, pictures=pictures, now=clock.now())
        return respond(_state(actor))


@router.post("/attendance/face/turns", openapi_extra=answers(Turns, 401, 403, 422))
def turns(request: HttpRequest) -> HttpResponse:
    """Ask to be told how to turn the head, before a press with the face; where a machine compares."""
    actor: Actor = request.auth  # type: ignore[attr-defined]
    with tenant(actor.organization_id):
        made = challenging.ask(actor, now=clock.now())
    return respond(Turns(made.pk, made.acts, made.asked_at + challenging.ANSWERED_WITHIN))


@router.post(
    "/attendance/face/turns/{turns_id}",
    openapi_extra={**body_of(FacePictures), **answers(Turned, 400, 401, 403, 404, 413, 422)},
)
def turned(request: HttpRequest, turns_id: UUID) -> HttpResponse:
    """One picture from the front, then one for each turn; the press then names the first of them and this identifier.

    The pictures are looked at and dropped.
    """
    pictures = _pictures(request)
    actor: Actor = request.auth  # type: ignore[attr-defined]
    with tenant(actor.organization_id):
        found = challenging.answer(actor, challenge_id=turns_id, pictures=pictures, now=clock.now())
    return respond(Turned(found))


def _pictures(request: HttpRequest) -> list[bytes]:
    sent = read(request, FacePictures, limit=LARGEST_BODY)
    try:
        return [b64decode(each, validate=True) for each in sent.pictures]
    except (binascii.Error, ValueError) as error:
        raise Refusal("damaged_image", _("A picture is damaged."), field="pictures") from error
