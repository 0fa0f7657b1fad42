"""The socket server: one LISTEN connection per process, fan-out to the browsers connected here."""

import asyncio
import json
import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable
from http.cookies import SimpleCookie
from importlib import import_module
from typing import Any
from urllib.parse import urlsplit

import psycopg
from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import close_old_connections, connection
from django.http.request import validate_host

from qince.core.accounts.keys import token_digest
from qince.core.accounts.models import Device
from qince.engines.live.topics import CHANNEL

log = logging.getLogger(__name__)
Send = Callable[[dict[str, Any]], Awaitable[None]]
POLICY_VIOLATION = 1008
FIRST_WORD_S = 10.0

_connected: dict[str, set[Send]] = defaultdict(set)


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
    organization = await sync_to_async(_organization)(dict(scope["headers"]))
    await send({"type": "websocket.accept"})
    organization = organization or await sync_to_async(_organization_of_phone)(await _token(receive))
    if organization is None:
        await send({"type": "websocket.close", "code": POLICY_VIOLATION})
        return
    _connected[organization].add(send)
    try:
        while (await receive())["type"] != "websocket.disconnect":
            pass
    finally:
        _connected[organization].discard(send)


async def _token(receive: Any) -> str:
    """What a phone says who it is with: its first message, within a moment. Anything else is no token."""
    try:
        message = await asyncio.wait_for(receive(), FIRST_WORD_S)
        said = json.loads(message.get("text") or "{}")
    except (TimeoutError, ValueError):
        return ""
    token = said.get("token") if isinstance(said, dict) else ""
    return token if isinstance(token, str) else ""


def _organization_of_phone(token: str) -> str | None:
    close_old_connections()
    rows = Device.objects.filter(
        token_digest=token_digest(token),
        kind=Device.Kind.PHONE,
        revoked_at__isnull=True,
        confirmed_at__isnull=False,
    )
    found = rows.values_list("organization_id", flat=True).first() if token else None
    return str(found) if found else None


def _same_site(scope: dict[str, Any]) -> bool:
    """Another site's page must not open our sockets with the visitor's cookie."""
    origin = dict(scope["headers"]).get(b"origin", b"").decode("latin-1")
    return validate_host(urlsplit(origin).hostname or "", settings.ALLOWED_HOSTS)


def _organization(headers: dict[bytes, bytes]) -> str | None:
    close_old_connections()
    cookie = SimpleCookie(headers.get(b"cookie", b"").decode("latin-1")).get(settings.SESSION_COOKIE_NAME)
    if cookie is None:
        return None
    session = import_module(settings.SESSION_ENGINE).SessionStore(cookie.value)
    device = session.get("device")
    if not device or not Device.objects.filter(pk=device, revoked_at__isnull=True).exists():
        return None
    found: str | None = session.get("organization")
    return found


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
    for send in list(_connected[organization]):
        try:
            await send({"type": "websocket.send", "text": text})
        except Exception:  # the browser left between two messages
            _connected[organization].discard(send)
