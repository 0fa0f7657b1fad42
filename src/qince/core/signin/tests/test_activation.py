"""Phone activation as a phone sees it: over HTTP, through the router."""

from uuid import uuid4

import pyotp
import pytest
from django.test import Client
from django.urls import include, path
from django.utils import timezone
from ninja import NinjaAPI

from qince.core.accounts import limits, totp
from qince.core.accounts.models import Device, OutboxMessage
from qince.core.accounts.tests.factories import last_code, other_than
from qince.core.audit.models import Entry
from qince.core.organizations.settings import Settings
from qince.core.people.models import Employee
from qince.core.people.tests import factories
from qince.core.signin import actions, api
from qince.core.signin.queries import phone_actor
from qince.kit.errors import Refusal
from qince.kit.tenancy import tenant

server = NinjaAPI(urls_namespace="signin-tests")
server.add_router("", api.router)


@server.exception_handler(Refusal)
def refused(request, refusal):
    return server.create_response(request, refusal.as_dict(), status=refusal.status)


# Letters about a new device lead to the person's own requests.
urlpatterns = [path("api/phone/v1/", server.urls), path("", include("qince.core.rights.urls"))]
pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]
ROOT = "/api/phone/v1"


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch):
    monkeypatch.setattr(limits, "EVEN_S", 0)


@pytest.fixture
def phone():
    return Client(enforce_csrf_checks=True, headers={"Qince-App": "1.0.0", "Accept-Language": "en"})


@pytest.fixture
def rep(organization):
    with tenant(organization):
        return factories.employee(roles=["rep"], status="invited")


def post(phone, address, body, token=None):
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return phone.post(ROOT + address, body, content_type="application/json", headers=headers)


def ticket_for(phone, mobile):
    limits.Attempt.objects.all().delete()
    assert post(phone, "/activation/code", {"mobile": mobile}).status_code == 202
    answer = post(phone, "/activation/verify", {"mobile": mobile, "code": last_code(mobile)})
    assert answer.status_code == 200, answer.json()
    return answer.json()


def complete(phone, ticket, organization, device=None, **more):
    body = {"ticket": ticket, "organization": str(organization.pk), "device": device or new_device(), **more}
    return post(phone, "/activation/complete", body)


def new_device():
    return {"id": str(uuid4()), "name": "Wang Fang's phone", "platform": "Android 15"}


def activate(phone, rep, device=None):
    ticket = ticket_for(phone, rep.mobile)["ticket"]
    return complete(phone, ticket, rep.organization, device).json()


def signed_in(token):
    return phone_actor(token, "1.0.0", "en") is not None


def get(phone, address, token):
    return phone.get(ROOT + address, headers={"Authorization": f"Bearer {token}"})


def test_an_invited_employee_activates_and_becomes_active(phone, rep, organization):
    verified = ticket_for(phone, rep.mobile)
    assert verified["organizations"] == [{"id": str(organization.pk), "name": organization.name}]
    answer = complete(phone, verified["ticket"], organization).json()
    assert answer["token"].startswith("qd_")
    assert answer["confirmed"] is True
    assert answer["agreed"] is False
    assert answer["me"] == {"id": str(rep.pk), "name": rep.name}
    with tenant(organization):
        assert Employee.objects.get(pk=rep.pk).status == Employee.Status.ACTIVE
        assert {"accounts.activate_phone", "people.activate"} <= set(
            Entry.objects.values_list("action", flat=True)
        )


def test_the_token_names_its_person_and_is_kept_as_a_digest(phone, rep, organization):
    token = activate(phone, rep)["token"]
    actor = phone_actor(token, "1.0.0", "en")
    assert (actor.organization_id, actor.employee_id, actor.account_id) == (
        organization.pk,
        rep.pk,
        rep.account_id,
    )
    assert token not in str(list(Device.objects.values()))


def test_the_token_is_checked_with_one_query(phone, rep, django_assert_num_queries):
    token = activate(phone, rep)["token"]
    with django_assert_num_queries(1):
        phone_actor(token, "1.0.0", "en")


def test_known_and_unknown_numbers_get_the_same_answer(phone, rep):
    known = post(phone, "/activation/code", {"mobile": rep.mobile})
    unknown = post(phone, "/activation/code", {"mobile": "+8613999999999"})
    assert (known.status_code, known.content) == (unknown.status_code, unknown.content)
    assert [message.mobile for message in OutboxMessage.objects.all()] == [rep.mobile]
    known, unknown = (
        post(phone, "/activation/verify", {"mobile": mobile, "code": "12345x"})
        for mobile in (rep.mobile, "+8613999999999")
    )
    assert (known.status_code, known.content) == (unknown.status_code, unknown.content)


def test_answers_take_an_even_time(phone, rep, monkeypatch):
    import time

    monkeypatch.setattr(limits, "EVEN_S", 0.1)
    for mobile in (rep.mobile, "+8613999999999"):
        started = time.monotonic()
        post(phone, "/activation/code", {"mobile": mobile})
        assert time.monotonic() - started >= 0.1


@pytest.mark.clause("C2.1.1-05")
def test_five_wrong_codes_end_the_right_one_too(phone, rep):
    post(phone, "/activation/code", {"mobile": rep.mobile})
    code = last_code(rep.mobile)
    for _ in range(5):
        answer = post(phone, "/activation/verify", {"mobile": rep.mobile, "code": other_than(code)})
        assert answer.json()["code"] == "wrong_code"
    assert post(phone, "/activation/verify", {"mobile": rep.mobile, "code": code}).status_code == 422


@pytest.mark.parametrize("status", ["suspended", "left"])
def test_who_left_learns_it_only_with_the_right_code(phone, rep, organization, status):
    with tenant(organization):
        Employee.objects.filter(pk=rep.pk).update(status=status)
    post(phone, "/activation/code", {"mobile": rep.mobile})
    code = last_code(rep.mobile)
    wrong = post(phone, "/activation/verify", {"mobile": rep.mobile, "code": other_than(code)})
    assert wrong.json()["code"] == "wrong_code"
    right = post(phone, "/activation/verify", {"mobile": rep.mobile, "code": code})
    assert (right.status_code, right.json()["code"]) == (403, "not_active")


def test_a_repeat_after_a_lost_answer_gets_a_new_token_and_ends_the_old(phone, rep, organization):
    ticket, device = ticket_for(phone, rep.mobile)["ticket"], new_device()
    first = complete(phone, ticket, organization, device).json()["token"]
    second = complete(phone, ticket, organization, device).json()["token"]
    assert (signed_in(first), signed_in(second)) == (False, True)
    assert Device.objects.count() == 1


def test_a_ticket_serves_one_phone_only(phone, rep, organization):
    ticket = ticket_for(phone, rep.mobile)["ticket"]
    complete(phone, ticket, organization)
    stolen = complete(phone, ticket, organization)
    assert (stolen.status_code, stolen.json()["code"]) == (422, "ticket_invalid")


def test_a_ticket_expires_and_cannot_be_made_up(phone, rep, organization, monkeypatch):
    ticket = ticket_for(phone, rep.mobile)["ticket"]
    assert complete(phone, ticket + "x", organization).json()["code"] == "ticket_invalid"
    monkeypatch.setattr("qince.core.signin.activation.TICKET_LIVES", -timezone.timedelta(seconds=1))
    assert complete(phone, ticket, organization).json()["code"] == "ticket_invalid"


def test_a_ticket_opens_no_other_organization(phone, rep):
    other = factories.organization(name="别家")
    assert complete(phone, ticket_for(phone, rep.mobile)["ticket"], other).status_code == 404


def test_an_enrolled_account_has_to_show_its_authenticator(phone, rep, organization):
    secret, now = totp.new_secret(), timezone.now()
    recovery = totp.enroll(rep.account, secret, pyotp.TOTP(secret).at(now), now=now)
    verified = ticket_for(phone, rep.mobile)
    assert verified["authenticator"] is True
    without = complete(phone, verified["ticket"], organization)
    assert without.json()["code"] == "authenticator_required"
    wrong = complete(phone, verified["ticket"], organization, authenticator="000000x")
    assert wrong.json()["code"] == "wrong_code"
    assert complete(phone, verified["ticket"], organization, authenticator=recovery[0]).json()["token"]


@pytest.fixture
def confirming(organization):
    organization.settings = Settings(confirm_new_devices=True).as_dict()
    organization.save()
    return organization


@pytest.mark.clause("C2.2.2-04")
def test_a_second_phone_waits_until_the_first_confirms_it(phone, rep, confirming):
    first = activate(phone, rep)["token"]
    device = new_device()
    waiting = activate(phone, rep, device)
    assert (waiting["confirmed"], waiting["token"]) == (False, None)
    listed = get(phone, "/devices", first).json()["devices"]
    new = next(one for one in listed if not one["confirmed"])
    assert post(phone, f"/devices/{new['id']}/confirmation", {}, first).status_code == 204
    assert signed_in(activate(phone, rep, device)["token"])


@pytest.mark.clause("C2.2.2-04")
def test_an_administrator_confirms_a_second_phone(phone, rep, confirming):
    activate(phone, rep)
    device = new_device()
    activate(phone, rep, device)
    with tenant(confirming):
        boss = factories.actor(factories.employee("李雷", roles=["administrator"]))
        mate = factories.actor(factories.employee("韩梅", roles=["rep"]))
    waiting = Device.objects.get(app_device_id=device["id"])
    with pytest.raises(Refusal):
        actions.confirm_device(mate, device_id=waiting.pk, now=timezone.now())
    actions.confirm_device(boss, device_id=waiting.pk, now=timezone.now())
    assert signed_in(activate(phone, rep, device)["token"])


def test_devices_are_listed_and_signed_out_from_afar(phone, rep):
    first, second = activate(phone, rep)["token"], activate(phone, rep)["token"]
    listed = get(phone, "/devices", first).json()["devices"]
    other = next(one for one in listed if not one["current"])
    assert len(listed) == 2
    answer = phone.delete(f"{ROOT}/devices/{other['id']}", headers={"Authorization": f"Bearer {first}"})
    assert answer.status_code == 204
    refused = get(phone, "/devices", second)
    assert (refused.status_code, refused.json()["code"]) == (401, "signed_out")


def test_another_persons_device_is_not_found(phone, rep, organization):
    with tenant(organization):
        mate = factories.employee("韩梅", roles=["rep"])
    token, theirs = activate(phone, rep)["token"], activate(phone, mate)["token"]
    target = Device.objects.get(account=mate.account)
    answer = phone.delete(f"{ROOT}/devices/{target.pk}", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 404
    assert signed_in(theirs)


def test_signing_out_ends_this_phones_token(phone, rep):
    token = activate(phone, rep)["token"]
    assert phone.delete(f"{ROOT}/session", headers={"Authorization": f"Bearer {token}"}).status_code == 204
    assert not signed_in(token)


@pytest.mark.parametrize(
    "break_it",
    [
        lambda rep: rep.account.affiliations.update(is_active=False),
        lambda rep: type(rep.account).objects.filter(pk=rep.account_id).update(is_active=False),
        lambda rep: type(rep.organization).objects.filter(pk=rep.organization_id).update(state="suspended"),
        lambda rep: Device.objects.update(confirmed_at=None),
    ],
    ids=["affiliation ended", "account closed", "organization suspended", "device unbound"],
)
def test_a_token_ends_with_what_it_rests_on(phone, rep, break_it):
    token = activate(phone, rep)["token"]
    break_it(rep)
    assert not signed_in(token)


def test_the_sixth_phone_takes_the_place_of_the_least_recently_seen(phone, rep):
    tokens = [activate(phone, rep)["token"] for _ in range(6)]
    assert [signed_in(token) for token in tokens] == [False] + [True] * 5


@pytest.mark.clause("C2.1.1-01")
def test_no_endpoint_creates_a_person(phone, db):
    """The public addresses are these four; none makes an account from an unknown number."""
    from qince.core.accounts.models import Account

    public = [
        address
        for address, view in api.router.path_operations.items()
        for operation in view.operations
        if not operation.auth_callbacks and operation.auth_param is None
    ]
    assert sorted(public) == [
        "/activation/cancel",
        "/activation/code",
        "/activation/complete",
        "/activation/verify",
    ]
    post(phone, "/activation/code", {"mobile": "+8613999999999"})
    assert Account.objects.count() == 0
