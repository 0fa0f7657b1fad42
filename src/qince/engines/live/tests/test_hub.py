"""Who is let in to the socket: a signed-in browser by its cookie, a phone by the token it says first; nobody else."""

import json

import pytest
from asgiref.sync import async_to_sync

from qince.core.accounts.models import Device
from qince.core.people.tests import factories as people
from qince.engines.live import hub
from qince.kit.tenancy import tenant
from tests.access.planting import person, phone_token

OURS = (b"origin", b"http://127.0.0.1:8000")


def visit(*messages, headers=(OURS,)):
    """What a visitor who says `messages` and leaves is sent, and whether it was told of topics meanwhile."""
    sent, todo = [], [{"type": "websocket.connect"}, *messages, {"type": "websocket.disconnect"}]
    members = []

    async def receive():
        members.append(sum(len(each) for each in hub._connected.values()))
        return todo.pop(0)

    async def send(event):
        sent.append(event["type"])

    async_to_sync(hub.socket)({"type": "websocket", "headers": headers}, receive, send)
    return sent, any(members)


def saying(**content):
    return {"type": "websocket.receive", "text": json.dumps(content)}


@pytest.fixture(autouse=True)
def one_connection(monkeypatch):
    """The test's own connection, in whose transaction everything happens, stays open."""
    monkeypatch.setattr(hub, "close_old_connections", lambda: None)


@pytest.fixture
def rep(organization):
    with tenant(organization):
        return person("王芳", roles=["rep"])


def test_a_phone_is_let_in_by_the_token_it_says_first(rep):
    assert visit(saying(token=phone_token(rep))) == (["websocket.accept"], True)
    assert not any(hub._connected.values())


@pytest.mark.parametrize(
    "message",
    [
        saying(token="x" * 43), saying(token=""), saying(token=7), saying(topic="visits"),
        {"type": "websocket.receive", "text": "not json"}, {"type": "websocket.receive", "bytes": b"\0"},
        {"type": "websocket.receive", "text": "[]"},
    ],
)  # fmt: skip
def test_whoever_says_anything_else_is_told_nothing(rep, message):
    assert visit(message) == (["websocket.accept", "websocket.close"], False)


def test_a_token_that_was_taken_back_opens_nothing(rep):
    token = phone_token(rep)
    Device.objects.filter(employee_id=rep.pk).update(revoked_at="2026-01-01T00:00Z")
    assert visit(saying(token=token))[1] is False


def test_a_console_is_let_in_by_its_cookie_and_from_its_own_pages_only(organization, rep):
    with tenant(organization):
        browser = people.browser(rep)
    cookie = (b"cookie", f"sessionid={browser.cookies['sessionid'].value}".encode())
    assert visit(headers=(OURS, cookie)) == (["websocket.accept"], True)
    assert visit(headers=((b"origin", b"https://evil.example"), cookie)) == (["websocket.close"], False)
