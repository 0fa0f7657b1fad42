"""Who is let in to the socket: a signed-in browser by its cookie, a phone by the token it says first; nobody else, and
nobody for longer than they are signed in.
"""

import asyncio
import json

import pytest
from asgiref.sync import async_to_sync, sync_to_async
from django.db import OperationalError
from django.db.models import Q

from qince.core.accounts import devices
from qince.core.accounts.models import Account, Device
from qince.core.organizations.models import Organization
from qince.core.people.actions import leave, suspend_employee
from qince.core.people.models import Affiliation
from qince.core.people.tests import factories as people
from qince.engines.live import hub
from qince.kit import clock
from qince.kit.actor import system_actor
from qince.kit.ids import uuid7
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


# --- Told no more ---


class Socket:
    """A socket that stays open: what it was sent, until it is left."""

    def __init__(self, token):
        self.sent, self.todo = [], asyncio.Queue()
        self.todo.put_nowait({"type": "websocket.connect"})
        self.todo.put_nowait(saying(token=token))

    async def send(self, event):
        self.sent.append(event)
        if event["type"] == "websocket.close":
            self.leave()

    def leave(self):
        self.todo.put_nowait({"type": "websocket.disconnect"})

    async def run(self):
        await hub.socket({"type": "websocket", "headers": (OURS,)}, self.todo.get, self.send)

    @property
    def topics(self):
        return [
            json.loads(event["text"])["topic"] for event in self.sent if event["type"] == "websocket.send"
        ]

    @property
    def is_closed(self):
        return {"type": "websocket.close", "code": hub.POLICY_VIOLATION} in self.sent


def while_open(sockets, act):
    """`act` with the sockets open, which are left afterwards."""

    async def story():
        tasks = [asyncio.create_task(each.run()) for each in sockets]
        while sum(len(told) for told in hub._connected.values()) < len(sockets):
            await asyncio.sleep(0.01)
        await act()
        for each in sockets:
            each.leave()
        await asyncio.gather(*tasks)

    async_to_sync(story)()
    assert not hub._connected


def signed_out(rep):
    phone = Device.objects.get(employee_id=rep.pk)
    devices.unbind(Q(pk=phone.pk), now=clock.now())


def suspended(rep):
    suspend_employee(system_actor(rep.organization_id, "test"), rep, now=clock.now())


def gone(rep):
    leave(system_actor(rep.organization_id, "test"), rep, now=clock.now())


def account_closed(rep):
    Account.objects.filter(pk=rep.account_id).update(is_active=False)


def organization_closed(rep):
    Organization.objects.filter(pk=rep.organization_id).update(state=Organization.State.SUSPENDED)


def affiliation_ended(rep):
    Affiliation.objects.filter(employee_id=rep.pk).update(is_active=False)


@pytest.mark.parametrize(
    "end", [signed_out, suspended, gone, account_closed, organization_closed, affiliation_ended]
)
def test_an_open_socket_is_closed_once_its_person_may_hear_nothing_more(organization, rep, end):
    with tenant(organization):
        other = person("李强", roles=["rep"])
    own, colleagues = Socket(phone_token(rep)), Socket(phone_token(other))

    async def act():
        await hub.close_ended()
        assert not own.is_closed
        await sync_to_async(in_tenant)(organization, end, rep)
        await hub.close_ended()
        await hub._tell(str(organization.pk), "visits")

    while_open([own, colleagues], act)
    assert (own.is_closed, own.topics) == (True, [])
    if end is not organization_closed:
        assert (colleagues.is_closed, colleagues.topics) == (False, ["visits"])


def in_tenant(organization, end, rep):
    with tenant(organization):
        end(rep)


@pytest.mark.parametrize("end", [suspended, gone, account_closed, organization_closed, affiliation_ended])
def test_nor_is_it_let_in_again(organization, rep, end):
    token = phone_token(rep)
    with tenant(organization):
        end(rep)
        Device.objects.filter(employee_id=rep.pk).update(revoked_at=None, confirmed_at=clock.now())
    assert visit(saying(token=token)) == (["websocket.accept", "websocket.close"], False)


def test_a_socket_hears_nothing_of_another_organization(organization, rep):
    elsewhere = people.organization("另一家")
    with tenant(elsewhere):
        stranger = person("外人", roles=["rep"], mark="x")
    ours, theirs = Socket(phone_token(rep)), Socket(phone_token(stranger))

    async def act():
        await hub._tell(str(organization.pk), "visits")
        await hub._tell(str(elsewhere.pk), "leave")
        await hub._tell(str(uuid7()), "nobody")

    while_open([ours, theirs], act)
    assert (ours.topics, theirs.topics) == (["visits"], ["leave"])


def test_looking_costs_one_statement_for_all_sockets_and_none_without(
    organization, monkeypatch, django_assert_num_queries
):
    looked, look = [], hub.admitted
    monkeypatch.setattr(hub, "admitted", lambda devices: looked.append(len(devices)) or look(devices))
    async_to_sync(hub.close_ended)()
    with tenant(organization):
        sockets = [Socket(phone_token(person(f"代表{n}", roles=["rep"]))) for n in range(3)]
    while_open(sockets, hub.close_ended)
    assert looked == [3]
    assert not any(each.is_closed for each in sockets)
    devices = [str(key) for key in Device.objects.values_list("pk", flat=True)]
    with django_assert_num_queries(1):
        assert look(devices) == set(devices)


def test_a_database_that_does_not_answer_closes_nobody(rep, monkeypatch):
    own, looks = Socket(phone_token(rep)), []

    def fails(_devices):
        looks.append(1)
        raise OperationalError

    monkeypatch.setattr(hub, "LOOK_EVERY_S", 0.01)

    async def act():
        monkeypatch.setattr(hub, "admitted", fails)
        watching = asyncio.create_task(hub.watch())
        while len(looks) < 3:
            await asyncio.sleep(0.01)
        watching.cancel()

    while_open([own], act)
    assert not own.is_closed
