"""Signing in on the console: proofs, sessions, devices (S5, S6, S7)."""

from datetime import timedelta

import pyotp
import pytest
from django.utils import timezone

from qince.core.accounts import passwords, totp
from qince.core.accounts.models import Account, Device, OutboxMessage
from qince.core.accounts.tests.factories import last_code, other_than
from qince.core.audit.models import Entry
from qince.core.organizations.settings import Settings
from qince.core.people.models import Affiliation, Employee
from qince.core.people.tests import factories
from qince.core.privacy.tests.factories import agree
from qince.core.signin import actions
from qince.core.signin.tests.visitor import Visitor
from qince.kit.tenancy import tenant

pytestmark = pytest.mark.django_db
STRONG = "梧桐树下三只灰鹤lamp"


@pytest.fixture
def visitor():
    return Visitor()


def enrolled(account):
    secret, before = totp.new_secret(), timezone.now() - timedelta(minutes=5)
    recovery = totp.enroll(account, secret, pyotp.TOTP(secret).at(before), now=before)
    return secret, recovery


@pytest.mark.clause("C2.2.2-03")
def test_a_code_signs_in_and_leaves_a_trace(visitor, boss, organization):
    answer = visitor.sign_in(boss.mobile)
    assert (answer.status_code, answer.url) == (302, "/")
    device = Device.objects.get()
    assert (device.kind, device.name, device.account) == ("console", "Chrome · Windows", boss.account)
    with tenant(organization):
        assert Entry.objects.filter(action="accounts.sign_in", actor_id=boss.pk).count() == 1


def test_the_page_that_was_asked_for_follows_but_never_a_foreign_one(visitor, boss):
    for wanted, expected in (
        ("/account/", "/account/"),
        ("https://evil.example/", "/"),
        ("//evil.example", "/"),
    ):
        OutboxMessage.objects.all().delete()
        browser = Visitor()
        visitor.cookies.clear()
        from qince.core.accounts.models import Attempt

        Attempt.objects.all().delete()
        browser.submit("/sign-in/", mobile=boss.mobile, next=wanted)
        assert browser.enter_code(boss.mobile).url == expected


def test_the_first_sign_in_of_an_invited_person_makes_them_active(visitor, rep, organization):
    visitor.sign_in(rep.mobile)
    with tenant(organization):
        assert Employee.objects.get(pk=rep.pk).status == Employee.Status.ACTIVE


def test_the_session_identifier_changes_at_sign_in(visitor, boss):
    visitor.ask_for_code(boss.mobile)
    before = visitor.cookies["sessionid"].value
    visitor.enter_code(boss.mobile)
    assert visitor.cookies["sessionid"].value != before
    planted = Visitor()
    planted.cookies["sessionid"] = before
    assert not planted.is_signed_in


def test_a_session_is_worth_nothing_after_signing_out(visitor, boss):
    visitor.sign_in(boss.mobile)
    stolen = visitor.cookies["sessionid"].value
    assert visitor.is_signed_in
    visitor.submit("/sign-out/", page="/account/")
    thief = Visitor()
    thief.cookies["sessionid"] = stolen
    assert not thief.is_signed_in
    assert not visitor.is_signed_in


def test_remote_sign_out_holds_at_the_next_request(visitor, boss):
    other = Visitor()
    visitor.sign_in(boss.mobile)
    other.sign_in(boss.mobile)
    target = Device.objects.latest("created_at")
    answer = visitor.submit(f"/account/devices/{target.pk}/sign-out/", page="/account/")
    assert answer.status_code == 302
    assert not other.is_signed_in
    assert visitor.is_signed_in


@pytest.mark.parametrize("status", ["suspended", "left"])
def test_suspension_ends_a_session_at_the_next_request(visitor, boss, organization, status):
    visitor.sign_in(boss.mobile)
    with tenant(organization):
        Employee.objects.filter(pk=boss.pk).update(status=status)
    assert not visitor.is_signed_in


def test_five_wrong_codes_end_the_right_one(visitor, boss):
    visitor.ask_for_code(boss.mobile)
    code = last_code(boss.mobile)
    for _ in range(5):
        answer = visitor.submit("/sign-in/code/", code=other_than(code))
        assert answer.status_code == 422
    assert visitor.submit("/sign-in/code/", code=code).status_code == 422
    assert not visitor.is_signed_in


def test_known_and_unknown_numbers_see_the_same_pages(boss):
    pages = []
    for mobile in (boss.mobile, "+8613999999999"):
        visitor = Visitor()
        sent = visitor.ask_for_code(mobile)
        shown = visitor.get(sent.url).content.decode()
        wrong = visitor.submit("/sign-in/code/", code="99999x").content.decode()
        local = mobile.removeprefix("+86")
        token = visitor.cookies["csrftoken"].value
        pages.append(
            [_without_tokens(text).replace(local, "NUMBER").replace(token, "") for text in (shown, wrong)]
        )
    assert pages[0] == pages[1]
    assert OutboxMessage.objects.count() == 1


def _without_tokens(text):
    import re

    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", text)


def test_a_stranger_who_guesses_locks_nobody_out_of_a_known_browser(boss):
    home, stranger = Visitor(), Visitor(address="198.51.100.1")
    home.sign_in(boss.mobile)
    home.submit("/sign-out/", page="/account/")
    stranger.ask_for_code(boss.mobile)
    for _ in range(12):
        last = stranger.submit("/sign-in/code/", code="99999x")
    assert "Too many attempts" in last.content.decode()
    home.submit("/sign-in/", mobile=boss.mobile)
    assert home.enter_code(boss.mobile).url == "/"


@pytest.mark.clause("C2.2.2-04")
def test_a_password_on_a_new_browser_asks_for_a_code_and_on_a_known_one_does_not(boss):
    passwords.set_password(boss.account, STRONG, name=boss.name)
    new = Visitor()
    answer = new.submit("/sign-in/password/", mobile=boss.mobile, password=STRONG)
    assert answer.url == "/sign-in/code/"
    assert not new.is_signed_in
    assert new.enter_code(boss.mobile).url == "/"
    new.submit("/sign-out/", page="/account/")
    again = new.follow(new.submit("/sign-in/password/", mobile=boss.mobile, password=STRONG))
    assert again.url == "/"


def test_a_browser_signed_out_from_afar_is_no_longer_known(boss):
    passwords.set_password(boss.account, STRONG, name=boss.name)
    lost = Visitor()
    lost.sign_in(boss.mobile)
    with tenant(boss.organization):
        actor = factories.actor(boss)
    actions.sign_out_device(actor, device_id=Device.objects.get().pk, now=timezone.now())
    assert lost.submit("/sign-in/password/", mobile=boss.mobile, password=STRONG).url == "/sign-in/code/"


def test_a_wrong_password_says_nothing_about_the_number(boss):
    passwords.set_password(boss.account, STRONG, name=boss.name)
    answers = [
        Visitor().submit("/sign-in/password/", mobile=mobile, password="wrong-wrong")
        for mobile in (boss.mobile, "+8613999999999")
    ]
    assert all("The number or the password is wrong." in answer.content.decode() for answer in answers)


def test_an_enrolled_account_has_to_show_the_authenticator(visitor, boss):
    secret, _recovery = enrolled(boss.account)
    visitor.ask_for_code(boss.mobile)
    answer = visitor.submit("/sign-in/code/", code=last_code(boss.mobile))
    assert answer.url == "/sign-in/authenticator/"
    assert visitor.get("/sign-in/organization/").url == "/sign-in/authenticator/"
    assert visitor.submit("/sign-in/authenticator/", code="000000x").status_code == 422
    done = visitor.follow(visitor.submit("/sign-in/authenticator/", code=pyotp.TOTP(secret).now()))
    assert done.url == "/"


def test_a_recovery_code_stands_in_for_a_lost_authenticator(visitor, boss):
    _secret, recovery = enrolled(boss.account)
    visitor.ask_for_code(boss.mobile)
    visitor.submit("/sign-in/code/", code=last_code(boss.mobile))
    assert visitor.follow(visitor.submit("/sign-in/authenticator/", code=recovery[0])).url == "/"


@pytest.mark.clause("C5.2-04")
def test_administrators_set_up_an_authenticator_where_the_organization_asks(visitor, boss, rep, organization):
    organization.settings = Settings(administrators_need_totp=True).as_dict()
    organization.save()
    page = visitor.sign_in(boss.mobile)
    assert "Set up an authenticator app" in page.content.decode()
    assert not visitor.is_signed_in
    letters = page.context["secret_letters"].replace(" ", "")
    shown = visitor.submit("/sign-in/authenticator/new/", code=pyotp.TOTP(letters).now())
    assert len(shown.context["codes"]) == 10
    assert visitor.get("/sign-in/organization/").url == "/"
    assert visitor.is_signed_in
    assert Visitor().sign_in(rep.mobile).url == "/"


def test_who_works_in_two_organizations_chooses_and_changes(visitor, boss, organization):
    second = factories.organization(name="紫金商贸")
    with tenant(second):
        mine = factories.employee("李雷", roles=["rep"], mobile="+8613700000001")
        agree(mine)
        Affiliation.objects.filter(employee_id=mine.pk).update(account=boss.account)
        Employee.objects.filter(pk=mine.pk).update(account=boss.account, mobile=boss.mobile)
    page = visitor.sign_in(boss.mobile)
    assert [one.organization.name for one in page.context["memberships"]] == ["紫金商贸", organization.name]
    visitor.submit("/sign-in/organization/", organization=str(second.pk))
    assert visitor.session["organization"] == str(second.pk)
    before = visitor.session.session_key
    visitor.submit("/account/organization/", organization=str(organization.pk))
    assert visitor.session["organization"] == str(organization.pk)
    assert visitor.session.session_key != before
    assert visitor.is_signed_in
    assert Device.objects.filter(organization=second, revoked_at__isnull=True).count() == 0


def test_nobody_enters_an_organization_that_is_not_theirs(visitor, boss):
    visitor.sign_in(boss.mobile)
    other = factories.organization(name="别家")
    visitor.submit("/account/organization/", organization=str(other.pk))
    assert visitor.session["organization"] == str(boss.organization_id)


def test_who_left_is_told_only_after_the_right_code(visitor, boss, organization):
    with tenant(organization):
        Employee.objects.filter(pk=boss.pk).update(status="left")
    page = visitor.sign_in(boss.mobile)
    assert "not active in any organization" in page.content.decode()
    assert not visitor.is_signed_in


def test_every_form_refuses_a_post_without_a_csrf_token(visitor, boss):
    for address in ("/sign-in/", "/sign-in/password/", "/sign-in/code/", "/register/", "/sign-out/"):
        assert visitor.post(address, {"mobile": boss.mobile}).status_code == 403


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(visitor, boss):
    visitor.sign_in(boss.mobile)
    for name in ("sessionid", "browser"):
        cookie = visitor.cookies[name]
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"
    assert visitor.cookies["csrftoken"]["samesite"] == "Lax"


def test_pages_of_signing_in_are_not_cached(visitor):
    assert "no-store" in visitor.get("/sign-in/").headers["Cache-Control"]


@pytest.mark.clause("C6.1-04")
def test_a_changed_password_ends_other_sessions_but_not_this_one(boss):
    here, elsewhere = Visitor(), Visitor()
    here.sign_in(boss.mobile)
    elsewhere.sign_in(boss.mobile)
    answer = here.submit("/account/password/", new_password=STRONG)
    assert answer.status_code == 302, answer.content.decode()
    assert not elsewhere.is_signed_in
    assert here.is_signed_in
    assert Account.objects.get(pk=boss.account_id).check_password(STRONG)
    wrong = here.submit("/account/password/", current_password="guess-guess", new_password=STRONG + "2")
    assert "The current password is wrong." in wrong.content.decode()


@pytest.mark.clause("C5.5-01")
def test_a_weak_password_is_refused_with_advice(visitor, boss):
    visitor.sign_in(boss.mobile)
    answer = visitor.submit("/account/password/", new_password="password1234")
    assert "common word" in answer.content.decode()


def test_the_authenticator_is_set_up_and_removed_on_the_account_page(visitor, boss):
    visitor.sign_in(boss.mobile)
    letters = visitor.get("/account/authenticator/").context["secret_letters"].replace(" ", "")
    shown = visitor.submit("/account/authenticator/", code=pyotp.TOTP(letters).now())
    recovery = shown.context["codes"]
    assert Account.objects.get(pk=boss.account_id).has_totp
    assert visitor.submit("/account/authenticator/removal/", code="000000x").status_code == 422
    visitor.submit("/account/authenticator/removal/", code=recovery[0])
    assert not Account.objects.get(pk=boss.account_id).has_totp
