"""The phone's addresses for how one wants to be told. Mounted under /api/phone/v1."""

from datetime import datetime, time
from typing import Annotated, Any
from uuid import UUID

import msgspec
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import Router

from qince.core.letters.actions import try_again
from qince.core.letters.reaching import suppressed_channels
from qince.core.letters.topics import TOPIC, topic_of
from qince.core.people.models import Employee
from qince.core.privacy.gate import Standing
from qince.engines.notifications import actions, queries
from qince.engines.notifications.models import Preference, Subscription
from qince.engines.notifications.privacy import PUSH
from qince.engines.notifications.push import keys
from qince.engines.notifications.push.services import is_available
from qince.kit import clock
from qince.kit.actor import Actor
from qince.kit.api import answers, body_of, read, respond
from qince.kit.tenancy import tenant

router = Router(tags=["notifications"])
Short = Annotated[str, msgspec.Meta(max_length=60)]
SMALL = 16 * 1024


class NewSubscription(msgspec.Struct):
    """What the browser's `PushSubscription` says; keys in URL-safe base64."""

    endpoint: Annotated[str, msgspec.Meta(max_length=1000)]
    p256dh: Annotated[str, msgspec.Meta(max_length=120)]
    auth: Annotated[str, msgspec.Meta(max_length=40)]


class Choice(msgspec.Struct):
    group: Short
    channel: Short
    when: Short


class Quiet(msgspec.Struct):
    """`starts` after `ends` lies over midnight; `days` 1 (Monday) to 7: those on which messages may come."""

    is_on: bool
    starts: time
    ends: time
    days: Annotated[list[int], msgspec.Meta(max_length=7)]
    zone: Short


class Told(msgspec.Struct):
    """A device that push messages come to."""

    id: UUID
    name: str
    surface: str
    created_at: datetime
    is_here: bool
    is_valid: bool


class Push(msgspec.Struct):
    """`key`: the service's, for the browser's subscription."""

    is_available: bool
    is_agreed: bool
    key: str
    devices: list[Told]


class Group(msgspec.Struct):
    code: str
    title: str
    choices: dict[str, str]


class Address(msgspec.Struct):
    channel: Short


class Live(msgspec.Struct):
    """Where the socket is (`url`, else `port` of this host) and what it calls the topics that concern one."""

    url: str
    port: int
    topics: dict[str, list[str]]


class Notifications(msgspec.Struct):
    """`reachable`: for which channels there is an address or device; `refusing`: those of them that took nothing for
    good; `whens`: the choices offered, in words.
    """

    push: Push
    groups: list[Group]
    channels: list[tuple[str, str]]
    whens: list[tuple[str, str]]
    reachable: dict[str, bool]
    refusing: list[str]
    quiet: Quiet


@router.get("/notifications", openapi_extra=answers(Notifications, 401))
def get_notifications(request: HttpRequest) -> HttpResponse:
    """One's own preferences, in the language of the request."""
    return _all(request.auth)  # type: ignore[attr-defined]


@router.get("/live", openapi_extra=answers(Live, 401))
def get_live(request: HttpRequest) -> HttpResponse:
    """Where to hear at once that something changed; the socket is told the token first."""
    actor = request.auth  # type: ignore[attr-defined]
    topics = {"messages": [TOPIC, topic_of(actor.employee_id)]}
    return respond(Live(settings.SOCKET_URL, settings.SOCKET_PORT, topics))


@router.put(
    "/notifications/subscription",
    openapi_extra={**body_of(NewSubscription), **answers(Notifications, 400, 401, 403, 422)},
)
def switch_on(request: HttpRequest) -> HttpResponse:
    """Let push messages come to this phone. The purpose `push` must be agreed to."""
    told = read(request, NewSubscription, limit=SMALL)
    actor = request.auth  # type: ignore[attr-defined]
    actions.switch_on(actor, endpoint=told.endpoint, p256dh=told.p256dh, auth=told.auth, now=clock.now())
    return _all(actor)


@router.delete("/notifications/subscription", openapi_extra=answers(Notifications, 401))
def switch_off(request: HttpRequest) -> HttpResponse:
    """Let no more push messages come to this phone; a repeat changes nothing."""
    actions.switch_off(request.auth, now=clock.now())  # type: ignore[attr-defined]
    return _all(request.auth)  # type: ignore[attr-defined]


@router.delete(
    "/notifications/subscriptions/{subscription_id}", openapi_extra=answers(Notifications, 401, 404)
)
def switch_off_other(request: HttpRequest, subscription_id: UUID) -> HttpResponse:
    """Let no more push messages come to another device of one's own."""
    actions.switch_off(request.auth, subscription_id=subscription_id, now=clock.now())  # type: ignore[attr-defined]
    return _all(request.auth)  # type: ignore[attr-defined]


@router.put(
    "/notifications/preference", openapi_extra={**body_of(Choice), **answers(Notifications, 400, 401, 422)}
)
def put_preference(request: HttpRequest) -> HttpResponse:
    """Say when messages of a group go by a channel: always, urgent, never."""
    told = read(request, Choice, limit=SMALL)
    actor = request.auth  # type: ignore[attr-defined]
    actions.choose(actor, choices={(told.group, told.channel): told.when}, now=clock.now())
    return _all(actor)


@router.put(
    "/notifications/address", openapi_extra={**body_of(Address), **answers(Notifications, 400, 401, 404)}
)
def put_address(request: HttpRequest) -> HttpResponse:
    """Say that an own address, which refused messages for good, works again."""
    told = read(request, Address, limit=SMALL)
    actor = request.auth  # type: ignore[attr-defined]
    try_again(actor, channel=told.channel, now=clock.now())
    return _all(actor)


@router.put("/notifications/quiet", openapi_extra={**body_of(Quiet), **answers(Notifications, 400, 401, 422)})
def put_quiet(request: HttpRequest) -> HttpResponse:
    """Say when one wants to hear nothing."""
    told = read(request, Quiet, limit=SMALL)
    actor = request.auth  # type: ignore[attr-defined]
    actions.set_quiet(actor, **msgspec.structs.asdict(told), now=clock.now())
    return _all(actor)


def _all(actor: Actor) -> HttpResponse:
    with tenant(actor.organization_id):
        person = Employee.objects.select_related("organization").get(pk=actor.person_id)
        choices = queries.choices_of(actor)
        return respond(
            {
                "push": _push(actor),
                "groups": [
                    {"code": code, "title": title, "choices": choices[code]}
                    for code, title in queries.used_groups()
                ],
                "channels": [(code, str(label)) for code, label in Preference.Channel.choices],
                "whens": [(code, str(label)) for code, label in Preference.When.choices],
                "reachable": queries.reachable(person),
                "refusing": sorted(suppressed_channels({"email": person.email, "sms": person.mobile})),
                "quiet": queries.quiet_of(person),
            }
        )


def _push(actor: Actor) -> dict[str, Any]:
    rows = list(queries.devices_of(actor.person_id))
    names = queries.device_names(rows)
    return {
        "is_available": is_available(),
        "is_agreed": Standing(actor.person_id).allows(PUSH),
        "key": keys.public_key() if is_available() else "",
        "devices": [_told(row, names[row.device_id], actor) for row in rows if row.device_id in names],
    }


def _told(row: Subscription, name: str, actor: Actor) -> dict[str, Any]:
    return {
        "id": row.pk,
        "name": name,
        "surface": row.surface,
        "created_at": row.created_at,
        "is_here": row.device_id == actor.device_id,
        "is_valid": row.disabled_at is None,
    }
