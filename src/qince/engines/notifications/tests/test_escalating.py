"""What is urgent and not read goes on as a text message, once, whatever happens to the push service meanwhile."""

import json

import pytest
from django.db import connection

from qince.core.accounts.models import OutboxMessage
from qince.core.letters.actions import Addressee, mark_read, recall, send
from qince.core.letters.delivering import carry_all
from qince.core.letters.models import Delivery
from qince.core.letters.registry import FREE, FREE_MANDATORY
from qince.core.people.tests import factories as people
from qince.engines.notifications import jobs
from qince.engines.notifications.actions import choose
from qince.kit import clock

NOW = clock.now()
TEXT = {"title": "紧急审批", "body": "请审批。"}


def write(*to, **more):
    more = {"kind": FREE, "values": TEXT, "urgent": True, "now": clock.now(), **more}
    return send(people.actor(to[0]), to=[Addressee(employee_id=each.pk) for each in to], **more)[0]


def state(letter, channel):
    row = Delivery.objects.filter(letter=letter, channel=channel).first()
    return (row.state, row.reason, row.decided_by) if row else None


def carry(letter):
    carry_all(letter.organization_id, [letter.pk], now=clock.now())


def queued(task):
    with connection.cursor() as cursor:
        cursor.execute("SELECT args, scheduled_at FROM procrastinate_jobs WHERE task_name = %s", [task])
        found = cursor.fetchall()
    return [(json.loads(args) if isinstance(args, str) else args, at) for args, at in found]


def time_is_over():
    """What the background process does when the waits are over: look again, then carry."""
    for args, _at in queued("notifications.look_again"):
        jobs.look_again(**args)
    from qince.core.letters.jobs import deliver

    for args, _at in queued("letters.deliver"):
        deliver(**args)


def texts():
    return [each.text for each in OutboxMessage.objects.order_by("pk")]


def test_a_push_service_that_is_down_sends_an_urgent_approval_as_one_text_message(member, subscribe, service):
    """Acceptance: provider down → SMS once; recovery does not repeat it."""
    browser = subscribe(member)
    service.is_down = True
    letter = write(member)
    carry(letter)
    assert state(letter, "push")[:2] == ("failed", "push_failed")
    carry(letter)
    assert state(letter, "sms") == ("sent", "", "escalation")
    [text] = texts()
    assert "紧急审批" not in text
    service.is_down = False
    carry(letter)
    time_is_over()
    assert (len(texts()), browser.received) == (1, [])


def test_unread_for_too_long_goes_on_once_and_stops_what_waits(member, subscribe, service):
    browser = subscribe(member)
    letter = write(member)
    [(args, at)] = queued("notifications.look_again")
    assert args["letter_ids"] == [str(letter.pk)]
    assert 590 < (at - letter.created_at).total_seconds() < 610
    jobs.look_again(**args)
    jobs.look_again(**args)
    assert state(letter, "push")[:2] == ("cancelled", "escalated")
    carry(letter)
    assert (len(texts()), browser.received) == (1, [])


def test_what_was_pushed_and_not_read_goes_on_too(member, subscribe):
    browser = subscribe(member)
    letter = write(member)
    carry(letter)
    assert (len(browser.received), texts()) == (1, [])
    time_is_over()
    assert (len(browser.received), len(texts())) == (1, 1)
    assert state(letter, "push")[0] == "sent"


def test_read_or_recalled_meanwhile_it_goes_nowhere(member, subscribe):
    subscribe(member)
    read, recalled = write(member), write(member, dedupe="approvals:task:1")
    mark_read(people.actor(member), letter_ids=[read.pk], now=NOW)
    recall(people.actor(member), dedupe="approvals:task:1", now=NOW)
    time_is_over()
    assert texts() == []
    assert [state(each, "push")[0] for each in (read, recalled)] == ["cancelled", "cancelled"]


def test_the_wait_is_the_organizations(member, inside):
    inside.settings = {"urgent_minutes": 3}
    inside.save()
    letter = write(member)
    [(_args, at)] = queued("notifications.look_again")
    assert 170 < (at - letter.created_at).total_seconds() < 190


@pytest.mark.parametrize("more", [{"urgent": False}, {"channels": ("app",)}])
def test_calm_letters_and_those_whose_sender_chose_the_channels_do_not_go_on(member, more):
    letter = write(member, **more)
    time_is_over()
    assert state(letter, "sms") is None
    assert texts() == []


@pytest.mark.clause("C2.1.1-07")
def test_who_wants_no_text_messages_gets_none_unless_it_is_owed(member):
    choose(people.actor(member), choices={("other", "sms"): "never"}, now=NOW)
    letter, owed = write(member), write(member, kind=FREE_MANDATORY)
    time_is_over()
    assert state(letter, "sms") == ("skipped", "preference", "escalation")
    assert state(owed, "sms")[0] == "sent"
    assert len(texts()) == 1


@pytest.mark.clause("C2.1.1-07")
def test_the_monthly_quota_still_holds(member, inside):
    inside.settings = {"sms_per_month": 0}
    inside.save()
    letter = write(member)
    time_is_over()
    assert state(letter, "sms")[:2] == ("skipped", "quota")
    assert texts() == []


def test_two_who_look_at_once_send_one(member, subscribe, service):
    """The push fails while the job looks: the letter's lock lets one of them through."""
    from qince.engines.notifications.escalating import escalate_all, go_on

    letter = write(member)
    assert escalate_all(letter.organization_id, [letter.pk], now=NOW) == 1
    assert go_on(letter, now=NOW) is False
    assert Delivery.objects.filter(letter=letter, channel="sms").count() == 1
