"""The phone's addresses for messages. Mounted under /api/phone/v1."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from django.http import HttpRequest, HttpResponse
from ninja import Router

from qince.core.letters import queries
from qince.core.letters.actions import mark_read
from qince.core.letters.models import Delivery, Letter
from qince.core.letters.words import decision_words, reason_words
from qince.kit import clock
from qince.kit.api import answers, respond
from qince.kit.tenancy import tenant

router = Router(tags=["messages"])
SHOWN = 30


class WayTaken(msgspec.Struct):
    """One channel: how far it came, and in words why it was chosen and what stood against it."""

    channel: str
    label: str
    state: str
    at: datetime
    decided_by: str
    obstacle: str
    not_before: datetime | None


class MessageHead(msgspec.Struct):
    """`why`: the reason one gets it; `recalled_at`: since when it needs no attention any more."""

    id: UUID
    title: str
    body: str
    link: str
    urgent: bool
    created_at: datetime
    read_at: datetime | None
    recalled_at: datetime | None
    why: str
    ways: list[WayTaken]


class Messages(msgspec.Struct):
    """`next`: ask again with `after` set to it, for earlier ones."""

    unread: int
    messages: list[MessageHead]
    next: UUID | None


class Unread(msgspec.Struct):
    unread: int


@router.get("/messages", openapi_extra=answers(Messages, 400, 401))
def list_messages(request: HttpRequest, after: UUID | None = None) -> HttpResponse:
    """One's own messages in the language of the request, latest first."""
    actor = request.auth  # type: ignore[attr-defined]
    with tenant(actor.organization_id):
        rows = queries.letters_to(actor)
        if after and (found := rows.filter(pk=after).first()):
            rows = queries.letters_before(rows, found.created_at, found.pk)
        letters = list(rows.prefetch_related("deliveries")[: SHOWN + 1])
        return respond(
            {
                "unread": queries.unread(actor),
                "messages": [_head(each) for each in letters[:SHOWN]],
                "next": letters[SHOWN - 1].pk if len(letters) > SHOWN else None,
            }
        )


@router.get("/messages/unread", openapi_extra=answers(Unread, 401))
def count_unread(request: HttpRequest) -> HttpResponse:
    actor = request.auth  # type: ignore[attr-defined]
    with tenant(actor.organization_id):
        return respond({"unread": queries.unread(actor)})


@router.post("/messages/read", openapi_extra=answers(Unread, 401))
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark all of one's own messages read."""
    mark_read(request.auth, now=clock.now())  # type: ignore[attr-defined]
    return respond({"unread": 0})


@router.post("/messages/{letter_id}/read", openapi_extra=answers(Unread, 400, 401, 404))
def read_one(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """Mark one message read; a repeat changes nothing."""
    actor = request.auth  # type: ignore[attr-defined]
    with tenant(actor.organization_id):
        letter = queries.get_letter(actor, letter_id)
        mark_read(actor, letter_ids=[letter.pk], now=clock.now())
        return respond({"unread": queries.unread(actor)})


def _head(letter: Letter) -> dict[str, Any]:
    rendered = letter.rendered
    return {
        "id": letter.pk,
        "title": rendered.title,
        "body": rendered.body,
        "link": letter.link,
        "urgent": letter.is_urgent,
        "created_at": letter.created_at,
        "read_at": letter.read_at,
        "recalled_at": letter.recalled_at,
        "why": letter.why,
        "ways": [_way(each) for each in letter.ways],
    }


def _way(delivery: Delivery) -> dict[str, Any]:
    return {
        "channel": delivery.channel,
        "label": delivery.get_channel_display(),
        "state": delivery.get_state_display(),
        "at": delivery.at,
        "decided_by": decision_words(delivery.decided_by),
        "obstacle": reason_words(delivery.reason),
        "not_before": delivery.not_before,
    }
