"""The phone's addresses for the notice and for consents. Mounted under /api/phone/v1."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import Router

from qince.core.accounts.keys import token_digest
from qince.core.accounts.models import Device
from qince.core.organizations.models import Organization
from qince.core.privacy import notice
from qince.core.privacy.actions import Decision, record_consent
from qince.core.privacy.language import supported_language
from qince.core.privacy.models import NoticeVersion
from qince.kit import clock
from qince.kit.api import answers, body_of, read, respond
from qince.kit.errors import NotFound

router = Router(tags=["privacy"])

Moment = Annotated[datetime, msgspec.Meta(tz=True)]
Code = Annotated[str, msgspec.Meta(max_length=40)]


class ConsentAct(msgspec.Struct):
    """One act about one purpose: a list of purposes has no place here."""

    id: UUID
    purpose: Code
    act: Literal["granted", "declined", "narrowed", "withdrawn"]
    occurred_at: Moment
    circumstances: Literal["", "never", "at_the_act", "background"] = ""
    notice_hash: Annotated[str, msgspec.Meta(max_length=64)] = ""
    method: Annotated[str, msgspec.Meta(min_length=1, max_length=20)] = "button"


class PurposeState(msgspec.Struct):
    state: str
    circumstances: str
    at: datetime | None


class Purposes(msgspec.Struct):
    purposes: dict[str, PurposeState]


@router.get("/notice", auth=None, openapi_extra=answers(None))
def get_notice(request: HttpRequest) -> HttpResponse:
    """The privacy notice and user agreement in force. Public; a device token selects its organization's."""
    return respond(_opened(notice.current(_organization(request), supported_language())))


@router.get("/notice/versions", auth=None, openapi_extra=answers(None))
def list_versions(request: HttpRequest) -> HttpResponse:
    """Every version ever served in this language, latest first, with its date and hash."""
    found = notice.versions(_organization(request), supported_language())
    return respond({"versions": [_head(each) for each in found]})


@router.get("/notice/versions/{text_hash}", auth=None, openapi_extra=answers(None, 404))
def get_version(request: HttpRequest, text_hash: str) -> HttpResponse:
    """An earlier version, word for word as it was served."""
    return respond(_opened(version_with(text_hash)))


@router.post("/consents", openapi_extra={**body_of(ConsentAct), **answers(Purposes, 400, 401, 409, 422)})
def post_consent(request: HttpRequest) -> HttpResponse:
    """Put one decision of one's own on record; the answer says where one stands on every purpose."""
    actor, act = request.auth, read(request, ConsentAct, limit=4096)  # type: ignore[attr-defined]
    decision = Decision(
        id=act.id,
        purpose=act.purpose,
        act=act.act,
        circumstances=act.circumstances,
        notice_hash=act.notice_hash,
        method=act.method,
        occurred_at=act.occurred_at,
    )
    return respond({"purposes": record_consent(actor, decision=decision, now=clock.now())})


def version_with(text_hash: str) -> NoticeVersion:
    found = NoticeVersion.objects.filter(hash=text_hash).first()
    if found is None:
        raise NotFound
    return found


def _organization(request: HttpRequest) -> Organization | None:
    """Whose phone asks, if it says so: a wrong token is no reason to hide a public text."""
    kind, _blank, token = request.headers.get("Authorization", "").partition(" ")
    if kind != "Bearer" or not token:
        return None
    rows = Device.objects.filter(token_digest=token_digest(token), revoked_at__isnull=True)
    device = rows.select_related("organization").first()
    return device.organization if device else None


def _head(found: NoticeVersion) -> dict[str, Any]:
    return {
        "version": found.version,
        "hash": found.hash,
        "language": found.language,
        "released_on": clock.local_date(found.released_at, settings.TIME_ZONE),
    }


def _opened(found: NoticeVersion) -> dict[str, Any]:
    return {**_head(found), **found.content}
