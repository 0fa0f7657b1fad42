"""The socket server: one LISTEN connection per process, fan-out to the browsers connected here."""

import asyncio
import json
import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable
from contextlib import suppress
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlsplit

import psycopg
from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import Error, close_old_connections, connection
from django.http.request import validate_host

from qince.engines.live.admission import admitted, device_of_session, device_of_token
from qince.engines.live.topics import CHANNEL

log = logging.getLogger(__name__)
Send = Callable[[dict[str, Any]], Awaitable[None]]
POLICY_VIOLATION = 1008
FIRST_WORD_S = 10.0
LOOK_EVERY_S = (
    2.0  # whoever is signed out, suspended or gone is told nothing more within this time (S6: five seconds)
)

_connected: dict[str, dict[Send, str]] = defaultdict(dict)  # by organization: who is told, and their device


async def socket(scope: dict[str, Any], receive: Any, send: Send) -> None:
    """One browser: let in by its session cookie, or by the token that a phone sends first; told topics of its
    organization until it leaves.
    """
    if scope["type"] != "websocket":
        return
    await receive()
    if not _same_site(scope):
        await send({"type": "websocket.close", "code": POLICY_VIOLATION})
        return
    device = await sync_to_async(_of_session)(_session_key(scope))
    await send({"type": "websocket.accept"})
    device = device or await sync_to_async(_of_token)(await _token(receive))
    if device is None:
        await send({"type": "websocket.close", "code": POLICY_VIOLATION})
        return
    organization, device_id = device
    _connected[organization][send] = device_id
    try:
        while (await receive())["type"] != "websocket.disconnect":
            pass
    finally:
        _leave(organization, send)


def _leave(organization: str, send: Send) -> None:
    told = _connected[organization]
    told.pop(send, None)
    if not told:
        del _connected[organization]


async def _token(receive: Any) -> str:
    """What a phone says who it is with: its first message, within a moment. Anything else is no token."""
    try:
        message = await asyncio.wait_for(receive(), FIRST_WORD_S)
        said = json.loads(message.get("text") or "{}")
    except (TimeoutError, ValueError):
        return ""
    token = said.get("token") if isinstance(said, dict) else ""
    return token if isinstance(token, str) else ""


def _of_session(key: str) -> tuple[str, str] | None:
    close_old_connections()
    return device_of_session(key)


def _of_token(token: str) -> tuple[str, str] | None:
    close_old_connections()
    return device_of_token(token)


def _same_site(scope: dict[str, Any]) -> bool:
    """Another site's page must not open our sockets with the visitor's cookie."""
    origin = dict(scope["headers"]).get(b"origin", b"").decode("latin-1")
    return validate_host(urlsplit(origin).hostname or "", settings.ALLOWED_HOSTS)


def _session_key(scope: dict[str, Any]) -> str:
    header = dict(scope["headers"]).get(b"cookie", b"").decode("latin-1")
    cookie = SimpleCookie(header).get(settings.SESSION_COOKIE_NAME)
    return cookie.value if cookie else ""


async def watch() -> None:
    """Close, for ever, the sockets of those who may hear nothing more."""
    while True:
        await asyncio.sleep(LOOK_EVERY_S)
        try:
            await close_ended()
        except (Error, psycopg.Error) as error:
            log.warning("live: who is still signed in cannot be read (%s)", type(error).__name__)


async def close_ended() -> None:
    """Look once, in one statement, at the devices of all sockets."""
    everyone = [(name, *each) for name, told in _connected.items() for each in told.items()]
    if not everyone:
        return
    still = await sync_to_async(_still_admitted)({device for _organization, _send, device in everyone})
    for organization, send, device in everyone:
        if device not in still and send in _connected.get(organization, ()):
            _leave(organization, send)
            with suppress(Exception):  # the browser left at this very moment
                await send({"type": "websocket.close", "code": POLICY_VIOLATION})


def _still_admitted(devices: set[str]) -> set[str]:
    close_old_connections()
    return admitted(devices)


async def listen() -> None:
    """Hear the database for ever; a lost connection is opened again."""
    while True:
        try:
            await _listen_once()
        except (psycopg.Error, OSError) as error:
            log.warning("live: connection lost (%s), trying again", type(error).__name__)
            await asyncio.sleep(2)


async def _listen_once() -> None:
    parameters = connection.get_connection_params()
    wanted = ("dbname", "user", "password", "host", "port")
    async with await psycopg.AsyncConnection.connect(
        **{name: parameters[name] for name in wanted if parameters.get(name)}, autocommit=True
    ) as database:
        await database.execute(f"LISTEN {CHANNEL}")
        async for message in database.notifies():
            organization, topic = json.loads(message.payload)
            await _tell(organization, topic)


async def _tell(organization: str, topic: str) -> None:
    text = json.dumps({"topic": topic})
    for send in list(_connected.get(organization, ())):
        try:
            await send({"type": "websocket.send", "text": text})
        except Exception:  # the browser left between two messages
            _leave(organization, send)
