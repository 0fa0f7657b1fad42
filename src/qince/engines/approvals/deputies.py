"""The phone's addresses for naming a deputy. Mounted under /api/phone/v1."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec
from django.http import HttpRequest, HttpResponse
from ninja import Router

from qince.engines.approvals import queries
from qince.engines.approvals.actions.delegating import delegate, end_delegation
from qince.engines.approvals.models import Delegation
from qince.engines.approvals.registry import menu, name_of
from qince.engines.evidence.envelope import Moment
from qince.kit import clock
from qince.kit.actor import Actor
from qince.kit.api import answers, body_of, read, respond
from qince.kit.tenancy import tenant

router = Router(tags=["approvals"])
SHOWN = 30


class Deputy(msgspec.Struct):
    """Who decides in one's place, from when to when; `kinds` in words, none: on every kind of request."""

    id: UUID
    name: str
    kinds: list[str]
    starts_at: datetime
    ends_at: datetime
    is_over: bool


class Deputies(msgspec.Struct):
    """The latest first; `kinds`: code and name of what a deputy can be limited to."""

    deputies: list[Deputy]
    kinds: list[list[str]]


class NewDeputy(msgspec.Struct, forbid_unknown_fields=True):
    to: UUID
    starts_at: Moment
    ends_at: Moment
    kinds: Annotated[list[str], msgspec.Meta(max_length=100)] = []


@router.get("/deputies", openapi_extra=answers(Deputies, 401))
def list_deputies(request: HttpRequest) -> HttpResponse:
    """Whom one has named, for now, for later and before."""
    actor: Actor = request.auth  # type: ignore[attr-defined]
    with tenant(actor.organization_id):
        return _shown(actor)


@router.post("/deputies", openapi_extra={**body_of(NewDeputy), **answers(Deputies, 400, 401, 422)})
def name_deputy(request: HttpRequest) -> HttpResponse:
    """From `starts_at` until `ends_at` somebody else decides on the requests that reach one."""
    sent = read(request, NewDeputy, limit=16 * 1024)
    actor: Actor = request.auth  # type: ignore[attr-defined]
    with tenant(actor.organization_id):
        delegate(
            actor,
            to=sent.to,
            starts_at=sent.starts_at,
            ends_at=sent.ends_at,
            kinds=sent.kinds,
            now=clock.now(),
        )
        return _shown(actor)


@router.delete("/deputies/{delegation_id}", openapi_extra=answers(Deputies, 401, 404))
def end_deputy(request: HttpRequest, delegation_id: UUID) -> HttpResponse:
    """From now on requests come to oneself again; one that has not begun is as if it had never been named."""
    actor: Actor = request.auth  # type: ignore[attr-defined]
    with tenant(actor.organization_id):
        end_delegation(actor, delegation_id=delegation_id, now=clock.now())
        return _shown(actor)


def _shown(actor: Actor) -> HttpResponse:
    now, rows = clock.now(), queries.own_delegations(actor).order_by("-starts_at")[:SHOWN]
    kinds = [[code, str(name)] for code, name in menu()]
    return respond(Deputies([_deputy(row, now) for row in rows], kinds))


def _deputy(row: Delegation, now: datetime) -> Deputy:
    kinds = [str(name_of(code)) for code in row.subjects]
    return Deputy(row.pk, str(row.delegate), kinds, row.starts_at, row.ends_at, row.ends_at <= now)
