"""Getting in from a phone, and looking after one's devices. Mounted under /api/phone/v1."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from ninja import Router, Status
from ninja.security import HttpBearer

from qince.core.accounts import codes, scanning
from qince.core.accounts.codes import Purpose
from qince.core.accounts.devices import signed_in_devices
from qince.core.accounts.limits import even_time
from qince.core.accounts.models import Device
from qince.core.signin import actions, activation, parting, schemas
from qince.core.signin.asking import asker_of, mobile_of
from qince.core.signin.queries import phone_actor
from qince.kit import clock
from qince.kit.actor import Actor
from qince.kit.api import refusals
from qince.kit.errors import Refusal

router = Router(tags=["sign-in"])


class SignedOut(Refusal):
    status = 401

    def __init__(self) -> None:
        super().__init__("signed_out", _("This phone is signed out. Sign in again; unsent work is kept."))


class PhoneToken(HttpBearer):
    """The device token of a phone; `request.auth` is then its actor, permissions not yet loaded.

    A token not known any more is told why: signed out, or erased, upon which the phone clears itself.
    """

    def authenticate(self, request: HttpRequest, token: str) -> Actor:
        actor = phone_actor(token, request.headers.get("Qince-App", ""), get_language() or "en")
        if actor is None:
            raise parting.reason(token) or SignedOut()
        return actor


@router.post(
    "/activation/code", auth=None, response={202: schemas.CodeSent}, openapi_extra=refusals(400, 422, 429)
)
def send_code(request: HttpRequest, body: schemas.CodeRequest) -> Status:
    """Send a one-time code. The answer is the same for a known and an unknown number."""
    with even_time():
        wait = codes.request_code(mobile_of(body.mobile), Purpose.SIGN_IN, asker_of(request), now=clock.now())
    return Status(202, {"sent": True, "retry_after": wait})


@router.post(
    "/activation/verify",
    auth=None,
    response=schemas.VerifyAnswer,
    openapi_extra=refusals(400, 403, 422, 429),
)
def verify_code(request: HttpRequest, body: schemas.VerifyRequest) -> dict[str, Any]:
    """Turn the right code into a ticket of ten minutes and the organizations it may open."""
    verified = activation.verify(mobile_of(body.mobile), body.code, asker_of(request), now=clock.now())
    return {
        "ticket": verified.ticket,
        "organizations": verified.organizations,
        "authenticator": verified.needs_authenticator,
    }


@router.post(
    "/activation/complete",
    auth=None,
    response=schemas.CompleteAnswer,
    openapi_extra=refusals(400, 403, 404, 422, 429),
)
def complete_activation(request: HttpRequest, body: schemas.CompleteRequest) -> dict[str, Any]:
    """Turn a ticket into a device token, or into `confirmed: false` while the phone waits to be confirmed."""
    told = body.device
    phone = activation.Phone(told.id, told.name, told.platform, request.headers.get("Qince-App", ""))
    done = activation.complete(
        body.ticket,
        body.organization,
        phone,
        authenticator=body.authenticator,
        asker=asker_of(request),
        locale=get_language() or "en",
        now=clock.now(),
    )
    return {
        "confirmed": done.token is not None,
        "token": done.token,
        "me": done.employee,
        "organization": done.organization,
        "agreed": done.agreed,
    }


@router.post("/activation/cancel", auth=None, response={204: None}, openapi_extra=refusals(400, 404, 422))
def cancel_activation(request: HttpRequest, body: schemas.CancelRequest) -> Status:
    """Stop in the middle: what the activation left goes; the administrator sees that it was stopped."""
    activation.cancel(body.ticket, body.device_id, locale=get_language() or "en", now=clock.now())
    return Status(204, None)


@router.get("/devices", auth=PhoneToken(), response=schemas.DeviceList, openapi_extra=refusals(401))
def list_devices(request: HttpRequest) -> dict[str, Any]:
    """The devices this account is signed in on, in this organization."""
    actor: Actor = request.auth  # type: ignore[attr-defined]
    found = signed_in_devices(actions.account_id(actor), actor.organization_id)
    return {"devices": [_shown(device, actor) for device in found]}


def _shown(device: Device, actor: Actor) -> dict[str, Any]:
    return {
        "id": device.pk,
        "kind": device.kind,
        "name": device.name,
        "platform": device.platform,
        "confirmed": device.confirmed_at is not None,
        "current": device.pk == actor.device_id,
        "last_seen_at": device.last_seen_at,
    }


@router.post(
    "/devices/{device_id}/confirmation",
    auth=PhoneToken(),
    response={204: None},
    openapi_extra=refusals(400, 401, 404),
)
def confirm_device(request: HttpRequest, device_id: UUID) -> Status:
    """Agree that another, new phone of this account may be used."""
    actions.confirm_own_device(request.auth, device_id=device_id, now=clock.now())  # type: ignore[attr-defined]
    return Status(204, None)


@router.delete(
    "/devices/{device_id}",
    auth=PhoneToken(),
    response={204: None},
    openapi_extra=refusals(400, 401, 404),
)
def sign_out_device(request: HttpRequest, device_id: UUID) -> Status:
    """Sign another device of this account out."""
    actions.sign_out_device(request.auth, device_id=device_id, now=clock.now())  # type: ignore[attr-defined]
    return Status(204, None)


@router.post(
    "/scans/look", auth=PhoneToken(), response=schemas.ScanShown, openapi_extra=refusals(400, 401, 404, 429)
)
def look_at_scan(request: HttpRequest, body: schemas.ScanCode) -> dict[str, Any]:
    """Which sign-in page shows this code. Nothing is decided by looking."""
    found = scanning.look(actions.phone_of(request.auth), body.code, now=clock.now())  # type: ignore[attr-defined]
    return {"browser": found.requester, "asked_at": found.sent_at, "expires_at": found.expires_at}


@router.post(
    "/scans/answer", auth=PhoneToken(), response={204: None}, openapi_extra=refusals(400, 401, 404, 429)
)
def answer_scan(request: HttpRequest, body: schemas.ScanAnswer) -> Status:
    """Sign in on that page, or refuse. Either way the code is answered for good."""
    actor: Actor = request.auth  # type: ignore[attr-defined]
    actions.answer_scan(actor, code=body.code, confirms=body.confirms, now=clock.now())
    return Status(204, None)


@router.delete("/session", auth=PhoneToken(), response={204: None}, openapi_extra=refusals(401))
def sign_out(request: HttpRequest) -> Status:
    """End this phone's own token. The phone keeps its unsent work."""
    actor: Actor = request.auth  # type: ignore[attr-defined]
    actions.sign_out(actor, device_id=actor.device_id, now=clock.now())  # type: ignore[arg-type]
    return Status(204, None)
