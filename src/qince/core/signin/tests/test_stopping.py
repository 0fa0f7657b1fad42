"""Stopping half-way: nothing of the person stays but the administrator's own entry, which shows it (C1.2-02)."""

from uuid import uuid4

import pytest
from django.test import Client

from qince.core.accounts.models import Account, Attempt, Device, OneTimeCode, OutboxMessage
from qince.core.accounts.tests.factories import last_code
from qince.core.erasure import subjects
from qince.core.erasure.plan import plan_for
from qince.core.organizations.models import Organization
from qince.core.people.models import Employee
from qince.core.people.tests import factories
from qince.core.privacy.tests.factories import agree
from qince.core.signin.tests.test_registration import FILLED, MOBILE
from qince.core.signin.tests.visitor import Visitor
from qince.kit.tenancy import tenant

pytestmark = pytest.mark.django_db
API = "/api/phone/v1"


@pytest.fixture
def imported(organization):
    """Entered by the administrator, never signed in."""
    with tenant(organization):
        return factories.employee("王芳", roles=["rep"], status="invited")


@pytest.fixture
def phone():
    client = Client(headers={"Accept-Language": "en"})

    def ask(method, path, body=None, token=""):
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return getattr(client, method)(API + path, body, content_type="application/json", headers=headers)

    return ask


def ticket_of(phone, mobile):
    Attempt.objects.all().delete()
    phone("post", "/activation/code", {"mobile": mobile})
    return phone("post", "/activation/verify", {"mobile": mobile, "code": last_code(mobile)}).json()["ticket"]


def activated(phone, person):
    """(ticket, the phone's own id, token), with nothing agreed to yet."""
    ticket, key = ticket_of(phone, person.mobile), str(uuid4())
    device = {"id": key, "name": "iPhone", "platform": "web"}
    body = {"ticket": ticket, "organization": str(person.organization_id), "device": device}
    return ticket, key, phone("post", "/activation/complete", body).json()["token"]


def rows(person):
    """How many rows lead to the person, by the walk of erasure; the trail keeps its term by law."""
    with tenant(person.organization):
        found = plan_for(subjects.of_employee(Employee.objects.get(pk=person.pk))).counts
    return {step: count for step, count in found.items() if count and not step.startswith("audit.")}


@pytest.mark.clause("C1.2-02")
def test_a_cancelled_activation_leaves_only_the_import_and_flags_it(phone, imported, boss, organization):
    before = rows(imported)
    ticket, key, token = activated(phone, imported)
    assert rows(imported) != before
    assert phone("post", "/activation/cancel", {"ticket": ticket, "device_id": key}).status_code == 204
    assert rows(imported) == before
    assert not OneTimeCode.objects.exists()
    assert not OutboxMessage.objects.exists()
    assert phone("get", "/devices", token=token).status_code == 401
    with tenant(organization):
        person = Employee.objects.get(pk=imported.pk)
        assert (person.status, person.name, person.mobile) == ("invited", imported.name, imported.mobile)
        assert person.activation_stopped_at is not None
        factories.employee("赵六")
        browser = factories.browser(boss)
        assert "Stopped activating" in browser.get(f"/employees/{person.pk}/").text
        listed = browser.get("/employees/?stopped=1").text
        assert "王芳" in listed
        assert "赵六" not in listed


def test_starting_again_later_takes_the_flag_away(phone, imported, organization):
    ticket, key, _token = activated(phone, imported)
    phone("post", "/activation/cancel", {"ticket": ticket, "device_id": key})
    activated(phone, imported)
    with tenant(organization):
        person = Employee.objects.get(pk=imported.pk)
    assert (person.status, person.activation_stopped_at) == ("active", None)


def test_whoever_has_agreed_stays_a_member_with_their_phones(phone, boss, organization):
    ticket, key, token = activated(phone, boss)
    with tenant(organization):
        agree(boss)
    phone("post", "/activation/cancel", {"ticket": ticket, "device_id": key})
    assert phone("get", "/devices", token=token).status_code == 200
    with tenant(organization):
        assert Employee.objects.get(pk=boss.pk).activation_stopped_at is None


def test_without_the_ticket_nobody_stops_for_another(phone, imported, organization):
    _ticket, key, token = activated(phone, imported)
    for ticket in ("", "x", "a:b:c"):
        assert phone("post", "/activation/cancel", {"ticket": ticket, "device_id": key}).status_code == 422
    assert phone("get", "/devices", token=token).status_code == 200


@pytest.mark.clause("C1.2-02")
def test_stopping_at_the_console_before_the_code_leaves_nothing(imported):
    visitor, before = Visitor(), rows(imported)
    visitor.ask_for_code(imported.mobile)
    assert OneTimeCode.objects.exists()
    assert visitor.submit("/sign-in/stop/", page="/sign-in/code/").url == "/sign-in/"
    assert not OneTimeCode.objects.exists()
    assert not OutboxMessage.objects.exists()
    assert rows(imported) == before
    assert visitor.get("/sign-in/code/").url == "/sign-in/"


@pytest.mark.clause("C1.2-02")
def test_stopping_a_registration_leaves_no_number_and_no_organization():
    visitor = Visitor()
    visitor.submit("/register/", **FILLED)
    assert OneTimeCode.objects.exists()
    assert visitor.submit("/register/stop/", page="/register/code/").url == "/sign-in/"
    assert not OneTimeCode.objects.exists()
    assert not OutboxMessage.objects.exists()
    assert not Account.objects.filter(mobile=MOBILE).exists()
    assert not Organization.objects.filter(name=FILLED["name"]).exists()
    assert not Device.objects.exists()
    assert visitor.get("/register/code/").url == "/register/"
