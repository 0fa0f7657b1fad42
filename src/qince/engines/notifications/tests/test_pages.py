"""The console page and the phone's addresses: what one decides about being told."""

import json

import pytest
from django.test import Client

from qince.core.letters.actions import Addressee, send
from qince.core.letters.registry import FREE
from qince.core.people.tests import factories as people
from qince.core.privacy import notice
from qince.core.privacy.models import ConsentEntry
from qince.core.privacy.tests.factories import decide
from qince.engines.notifications.models import Preference, QuietHours, Subscription
from qince.engines.notifications.push import keys
from qince.engines.notifications.tests.service import Browser
from qince.kit import clock
from qince.kit.tenancy import tenant
from tests.access.planting import person, phone_token

PAGE, API = "/me/notifications/", "/api/phone/v1/notifications"
HOURS = {"is_on": "on", "starts": "21:00", "ends": "07:30", "zone": "Asia/Shanghai", "days": ["1", "2"]}


@pytest.fixture
def rep(organization):
    with tenant(organization):
        return person("王芳", roles=["rep"])


@pytest.fixture
def browser(organization, rep):
    with tenant(organization):
        return people.browser(rep)


def phone(rep, language="en"):
    return Client(headers={"Authorization": f"Bearer {phone_token(rep)}", "Accept-Language": language})


def put(client, path, body):
    return client.put(f"{API}/{path}", json.dumps(body), content_type="application/json")


def html(browser):
    answer = browser.get(PAGE)
    assert answer.status_code == 200
    return answer.content.decode()


def inside(organization, function):
    with tenant(organization):
        return function()


def test_channels_are_chosen_on_the_console_and_the_phone_knows(organization, rep, browser):
    assert '<option value="urgent" selected>Urgent only</option>' in html(browser)
    sent = {"other:push": "always", "other:email": "always", "other:sms": "never"}
    assert browser.post(f"{PAGE}channels/", sent).status_code == 302
    rows = inside(organization, lambda: {row.channel: row.when for row in Preference.objects.all()})
    assert rows == {"email": "always", "sms": "never"}  # what was left as usual is not a choice
    client = phone(rep)
    group = next(each for each in client.get(API).json()["groups"] if each["code"] == "other")
    assert group["choices"] == {"push": "always", "email": "always", "sms": "never"}
    answer = put(client, "preference", {"group": "other", "channel": "sms", "when": "always"})
    assert answer.status_code == 200
    assert browser.post(f"{PAGE}channels/", {**sent, "other:sms": "sometimes"}).status_code == 422


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"group": "other", "channel": "app", "when": "never"}, 422),
        ({"group": "no", "channel": "sms", "when": "never"}, 422),
        ({"group": "other", "channel": "sms", "when": "now"}, 422),
        ({"group": 7}, 400),
        ([], 400),
    ],
)
def test_the_phone_refuses_what_is_not_offered(rep, body, status):
    assert put(phone(rep), "preference", body).status_code == status


def test_quiet_hours_are_kept_from_both(organization, rep, browser):
    assert browser.post(f"{PAGE}quiet/", HOURS).status_code == 302
    row = inside(organization, QuietHours.objects.get)
    assert (row.is_on, str(row.starts), str(row.ends), row.days) == (True, "21:00:00", "07:30:00", [1, 2])
    client = phone(rep)
    quiet = client.get(API).json()["quiet"]
    assert quiet == {
        "is_on": True, "starts": "21:00:00", "ends": "07:30:00", "days": [1, 2], "zone": "Asia/Shanghai",
    }  # fmt: skip
    assert put(client, "quiet", {**quiet, "is_on": False}).json()["quiet"]["is_on"] is False
    for fault in ({"zone": "Mars/Olympus"}, {"days": []}, {"days": [9]}):
        assert put(client, "quiet", {**quiet, **fault}).status_code == 422
    assert put(client, "quiet", {**quiet, "starts": "25:99"}).status_code == 400
    for fault in ({"zone": "Mars"}, {"days": []}, {"starts": "soon"}):
        assert browser.post(f"{PAGE}quiet/", {**HOURS, **fault}).status_code == 422


def test_the_phone_switches_on_after_consent_and_off_again(organization, rep, service):
    client, device = phone(rep), Browser(service)
    told = client.get(API).json()["push"]
    assert (told["is_available"], told["is_agreed"], told["key"]) == (True, False, keys.public_key())
    refused = put(client, "subscription", device.subscription)
    assert (refused.status_code, refused.json()["code"]) == (403, "consent_required")
    inside(organization, lambda: decide(rep, "push"))
    [row] = put(client, "subscription", device.subscription).json()["push"]["devices"]
    assert (row["is_here"], row["is_valid"], row["surface"]) == (True, True, "phone")
    assert client.delete(f"{API}/subscription").json()["push"]["devices"] == []
    put(client, "subscription", device.subscription)
    [row] = inside(organization, lambda: list(Subscription.objects.all()))
    assert client.delete(f"{API}/subscriptions/{organization.pk}").status_code == 404
    assert client.delete(f"{API}/subscriptions/{row.pk}").json()["push"]["devices"] == []


def join(browser, device, **more):
    body = json.dumps({**device.subscription, **more})
    return browser.post(f"{PAGE}push/", body, content_type="application/json")


def test_one_tap_on_the_console_agrees_notes_the_permission_and_keeps_the_browser(
    organization, rep, browser, service
):
    device = Browser(service)
    assert "Agree and switch on in this browser" in html(browser)
    assert join(browser, device, notice_hash="0" * 64).status_code in (409, 422)
    shown = inside(organization, lambda: notice.current(rep.organization, "en").hash)
    assert join(browser, device, notice_hash=shown, auth="AAAA").status_code == 422
    acts = inside(organization, lambda: set(ConsentEntry.objects.values_list("purpose", flat=True)))
    assert not {each for each in acts if each == "push" or "notifications" in each}  # nothing halfway
    assert join(browser, device, notice_hash=shown).status_code == 200
    acts = inside(organization, lambda: set(ConsentEntry.objects.values_list("purpose", flat=True)))
    assert "push" in acts
    assert any(each.startswith("device:notifications@") for each in acts)
    page = html(browser)
    assert "This browser</span>" in page
    assert "data-push-on" not in page
    row = inside(organization, Subscription.objects.get)
    assert row.surface == "console"
    assert browser.post(f"{PAGE}push/{row.pk}/").status_code == 302
    assert inside(organization, Subscription.objects.count) == 0


def test_where_the_operator_named_no_service_nothing_is_offered(browser, settings):
    settings.PUSH_SERVICES, settings.PUSH_LOCAL = [], []
    page = html(browser)
    assert "has not switched on push messages" in page
    assert "data-push-on" not in page


def test_the_console_shows_why_one_got_a_message_and_how(organization, rep, browser):
    with tenant(organization):
        [letter] = send(
            people.actor(rep), to=[Addressee(employee_id=rep.pk)], kind=FREE,
            values={"title": "你好", "body": "正文"}, channels=("app", "email"), now=clock.now(),
        )  # fmt: skip
    page = browser.get(f"/messages/{letter.pk}/").content.decode()
    assert "It was addressed to you." in page
    assert "the sender chose this channel" in page
    assert "was read meanwhile" in page
