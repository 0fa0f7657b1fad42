"""The phone's addresses for copies of one's own data. Mounted under /api/phone/v1, beside the other rights."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from ninja import Router

from qince.core.erasure import copies
from qince.core.erasure.models import Copy
from qince.core.files import packages
from qince.kit import clock
from qince.kit.actor import Actor
from qince.kit.api import answers, body_of, read, respond
from qince.kit.errors import NotFound
from qince.kit.tenancy import tenant

router = Router(tags=["rights"])
SHOWN = 20


class OwnCopy(msgspec.Struct):
    """A copy of one's own data. `state`: making, ready, failed, gone; `state_words` in the asked language."""

    id: UUID
    state: str
    state_words: str
    is_collectable: bool
    size: int
    processed: int
    expected: int
    requested_at: datetime
    expires_at: datetime
    collected_at: datetime | None


class OwnCopies(msgspec.Struct):
    copies: list[OwnCopy]


class CopyLink(msgspec.Struct):
    """Opens the package once, until then, for the same person signed in."""

    token: str
    until: datetime


class LinkShown(msgspec.Struct):
    token: Annotated[str, msgspec.Meta(max_length=100)]


def _actor(request: HttpRequest) -> Actor:
    return request.auth  # type: ignore[attr-defined,no-any-return]


@router.get("/rights/copies", openapi_extra=answers(OwnCopies, 401))
def get_copies(request: HttpRequest) -> HttpResponse:
    """The copies of one's own data, latest first, and how far each is."""
    with tenant(_actor(request).organization_id):
        return respond(_shown(_actor(request)))


@router.post("/rights/copies", openapi_extra=answers(OwnCopies, 401, 409, 422))
def post_copy(request: HttpRequest) -> HttpResponse:
    """Have a copy made. A job does it; while one is under way a second is refused with `copy_under_way`."""
    copies.request_own_copy(_actor(request), now=clock.now())
    with tenant(_actor(request).organization_id):
        return respond(_shown(_actor(request)))


@router.post("/rights/copies/{copy_id}/link", openapi_extra=answers(CopyLink, 401, 404))
def post_copy_link(request: HttpRequest, copy_id: UUID) -> HttpResponse:
    """A link that opens the package once, within the hour; the one given before ends."""
    now, found = clock.now(), _own(request, copy_id)
    token = copies.link_copy(_actor(request), found, now=now)
    return respond(CopyLink(token, min(now + copies.LINK, found.expires_at)))


@router.post(
    "/rights/copies/{copy_id}/package", openapi_extra={**body_of(LinkShown), **answers(None, 400, 401, 404)}
)
def post_copy_package(request: HttpRequest, copy_id: UUID) -> HttpResponseBase:
    """The package itself, a ZIP archive. The link is used up by this, whatever becomes of the reading.

    The link travels in the body, so that no log of addresses ever holds one.
    """
    shown, found = read(request, LinkShown, limit=1024), _own(request, copy_id)
    clear = copies.collect_copy(_actor(request), found, token=shown.token, now=clock.now())
    return packages.served(clear, found.requested_at)


def _own(request: HttpRequest, copy_id: UUID) -> Copy:
    with tenant(_actor(request).organization_id):
        found: Copy | None = copies.own_copies(_actor(request)).filter(pk=copy_id).first()
    if found is None:
        raise NotFound
    return found


def _shown(actor: Actor) -> OwnCopies:
    now = clock.now()
    return OwnCopies([_one(each, now) for each in copies.own_copies(actor)[:SHOWN]])


def _one(copy: Any, now: datetime) -> OwnCopy:
    return OwnCopy(
        id=copy.pk,
        state=copy.state,
        state_words=copy.get_state_display(),
        is_collectable=copy.state == Copy.State.READY and copy.expires_at > now,
        size=copy.size,
        processed=copy.processed,
        expected=copy.expected,
        requested_at=copy.requested_at,
        expires_at=copy.expires_at,
        collected_at=copy.collected_at,
    )
