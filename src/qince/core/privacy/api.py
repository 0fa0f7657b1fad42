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
from qince.core.privacy import anew, notice
from qince.core.privacy.actions import Decision, record_consent
from qince.core.privacy.language import supported_language
from qince.core.privacy.models import NoticeVersion
from qince.core.privacy.permissions import PermissionReport, open_prompt, record_permission
from qince.core.privacy.registers import DevicePermission, Platform, registered
from qince.kit import clock
from qince.kit.actor import Actor
from qince.kit.api import answers, body_of, read, respond
from qince.kit.errors import NotFound
from qince.kit.tenancy import tenant

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


class PermissionState(msgspec.Struct):
    """What the system lets the app do, or what was pressed about one `use` of it."""

    id: UUID
    permission: Code
    is_allowed: bool
    source: Literal["system_dialog", "device_settings", "popup"]
    occurred_at: Moment
    use: Code = ""
    notice_hash: Annotated[str, msgspec.Meta(max_length=64)] = ""


class Recorded(msgspec.Struct):
    is_new: bool


class PromptAsked(msgspec.Struct):
    """The app is about to ask by itself."""

    purpose: Code
    notice_hash: Annotated[str, msgspec.Meta(max_length=64)]


class PromptAnswer(msgspec.Struct):
    may_ask: bool


class AnewFunction(msgspec.Struct):
    """A function that came since, and waits."""

    title: str
    why: str
    scope: str
    if_refused: str


class AnewPurpose(msgspec.Struct):
    """`is_kept`: the person said that the earlier scope is to stay, and may still agree."""

    purpose: str
    title: str
    release: int
    is_kept: bool
    because: list[AnewFunction]


class AskedAnew(msgspec.Struct):
    notice_hash: str
    asked: list[AnewPurpose]


class AnewAnswer(msgspec.Struct):
    id: UUID
    purpose: Code
    agrees: bool
    notice_hash: Annotated[str, msgspec.Meta(max_length=64)]


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


@router.get("/asked-anew", openapi_extra=answers(AskedAnew, 401))
def get_anew(request: HttpRequest) -> HttpResponse:
    """Purposes that a later release of the policy widened, and what stays shut until one agrees."""
    actor = request.auth  # type: ignore[attr-defined]
    with tenant(actor.organization_id):
        return respond(_anew(actor))


@router.post("/asked-anew", openapi_extra={**body_of(AnewAnswer), **answers(AskedAnew, 400, 401, 409, 422)})
def post_anew(request: HttpRequest) -> HttpResponse:
    """Agree to the wider scope, or keep the earlier one. The phone makes the id, so a repeat is harmless."""
    actor, told = request.auth, read(request, AnewAnswer, limit=4096)  # type: ignore[attr-defined]
    with tenant(actor.organization_id):
        anew.answer(
            actor, key=told.id, purpose=told.purpose, agrees=told.agrees, notice_hash=told.notice_hash,
            now=clock.now(),
        )  # fmt: skip
        return respond(_anew(actor))


def _anew(actor: Actor) -> AskedAnew:
    whose = Organization.objects.get(pk=actor.organization_id)
    shown = notice.current(whose, supported_language())
    return AskedAnew(shown.hash, [_asked(each) for each in anew.of(actor.person_id)])


def _asked(each: anew.Asked) -> AnewPurpose:
    because = [
        AnewFunction(str(one.title), str(one.why), str(one.scope), str(one.if_refused))
        for one in each.functions
    ]
    return AnewPurpose(each.purpose.code, str(each.purpose.title), each.release, each.is_kept, because)


@router.get("/permissions", auth=None, openapi_extra=answers(None, 404))
def list_permissions(request: HttpRequest, platform: str = "web") -> HttpResponse:
    """The permission table of a platform (ios, android, web), as the notice prints it; what is not used says so."""
    if platform not in set(Platform):
        raise NotFound
    rows = [each for each in registered.permissions.values() if platform in each.platforms]
    return respond({"permissions": [_permission(each) for each in rows]})


@router.post(
    "/permissions", openapi_extra={**body_of(PermissionState), **answers(Recorded, 400, 401, 403, 409, 422)}
)
def post_permission(request: HttpRequest) -> HttpResponse:
    """Report the state of a permission of this device: the server closes or opens the channel with it."""
    actor, told = request.auth, read(request, PermissionState, limit=4096)  # type: ignore[attr-defined]
    report = PermissionReport(
        id=told.id,
        permission=told.permission,
        use=told.use,
        is_allowed=told.is_allowed,
        source=told.source,
        occurred_at=told.occurred_at,
        notice_hash=told.notice_hash,
    )
    return respond(Recorded(record_permission(actor, report=report, now=clock.now())))


@router.post(
    "/prompts", openapi_extra={**body_of(PromptAsked), **answers(PromptAnswer, 400, 401, 403, 409, 422)}
)
def post_prompt(request: HttpRequest) -> HttpResponse:
    """Ask whether the app may put a question by itself; not within 48 hours of a refusal."""
    actor, asked = request.auth, read(request, PromptAsked, limit=4096)  # type: ignore[attr-defined]
    allowed = open_prompt(actor, purpose=asked.purpose, notice_hash=asked.notice_hash, now=clock.now())
    return respond(PromptAnswer(allowed))


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


def _permission(entry: DevicePermission) -> dict[str, Any]:
    return {
        "code": entry.code,
        "title": str(entry.title),
        "uses": [{"code": code, "text": str(text)} for code, text in entry.uses],
        "offered": list(entry.offered_uses),
        "if_refused": str(entry.if_refused),
        "how_to_disable": str(entry.how_to_disable),
        "is_used": entry.is_used,
        "is_important": entry.is_important,
    }


def _head(found: NoticeVersion) -> dict[str, Any]:
    return {
        "version": found.version,
        "hash": found.hash,
        "language": found.language,
        "released_on": clock.local_date(found.released_at, settings.TIME_ZONE),
    }


def _opened(found: NoticeVersion) -> dict[str, Any]:
    return {**_head(found), **notice.opened(found)}
