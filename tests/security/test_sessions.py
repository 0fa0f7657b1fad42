"""S6, beyond what `core.signin` tests of its own: what ends a session or a token ends it on every address."""

import pytest
from django.test import Client
from django.utils import timezone

from qince.core.access import entering
from qince.core.accounts.models import Account, Device
from qince.core.organizations.models import Organization
from qince.core.people.models import Affiliation, Employee
from qince.core.people.tests import factories as people
from qince.kit.tenancy import tenant
from tests.access.conftest import standing_world, world  # noqa: F401
from tests.access.operations import api_operations
from tests.access.planting import phone_token
from tests.access.public import PUBLIC, PUBLIC_OPERATIONS
from tests.access.routes import console_routes, is_understood
from tests.access.test_phone_isolation import names_of, send

ENDINGS = {
    "revoked from afar": lambda who: Device.objects.filter(employee_id=who.pk).update(
        revoked_at=timezone.now()
    ),
    "suspended": lambda who: _status(who, "suspended"),
    "left": lambda who: _status(who, "left"),
    "organization closed": lambda who: Organization.objects.filter(pk=who.organization_id).update(
        state="closed"
    ),
}
PHONE_ENDINGS = ENDINGS | {
    "account closed": lambda who: Account.objects.filter(pk=who.account_id).update(is_active=False),
    "not confirmed": lambda who: Device.objects.filter(employee_id=who.pk).update(confirmed_at=None),
    "affiliation ended": lambda who: Affiliation.objects.filter(employee_id=who.pk).update(is_active=False),
}


def _status(who, status):
    with tenant(who.organization_id):
        Employee.objects.filter(pk=who.pk).update(status=status)
    Affiliation.objects.filter(employee_id=who.pk).update(is_active=False)


def browser(who):
    with tenant(who.organization_id):
        client = people.browser(who)
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize("ending", ENDINGS)
def test_an_ended_session_opens_no_page(world, ending):  # noqa: F811
    who = world.staff["administrator"]
    client = browser(who)
    assert client.get("/employees/").status_code == 200
    ENDINGS[ending](who)
    session = dict(client.cookies)
    opened = []
    for route in console_routes():
        if is_understood(route) and route.name not in PUBLIC:
            for path in route.addresses(world.own.ids_for(route)):
                client.cookies.update(session)  # a thief keeps the cookie, whatever the answer says
                if client.get(path).status_code not in (302, 401, 403, 405):
                    opened.append(path)
    assert not opened


@pytest.mark.parametrize(
    ("ending", "guard"),
    [("suspended", "AND e.status = 'active'"), ("revoked from afar", "AND d.revoked_at IS NULL")],
)
def test_planted_fault_without_its_guard_an_ended_session_opens_pages(world, ending, guard, monkeypatch):  # noqa: F811
    client = browser(world.staff["administrator"])
    assert guard in entering._PERSON
    monkeypatch.setattr(entering, "_PERSON", entering._PERSON.replace(guard, ""))
    ENDINGS[ending](world.staff["administrator"])
    assert client.get("/employees/").status_code == 200


@pytest.mark.parametrize("ending", PHONE_ENDINGS)
def test_an_ended_token_is_refused_by_every_operation(world, ending):  # noqa: F811
    who = world.staff["rep"]
    token = phone_token(who)
    assert (
        Client(headers={"Authorization": f"Bearer {token}"}).get("/api/phone/v1/devices").status_code == 200
    )
    PHONE_ENDINGS[ending](who)
    names = names_of(world.own, world.own.rows["files.Blob"])
    answers = {
        operation.id: {send(request, token).status_code for request in operation.requests(names)}
        for operation in api_operations()
        if operation.id not in PUBLIC_OPERATIONS
    }
    assert len(answers) >= 8
    assert {key: codes for key, codes in answers.items() if not codes <= {401, 403}} == {}


@pytest.mark.parametrize(
    "token", ["", "qd_", "x" * 43, "qd_" + "é" * 20, "null", "Bearer x", "' OR 1=1 --", "\t"]
)
def test_made_up_tokens_open_nothing(db, token):
    client = Client(headers={"Authorization": f"Bearer {token}"}, raise_request_exception=False)
    assert client.get("/api/phone/v1/pull").status_code == 401


def test_a_session_is_no_token_and_a_token_no_session(world):  # noqa: F811
    who = world.staff["rep"]
    assert browser(who).get("/api/phone/v1/pull").status_code == 401
    phone = Client(headers={"Authorization": f"Bearer {phone_token(who)}"})
    assert phone.get("/employees/").status_code == 302


def test_signing_out_ends_the_session_on_the_server(world):  # noqa: F811
    client = browser(world.staff["administrator"])
    cookies = dict(client.cookies)
    client.post("/sign-out/")
    client.cookies.update(cookies)
    assert client.get("/employees/").status_code == 302


def test_a_right_withdrawn_is_gone_at_the_next_request(world):  # noqa: F811
    who = world.staff["auditor"]
    client = browser(who)
    assert client.get("/employees/").status_code == 200
    with tenant(world.home):
        who.grants.all().delete()
    assert client.get("/employees/").status_code == 403
