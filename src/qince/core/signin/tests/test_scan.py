"""Signing in by the phone app: expires, once, for the page that shows it, refused; then organization and password."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from qince.core.accounts import passwords, scanning
from qince.core.accounts.models import Device, OneTimeCode
from qince.core.accounts.tests.factories import last_code
from qince.core.audit.models import Entry
from qince.core.organizations.settings import Settings
from qince.core.people.models import Affiliation, Employee
from qince.core.people.tests import factories as people
from qince.core.privacy.tests.factories import agree
from qince.core.signin.tests.visitor import Visitor
from qince.kit import clock
from qince.kit.tenancy import tenant
from tests.access.planting import phone_token

pytestmark = pytest.mark.django_db
PAGE, STATE = "/sign-in/scan/", "/sign-in/scan/state/"
STRONG = "梧桐树下三只灰鹤lamp"


@pytest.fixture
def visitor():
    return Visitor()


@pytest.fixture
def phone(boss, organization):
    with tenant(organization):
        return answering(phone_token(boss))


def answering(token):
    client = Client(headers={"authorization": f"Bearer {token}", "accept-language": "en"})

    def ask(act, code, **more):
        path = f"/api/phone/v1/scans/{act}"
        return client.post(path, {"code": code, **more}, content_type="application/json")

    return ask


def shown(visitor, address=PAGE):
    """The code that the page shows, as it may be typed."""
    return re.search(r'class="signin-secret">([^<]+)<', visitor.get(address).text)[1]


def asks(visitor):
    """What the page does every two seconds."""
    token = visitor.cookies["csrftoken"].value
    return visitor.post(STATE, headers={"HX-Request": "true", "X-CSRFToken": token})


def over(answer):
    return answer.status_code == 200 and "This code is over" in answer.text


@pytest.mark.clause("C6.3-01")
def test_a_confirmed_code_signs_the_page_in_that_shows_it_once(visitor, phone, boss, organization):
    code = shown(visitor, f"{PAGE}?next=/account/")
    assert asks(visitor).status_code == 204
    told = phone("look", code).json()
    assert told["browser"] == "Chrome · Windows"
    assert phone("answer", code, confirms=True).status_code == 204
    other = Visitor()
    shown(other)
    assert asks(other).status_code == 204  # another page gets nothing of it
    gone_on = asks(visitor)
    assert gone_on["HX-Redirect"] == "/sign-in/organization/"
    assert visitor.follow(visitor.get(gone_on["HX-Redirect"])).url == "/account/"
    assert visitor.is_signed_in
    assert not other.is_signed_in
    assert OneTimeCode.objects.filter(used_at__isnull=False).count() == 1
    assert phone("look", code).json()["code"] == "scan_over"
    assert phone("answer", code, confirms=True).status_code == 404
    with tenant(organization):
        assert Entry.objects.filter(action="accounts.answer_scan", actor_id=boss.pk).count() == 1


@pytest.mark.clause("C6.3-01")
@pytest.mark.parametrize("confirmed_first", [False, True])
def test_after_two_minutes_it_opens_nothing(visitor, phone, confirmed_first):
    code = shown(visitor)
    if confirmed_first:
        phone("answer", code, confirms=True)
    OneTimeCode.objects.update(expires_at=clock.now() - timedelta(seconds=1))
    if not confirmed_first:
        assert phone("answer", code, confirms=True).status_code == 404
    assert over(asks(visitor))
    assert not visitor.is_signed_in
    assert timedelta(minutes=2) >= scanning.LIVES


@pytest.mark.clause("C6.3-01")
def test_used_twice_it_opens_nothing(visitor, phone):
    code = shown(visitor)
    phone("answer", code, confirms=True)
    held = visitor.session["scan"]
    assert "HX-Redirect" in asks(visitor)
    thief = Visitor()
    thief.get(PAGE)
    session = thief.session
    session["scan"] = held
    session.save()
    assert over(asks(thief))
    assert not thief.is_signed_in


def test_refused_on_the_phone_it_is_over_for_good(visitor, phone):
    code = shown(visitor)
    assert phone("answer", code, confirms=False).status_code == 204
    assert over(asks(visitor))
    assert phone("answer", code, confirms=True).status_code == 404
    assert not visitor.is_signed_in


@pytest.mark.clause("C6.3-01")
def test_a_member_of_two_organizations_chooses_and_no_third_can_be_chosen(visitor, phone, boss):
    second, foreign = people.organization("乙公司"), people.organization("丙公司")
    with tenant(second):
        again = people.employee("李雷", roles=["rep"])
        agree(again)
        Affiliation.objects.filter(employee_id=again.pk).update(account=boss.account)
        Employee.objects.filter(pk=again.pk).update(account=boss.account, mobile=boss.mobile)
    phone("answer", shown(visitor), confirms=True)
    page = visitor.get(asks(visitor)["HX-Redirect"])
    assert "乙公司" in page.text
    assert not visitor.is_signed_in
    for chosen, is_in in ((foreign, False), (second, True)):
        visitor.submit("/sign-in/organization/", organization=str(chosen.pk))
        assert visitor.is_signed_in is is_in
    device = Device.objects.get(kind="console")
    assert (device.organization_id, device.employee_id) == (second.pk, again.pk)


@pytest.mark.clause("C6.3-01")
def test_the_password_follows_where_the_organization_asks_for_it(visitor, phone, boss, organization):
    organization.settings = Settings(scan_needs_password=True).as_dict()
    organization.save()
    passwords.set_password(boss.account, STRONG, name="李雷")
    phone("answer", shown(visitor), confirms=True)
    page = visitor.follow(visitor.get(asks(visitor)["HX-Redirect"]))
    assert "Your password" in page.text
    assert not visitor.is_signed_in
    assert visitor.submit("/sign-in/scan/password/", password="wrong-password").status_code == 422
    assert not visitor.is_signed_in
    assert visitor.submit("/sign-in/scan/password/", password=STRONG).status_code == 302
    assert visitor.is_signed_in


def test_without_a_password_a_code_by_message_does(visitor, phone, boss, organization):
    organization.settings = Settings(scan_needs_password=True).as_dict()
    organization.save()
    phone("answer", shown(visitor), confirms=True)
    visitor.follow(visitor.get(asks(visitor)["HX-Redirect"]))
    assert visitor.submit("/sign-in/code/another/", page="/sign-in/scan/password/").url == "/sign-in/code/"
    visitor.enter_code(boss.mobile, last_code(boss.mobile))
    assert visitor.is_signed_in


def test_a_phone_signed_out_after_confirming_opens_nothing(visitor, phone):
    phone("answer", shown(visitor), confirms=True)
    Device.objects.update(revoked_at=clock.now())
    assert over(asks(visitor))


def test_guessing_and_showing_are_limited_and_nothing_but_digests_is_kept(visitor, phone):
    code = shown(visitor)
    kept = OneTimeCode.objects.get()
    assert code.replace(" ", "") not in str(vars(kept))
    answers = [phone("look", "A" * 10).status_code for _each in range(scanning.TRIES_OF_PHONE.most + 1)]
    assert answers == [404] * scanning.TRIES_OF_PHONE.most + [429]
    assert phone("look", code).status_code == 429
    pages = {visitor.get(PAGE).status_code for _each in range(scanning.SHOWN_OF_SOURCE.most + 1)}
    assert pages == {200, 429}


def test_a_stranger_is_told_nothing(visitor):
    assert visitor.post(STATE).status_code == 403  # no page, no token
    assert visitor.get("/sign-in/scan/password/").url == "/sign-in/"
    assert answering("nobody")("look", "A" * 10).status_code == 401
