"""Apps: both open it, four fields at most, an exact way back, a proof, and tokens that die at once."""

import hashlib
import re
from base64 import urlsafe_b64encode
from datetime import timedelta
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from qince.core.people import actions as people_actions
from qince.core.people.tests import factories as people
from qince.engines.partners import actions, apps_directory, consents
from qince.engines.partners.models import AppGrant, Disclosure
from qince.engines.partners.registry import pseudonym
from qince.engines.partners.tests.factories import agree_to, recipient
from qince.kit import clock
from qince.kit.errors import Refusal

BACK = "https://app.example/back"
VERIFIER = "v" * 60
CHALLENGE = urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()


@pytest.fixture
def app(admin):
    """An app the administrator opened, and its client secret."""
    found = recipient(admin, is_on=False, profile="app", endpoint="")
    made = apps_directory.set_app(admin, found, now=clock.now(), redirects=[BACK], purposes=["roster"])
    made.client, made.secret = apps_directory.renew_app_secret(admin, made, now=clock.now())
    actions.switch_on(admin, found, now=clock.now(), attested=True)
    made.recipient.refresh_from_db()
    return made


def asked(app, **more):
    return {
        "client_id": app.client, "redirect_uri": BACK, "response_type": "code", "code_challenge": CHALLENGE,
        "code_challenge_method": "S256", "state": "s1", **more,
    }  # fmt: skip


def opened(app, member, **more):
    """The member reads and agrees in the browser; the code the app gets."""
    browser = people.browser(member)
    page = browser.get("/apps/authorize/", asked(app, **more))
    assert page.status_code == 200, page.text
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', page.text))
    answer = browser.post(
        "/apps/authorize/", {**asked(app, **more), "agree": "yes", "text_hash": fields["text_hash"]}
    )
    assert answer.status_code == 200, answer.text
    address = unescape(re.search(r'href="(https://app[^"]+)"', answer.text)[1])
    assert address.startswith(f"{BACK}?")
    given = parse_qs(urlsplit(address).query)
    assert given["state"] == ["s1"]
    return given["code"][0]


def redeem(app, code, **more):
    form = {
        "grant_type": "authorization_code", "client_id": app.client, "client_secret": app.secret, "code": code,
        "code_verifier": VERIFIER, "redirect_uri": BACK, **more,
    }  # fmt: skip
    return Client().post("/apps/token/", form)


def profile(token, **more):
    return Client().get(
        "/apps/profile/", more.pop("query", {}), headers={"Authorization": f"Bearer {token}", **more}
    )


def token_of(app, member, **more):
    return redeem(app, opened(app, member, **more)).json()["access_token"]


@pytest.mark.clause("C4.1-11")
def test_an_app_sees_four_fields_of_members_who_opted_in(app, member):
    answer = profile(token_of(app, member))
    assert answer.json() == {
        "account": pseudonym(member, app.recipient_id), "avatar": "", "name": "王芳", "phone": "+8613900139000",
    }  # fmt: skip
    assert [row.fields for row in Disclosure.objects.all()] == [["account", "avatar", "name", "phone"]]
    assert app.recipient.attested_by_id


@pytest.mark.clause("C4.1-12")
def test_without_the_members_consent_the_app_gets_nothing_on_that_member(app, member, admin):
    """The app is shown as not available, and no call of its server is answered with data."""
    assert [each["is_available"] for each in apps_directory.directory(member)] == [False]
    for token in ("", "x", f"{app.organization_id.hex}-guessed", f"{app.organization_id.hex}-"):
        answer = profile(token)
        assert (answer.status_code, answer.json()["error"]) == (401, "invalid_token")
    browser = people.browser(member)
    told = browser.post("/apps/authorize/", {**asked(app), "decline": "yes"})
    assert "error=access_denied" in told.text
    assert not AppGrant.objects.exists()
    opened(app, member)
    assert [each["is_available"] for each in apps_directory.directory(member)] == [True]


@pytest.mark.clause("C4.1-13")
@pytest.mark.parametrize("link", ["features_url", "terms_url", "privacy_url"])
def test_an_app_without_links_cannot_be_listed(link, admin):
    found = recipient(admin, is_on=False, profile="app", endpoint="", **{link: ""})
    apps_directory.set_app(admin, found, now=clock.now(), redirects=[BACK], purposes=[])
    with pytest.raises(Refusal, match="recipient_incomplete"):
        actions.switch_on(admin, found, now=clock.now(), attested=True)


def test_a_scope_that_was_not_asked_for_is_not_in_the_profile(app, member):
    answer = profile(token_of(app, member, scope="account name"))
    assert sorted(answer.json()) == ["account", "name"]


def test_each_app_knows_the_person_under_another_name(app, member, admin):
    other = recipient(admin, is_on=False, profile="app", endpoint="")
    assert pseudonym(member, app.recipient_id) != pseudonym(member, other.pk)


def test_revoking_kills_the_token_at_the_next_call(app, member):
    token = token_of(app, member)
    assert profile(token).status_code == 200
    agree_to(member, app.recipient, act="withdrawn")
    assert profile(token).status_code == 401
    again = token_of(app, member)
    assert apps_directory.close_app(people.actor(member), app.recipient, now=clock.now()) == 1
    assert profile(again).status_code == 401


def test_more_scopes_ask_again(app, member, admin):
    actions.edit_recipient(admin, app.recipient, now=clock.now(), fields=["account", "name"])
    app.recipient.refresh_from_db()
    token = token_of(app, member)
    actions.edit_recipient(admin, app.recipient, now=clock.now(), fields=["account", "name", "phone"])
    app.recipient.refresh_from_db()
    answer = profile(token)
    assert (answer.status_code, answer.json()["error"]) == (403, "consent_required")
    assert sorted(profile(token_of(app, member)).json()) == ["account", "name", "phone"]


@pytest.mark.parametrize("end", ["left", "off", "suspended"])
def test_leavers_and_a_closed_app_have_no_way_in(end, app, member, admin):
    token = token_of(app, member)
    if end == "left":
        people_actions.leave(admin, member, now=clock.now(), successor=None, on=None)
    elif end == "off":
        actions.switch_off(admin, app.recipient, now=clock.now())
    else:
        people_actions.suspend_employee(admin, member, now=clock.now())
    assert profile(token).status_code == 401


def test_closed_to_the_staff_group_it_is_refused(app, member, admin):
    elsewhere = people.department("财务部")
    actions.edit_recipient(admin, app.recipient, now=clock.now(), departments=[elsewhere])
    assert apps_directory.directory(member) == []
    with pytest.raises(Refusal, match="not_offered"):
        apps_directory.open_app(
            people.actor(member),
            request=apps_directory.wanted(member.organization_id, asked(app)),
            now=clock.now(),
        )


@pytest.mark.parametrize(
    "wrong",
    [
        {"redirect_uri": BACK + "/"}, {"redirect_uri": BACK + "?x=1"}, {"redirect_uri": "https://evil.example/"},
        {"code_challenge_method": "plain"}, {"code_challenge": "short"}, {"response_type": "token"},
        {"scope": "account id_number"}, {"client_id": "x"},
    ],
    ids=str,
)  # fmt: skip
def test_a_wrong_request_goes_nowhere(wrong, app, member):
    answer = people.browser(member).get("/apps/authorize/", asked(app, **wrong))
    assert answer.status_code in (400, 401, 404)
    assert "Location" not in answer
    assert 'href="https://evil' not in answer.text


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"code_verifier": "w" * 60}, "invalid_grant"), ({"redirect_uri": BACK + "x"}, "invalid_grant"),
        ({"client_secret": "x"}, "invalid_client"), ({"grant_type": "password"}, "unsupported_grant_type"),
        ({"client_id": "x"}, "invalid_client"),
    ],
    ids=str,
)  # fmt: skip
def test_a_code_is_for_its_app_with_the_proof(wrong, error, app, member):
    answer = redeem(app, opened(app, member), **wrong)
    assert answer.json()["error"] == error
    assert not AppGrant.objects.exclude(token_digest="").exists()


def test_a_code_works_once_and_for_a_minute(app, member):
    code = opened(app, member)
    assert redeem(app, code).status_code == 200
    assert redeem(app, code).json()["error"] == "invalid_grant"
    late = opened(app, member)
    AppGrant.objects.update(code_until=clock.now() - timedelta(seconds=1))
    assert redeem(app, late).json()["error"] == "invalid_grant"


def test_an_address_to_return_to_is_whole_and_secure(admin):
    found = recipient(admin, is_on=False, profile="app", endpoint="")
    for address in (
        "http://app.example/",
        "https://*.app.example/",
        "https://app.example/#x",
        "javascript:x",
    ):
        with pytest.raises(Refusal, match="invalid_redirect"):
            apps_directory.set_app(admin, found, now=clock.now(), redirects=[address], purposes=[])


@pytest.mark.clause("C1.3-03")
def test_an_embedded_call_states_tenant_policy_and_purpose(app, member, inside):
    """The token carries all three; an outdated policy, or a purpose that was not agreed, is refused."""
    token = redeem(app, opened(app, member)).json()
    assert token["organization"] == inside.pk.hex
    assert token["purposes"] == ["roster"]
    bearer, policy = token["access_token"], {"Qince-Policy": token["policy_version"]}
    assert profile(bearer, query={"purpose": "roster"}, **policy).status_code == 200
    refused = profile(bearer, query={"purpose": "marketing"}, **policy)
    assert (refused.status_code, refused.json()["error"]) == (403, "purpose_not_agreed")
    old = profile(bearer, query={"purpose": "roster"}, **{"Qince-Policy": "0" * 64})
    assert (old.status_code, old.json()["error"]) == (403, "policy_outdated")
    type(inside).objects.filter(pk=inside.pk).update(name="另一家公司")  # the notice names the organization
    assert profile(bearer).json()["error"] == "policy_outdated"
    assert Disclosure.objects.count() == 1


def test_the_question_in_the_browser_is_the_ledgers(app, member):
    page = people.browser(member).get("/apps/authorize/", asked(app))
    text = consents.text_of(app.recipient)
    assert text.text_hash in page.text
    assert "A service of a third party" in page.text
    assert all(url in page.text for url in (app.recipient.terms_url, app.recipient.privacy_url))
