"""The console: nothing opens before the notice is agreed to, and consents are taken back where they were given."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from qince.core.accounts.models import Device
from qince.core.people.tests import factories as people
from qince.core.privacy import notice
from qince.core.privacy.gate import BASIC, CAPACITY, LOCATION, TERMS, Standing
from qince.core.privacy.models import ConsentEntry
from qince.core.privacy.registry import Kind, declared
from qince.core.privacy.tests.factories import agree, decide, enter
from qince.kit.tenancy import tenant

pytestmark = pytest.mark.django_db
AGREEMENT = "/notice/agreement/"
TICKED = dict.fromkeys(("privacy", "terms", "capable"), "on")


@pytest.fixture(autouse=True)
def plain_static_files(settings):
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture
def rep(organization):
    with tenant(organization):
        return people.employee(roles=("rep",))


@pytest.fixture
def browser(client, rep):
    client.device = enter(client, rep)
    client.cookies["language"] = "en"
    return client


@pytest.fixture
def agreed(browser, rep):
    with tenant(rep.organization):
        agree(rep)
    return browser


def acts(rep):
    with tenant(rep.organization):
        rows = ConsentEntry.objects.order_by("recorded_at").exclude(act="served")
        return list(rows.values_list("purpose", "act", "circumstances"))


def served(rep):
    with tenant(rep.organization):
        return ConsentEntry.objects.filter(act="served").count()


def standing(rep):
    with tenant(rep.organization):
        found = Standing(rep.pk)
        found.is_blocked("")  # read inside the organization
        return found


def shown_hash(rep):
    return notice.current(rep.organization, "en").hash


@pytest.mark.clause("C0-14")
def test_the_first_page_after_signing_in_is_the_notice(browser):
    answer = browser.get("/me/privacy/?a=1")
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"{AGREEMENT}?next=%2Fme%2Fprivacy%2F%3Fa%3D1"


def test_a_page_fragment_is_not_sent_either(browser):
    answer = browser.get("/me/privacy/", headers={"HX-Request": "true"})
    assert answer.status_code == 204
    assert answer.headers["HX-Redirect"].startswith(AGREEMENT)


def test_the_language_can_be_changed_before_agreeing(browser):
    answer = browser.post("/language/", {"language": "zh-hans", "next": AGREEMENT})
    assert answer.headers["Location"] == AGREEMENT
    assert browser.cookies["language"].value == "zh-hans"


def test_the_phone_app_opens_in_a_browser_whose_console_has_not_agreed(browser):
    assert browser.get("/m/").status_code == 200


def test_nothing_posted_before_the_agreement_is_done(browser, rep):
    browser.post(reverse("privacy:decide", args=["improvement"]), {"agree": "yes"})
    assert acts(rep) == []


@pytest.mark.clause("C2.0-06")
def test_the_page_that_shows_the_notice_puts_that_on_record_once(browser, rep):
    for _ in range(2):
        assert browser.get(AGREEMENT).status_code == 200
    assert served(rep) == 3


@pytest.mark.clause("C2.0-07")
def test_the_box_is_empty_and_both_doors_look_alike(browser):
    html = browser.get(AGREEMENT).content.decode()
    boxes = re.findall(r"<input[^>]*type=\"checkbox\"[^>]*>", html)
    assert len(boxes) == 3
    assert not [box for box in boxes if "checked" in box]
    doors = re.findall(r'<button class="([^"]*)" type="submit" name="(agree|decline)"', html)
    assert {name for _css, name in doors} == {"agree", "decline"}
    assert len({css for css, _name in doors}) == 1


def test_agreeing_needs_the_age_confirmed(browser, rep):
    answer = browser.post(AGREEMENT, {"agree": "yes", "notice_hash": shown_hash(rep)})
    assert "Please confirm this line first." in answer.content.decode()
    assert acts(rep) == []


@pytest.mark.clause("C1.1-17")
@pytest.mark.parametrize("missing", ["privacy", "terms", "capable"])
def test_each_document_is_agreed_to_by_an_act_of_its_own(browser, rep, missing):
    ticked = {name: "on" for name in TICKED if name != missing}
    browser.post(AGREEMENT, {"agree": "yes", **ticked, "notice_hash": shown_hash(rep)})
    assert acts(rep) == []
    browser.post(AGREEMENT, {"agree": "yes", **TICKED, "notice_hash": shown_hash(rep)})
    assert {purpose for purpose, act, _ in acts(rep) if act == "granted"} == {BASIC, TERMS, CAPACITY}
    with tenant(rep.organization):
        rows = ConsentEntry.objects.filter(act="granted", purpose__in=(BASIC, TERMS))
        assert rows.values("id").distinct().count() == 2


@pytest.mark.clause("C0-12")
def test_agreeing_opens_the_page_asked_for_and_nothing_beyond_the_basic(browser, rep):
    answer = browser.post(
        f"{AGREEMENT}?next=/me/privacy/",
        {"agree": "yes", **TICKED, "notice_hash": shown_hash(rep)},
    )
    assert answer.headers["Location"] == "/me/privacy/"
    assert acts(rep) == [(BASIC, "granted", ""), (TERMS, "granted", ""), (CAPACITY, "granted", "")]
    assert browser.get("/me/privacy/").status_code == 200
    assert not standing(rep).allows(LOCATION)


def test_agreeing_never_leads_to_another_site(browser, rep):
    answer = browser.post(
        f"{AGREEMENT}?next=https://evil.example/",
        {**TICKED, "notice_hash": shown_hash(rep)},
    )
    assert answer.headers["Location"] == "/"


def test_a_text_changed_meanwhile_is_shown_anew(browser, rep):
    answer = browser.post(AGREEMENT, {"agree": "yes", **TICKED, "notice_hash": "0" * 64})
    assert answer.status_code == 200
    assert "has changed since it was shown" in answer.content.decode()
    assert not standing(rep).may_begin


@pytest.mark.clause("C2.0-07")
def test_declining_is_kept_and_signs_out(browser, rep):
    answer = browser.post(AGREEMENT, {"decline": "yes", "notice_hash": shown_hash(rep)})
    assert "You did not agree" in answer.content.decode()
    assert acts(rep) == [(BASIC, "declined", "")]
    assert Device.objects.get(pk=browser.device.pk).revoked_at is not None
    assert browser.get(AGREEMENT).headers["Location"].startswith("/sign-in/")


def test_the_notice_is_open_to_everybody_even_before_agreeing(client, browser):
    for address in ("/notice/", "/notice/terms/", "/notice/versions/"):
        assert browser.get(address).status_code == 200


@pytest.mark.clause("C0-15")
def test_the_page_has_nine_anchors_in_the_order_of_its_contents(client):
    html = client.get("/notice/").content.decode()
    assert re.findall(r'<section id="(\w+)">', html) == ["preamble", *notice.PARTS]
    assert re.findall(r'<li><a href="#(\w+)">', html) == list(notice.PARTS)


@pytest.mark.clause("C0-01")
def test_a_kept_version_opens_under_its_own_address(client):
    shown = notice.current(None, "zh-hans")
    answer = client.get(f"/notice/versions/{shown.hash}/")
    assert shown.hash in answer.content.decode()
    assert client.get("/notice/versions/unknown/").status_code == 404


def test_every_purpose_is_listed_with_its_state(agreed):
    html = agreed.get("/me/privacy/").content.decode()
    assert all(f'id="purpose-{code}"' in html for code in ("basic", "capacity", "location", "improvement"))
    assert html.count("Not asked yet") == len(declared.asked) - 2  # all but what everybody agrees to at first


@pytest.mark.clause("C1.1-11")
def test_sensitive_purposes_are_set_off_where_they_are_decided_on(agreed):
    html = agreed.get("/me/privacy/").content.decode()
    cards = {card.split('"', 1)[0]: card for card in html.split('id="purpose-')[1:]}
    marked = {
        code for code, card in cards.items() if 'class="privacy-sensitive"' in card.split("</section>")[0]
    }
    assert marked == {code for code, each in declared.asked.items() if each.kind is Kind.SENSITIVE} != set()


@pytest.mark.parametrize(
    ("held", "chosen", "act"),
    [
        ("", "never", "declined"),
        ("", "at_the_act", "granted"),
        ("at_the_act", "background", "granted"),
        ("background", "at_the_act", "narrowed"),
        ("at_the_act", "never", "withdrawn"),
    ],
)
def test_choosing_circumstances_is_the_act_it_means(agreed, rep, held, chosen, act):
    if held:
        with tenant(rep.organization):
            decide(rep, LOCATION, circumstances=held)
    agreed.post("/me/privacy/location/", {"location-circumstances": chosen})
    assert acts(rep)[-1] == (LOCATION, act, chosen)
    assert standing(rep).allows(LOCATION, chosen) is (chosen != "never")


def test_an_additional_purpose_is_given_and_taken_back(agreed, rep):
    agreed.post("/me/privacy/improvement/", {"agree": "yes"})
    assert standing(rep).allows("improvement")
    agreed.post("/me/privacy/improvement/", {"withdraw": "yes"})
    assert not standing(rep).allows("improvement")


def test_taking_back_the_agreement_itself_closes_everything(agreed, rep):
    answer = agreed.post("/me/privacy/basic/")
    assert "You did not agree" in answer.content.decode()
    assert not standing(rep).may_begin


@pytest.mark.parametrize("code", ["capacity", "security", "nothing"])
def test_what_is_no_consent_cannot_be_decided(agreed, code):
    assert agreed.post(f"/me/privacy/{code}/").status_code == 404


def test_the_page_shows_ones_own_acts_only(agreed, rep):
    with tenant(rep.organization):
        other = people.employee("李雷")
        decide(other, LOCATION, circumstances="background")
    assert "named functions</span>" not in agreed.get("/me/privacy/").content.decode().split("q-table")[-1]


@pytest.mark.clause("C0-11")
def test_production_does_not_start_without_saying_who_runs_it(settings):
    from qince.core.privacy.checks import operator_is_named

    settings.OPERATOR = dict.fromkeys(("name", "address", "email", "phone"), "")
    settings.PRODUCTION = False
    assert operator_is_named(None) == []
    settings.PRODUCTION = True
    assert len(operator_is_named(None)) == 3
    settings.OPERATOR = dict.fromkeys(settings.OPERATOR, "x")
    assert operator_is_named(None) == []


@pytest.mark.clause("C0-15")
def test_the_notice_is_one_step_from_the_sign_in_page_and_from_every_page(agreed):
    assert 'href="/notice/"' in Client().get("/sign-in/").content.decode()
    assert 'href="/notice/"' in agreed.get("/me/privacy/").content.decode()
