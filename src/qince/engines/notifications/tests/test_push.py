"""A letter reaches a browser through a push service, which learns nothing of it; and no other browser."""

import json

import pytest

from qince.core.letters.actions import Addressee, send
from qince.core.letters.delivering import carry_all
from qince.core.letters.models import Delivery
from qince.core.letters.registry import FREE
from qince.core.people.tests import factories as people
from qince.core.privacy.gate import ConsentRequired, PermissionRevoked
from qince.core.privacy.recipients import recipients_of
from qince.core.privacy.tests.factories import allow, decide
from qince.engines.notifications.actions import switch_off, switch_on
from qince.engines.notifications.models import Subscription
from qince.engines.notifications.push.services import is_allowed
from qince.engines.notifications.tests.conftest import device_of
from qince.engines.notifications.tests.service import Browser
from qince.kit import clock
from qince.kit.errors import Refusal

NOW = clock.now()
TEXT = {"title": "请假待审批", "body": "王芳的病假等待您审批。"}


def write(to, **more):
    more = {"kind": FREE, "values": TEXT, "now": clock.now(), **more}
    return send(people.actor(to), to=[Addressee(employee_id=to.pk)], **more)[0]


def carried(letter):
    carry_all(letter.organization_id, [letter.pk], now=clock.now())
    return state(letter)


def state(letter, channel="push"):
    row = Delivery.objects.filter(letter=letter, channel=channel).first()
    return (row.state, row.reason) if row else None


def test_a_letter_arrives_sealed_on_every_device_and_says_nothing_personal(member, subscribe, service):
    phone, console = subscribe(member), subscribe(member, surface="console", locale="en")
    letter = write(member)
    assert state(letter) == ("pending", "")
    assert carried(letter) == ("sent", "")
    [on_phone], [on_console] = phone.received, console.received
    assert on_phone == {
        "title": "您有一条新消息。",
        "url": "/m/#/me/messages",
        "tag": str(letter.pk),
        "unread": 1,
    }
    assert (on_console["title"], on_console["url"]) == ("You have a message.", f"/messages/{letter.pk}/")
    everything = json.dumps([on_phone, on_console], ensure_ascii=False)
    assert not any(word in everything for word in ("请假", "病假", "王芳", str(member.pk), member.mobile))
    name, headers, body = service.kept[0]
    assert name in (phone.name, console.name)
    assert (headers["Urgency"], headers["Topic"]) == ("normal", letter.pk.hex)
    assert not any(word.encode() in body for word in ("您有一条新消息", "messages"))
    assert service.claims["aud"] == service.url


def test_without_a_device_there_is_no_push_and_nothing_is_asked(member, service):
    assert state(write(member)) is None


@pytest.mark.parametrize("answer", [404, 410])
def test_a_browser_that_is_gone_is_never_asked_again(member, subscribe, service, answer):
    browser = subscribe(member)
    service.status = answer
    assert carried(write(member)) == ("failed", "no_device")
    assert Subscription.objects.get().disabled_at is not None
    service.status, asked = 201, service.asked
    assert state(write(member)) is None
    assert service.asked == asked
    assert browser.received == []


def test_one_device_gone_and_another_there_is_sent(member, subscribe, service):
    gone, there = subscribe(member), subscribe(member)
    service.gone.add(gone.name)
    assert carried(write(member)) == ("sent", "")
    assert len(there.received) == 1
    assert Subscription.objects.filter(disabled_at__isnull=True).get().device_id == there.device.pk


def test_a_service_that_is_down_is_tried_again_and_the_message_arrives_once(member, subscribe, service):
    browser = subscribe(member)
    letter = write(member)
    service.is_down = True
    assert carried(letter) == ("pending", "push_failed")
    service.is_down, service.status = False, 503
    assert carried(letter) == ("pending", "push_failed")
    service.status = 201
    assert carried(letter) == ("sent", "")
    assert carried(letter) == ("sent", "")
    assert len(browser.received) == 1


def test_a_sender_the_service_does_not_know_is_refused_for_good(member, subscribe, service):
    subscribe(member)
    service.key = "another"
    assert carried(write(member)) == ("failed", "push_refused")


# --- Consent, permission, devices ---


def attempt(member, service, **more):
    device = more.pop("device", None) or device_of(member)
    actor = people.actor(member, client="phone", device_id=device.pk)
    return switch_on(actor, **{**Browser(service).subscription, **more}, now=clock.now())


def test_nothing_is_kept_without_consent(member, service):
    with pytest.raises(ConsentRequired):
        attempt(member, service)
    assert not Subscription.objects.exists()


def test_nothing_is_kept_where_the_browser_does_not_allow_it(member, service):
    decide(member, "push")
    device = device_of(member)
    allow(member, "notifications", allowed=False, source="device_settings", device_id=device.pk)
    with pytest.raises(PermissionRevoked):
        attempt(member, service, device=device)
    assert not Subscription.objects.exists()


def test_taking_the_consent_back_forgets_every_device_at_once(member, subscribe, service):
    browser = subscribe(member)
    letter = write(member)
    decide(member, "push", "withdrawn")
    assert not Subscription.objects.exists()
    assert carried(letter)[0] == "failed"
    assert (browser.received, service.asked) == ([], 0)


def test_switched_off_in_the_browsers_settings_that_device_alone_is_forgotten(member, subscribe):
    off, on = subscribe(member), subscribe(member)
    for each in (off, on):
        allow(member, "notifications", source="system_dialog", device_id=each.device.pk)
    allow(member, "notifications", allowed=False, source="device_settings", device_id=off.device.pk)
    assert [row.device_id for row in Subscription.objects.all()] == [on.device.pk]


def test_a_device_that_was_signed_out_is_told_nothing(member, subscribe, service):
    browser = subscribe(member)
    letter = write(member)
    type(browser.device).objects.filter(pk=browser.device.pk).update(revoked_at=clock.now())
    assert carried(letter)[0] == "failed"
    assert service.asked == 0


def test_one_switches_off_ones_own_devices_and_nobody_elses(member, subscribe):
    mine = subscribe(member)
    other = people.employee("赵敏")
    row = Subscription.objects.get()
    with pytest.raises(Refusal):
        switch_off(people.actor(other), subscription_id=row.pk, now=NOW)
    switch_off(people.actor(member, device_id=mine.device.pk), now=NOW)
    assert not Subscription.objects.exists()
    switch_off(people.actor(member, device_id=mine.device.pk), now=NOW)


def test_a_repeat_on_the_same_device_renews_it(member, subscribe, service):
    browser = subscribe(member)
    Subscription.objects.update(disabled_at=NOW)
    renewed = attempt(member, service, device=browser.device)
    assert Subscription.objects.get().pk == renewed.pk
    assert Subscription.objects.get().disabled_at is None


def test_what_is_kept_is_sealed(member, subscribe):
    from django.db import connection

    browser = subscribe(member)
    with connection.cursor() as cursor:
        cursor.execute("SELECT endpoint, p256dh, auth FROM notifications_subscription")
        row = b"".join(bytes(each) for each in cursor.fetchone())
    assert not any(each.encode() in row for each in browser.subscription.values())
    assert Subscription.objects.get().endpoint == browser.endpoint


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ({"endpoint": "https://evil.example/push"}, "service_not_allowed"),
        ({"endpoint": "http://127.0.0.1:1/push"}, "service_not_allowed"),
        ({"endpoint": "https://fcm.googleapis.com.evil.example/x"}, "service_not_allowed"),
        ({"endpoint": "nonsense"}, "service_not_allowed"),
        ({"p256dh": "AAAA"}, "invalid_keys"),
        ({"p256dh": "键"}, "invalid_keys"),
        ({"auth": "AAAA"}, "invalid_keys"),
    ],
)
def test_what_is_no_subscription_is_refused(member, service, settings, fault, code):
    settings.PUSH_SERVICES = ["google"]
    decide(member, "push")
    with pytest.raises(Refusal, match=code):
        attempt(member, service, **fault)


def test_a_service_is_used_only_when_the_operator_named_it_and_then_stands_in_the_notice(settings, inside):
    settings.PUSH_LOCAL, settings.PUSH_SERVICES = [], ["google", "apple", "nobody"]
    good = ("https://fcm.googleapis.com/fcm/send/x", "https://web.push.apple.com/y")
    bad = (
        "https://updates.push.services.mozilla.com/z", "http://fcm.googleapis.com/x", "https://fcm.googleapis.com:8443/",
        "https://xfcm.googleapis.com/", "https://push.apple.com.x.example/", "https://user@fcm.googleapis.com/",
    )  # fmt: skip
    assert [is_allowed(each) for each in good] == [True, True]
    assert [each for each in bad if is_allowed(each)] == []
    listed = {each.code for each in recipients_of(inside)}
    assert {"operator.push.google", "operator.push.apple"} <= listed
    settings.PUSH_SERVICES = []
    assert not {each for each in recipients_of(inside) if each.code.startswith("operator.push")}


def test_the_devices_of_somebody_who_left_are_forgotten(member, subscribe):
    from qince.core.people.events import EmployeeLeft
    from qince.engines.notifications.handlers import forget_leavers

    subscribe(member)
    forget_leavers(EmployeeLeft(member.pk, None))
    assert not Subscription.objects.exists()
