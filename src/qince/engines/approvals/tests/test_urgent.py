"""An urgent step: who is asked and cannot be reached gets one text message, whatever becomes of push messages."""

import pytest

from qince.core.accounts.models import OutboxMessage
from qince.core.letters.delivering import carry_all
from qince.core.letters.models import Delivery, Letter
from qince.core.people.tests import factories as people
from qince.core.privacy.tests.factories import agree
from qince.engines.approvals.actions import deciding
from qince.engines.approvals.flow.schema import Leader, People
from qince.engines.approvals.tests.scene import NOW, apply, approve, flow, step, task
from qince.engines.notifications.tests.conftest import own_keys, service, subscribe
from qince.engines.notifications.tests.test_escalating import state, texts, time_is_over
from qince.kit import clock

__all__ = ["own_keys", "service", "subscribe"]  # fixtures


def letters_of(who):
    return list(Letter.objects.filter(employee=who, kind="approvals.task").order_by("created_at"))


def carry(letter):
    carry_all(letter.organization_id, [letter.pk], now=clock.now())


@pytest.fixture
def reached(company, subscribe):
    """The leader has a device with push messages."""
    agree(company.leader)
    company.device = subscribe(company.leader)
    return company


@pytest.mark.clause("C2.1.1-07")
def test_push_provider_down_an_urgent_approval_goes_by_sms_once_and_recovery_does_not_repeat_it(
    reached, service
):
    """Acceptance check of notifications, by an approval that somebody really asked for."""
    flow(reached, step("leader", Leader(), urgent=True))
    service.is_down = True
    made = apply(reached)
    [letter] = letters_of(reached.leader)
    assert letter.is_urgent
    carry(letter)
    assert state(letter, "push")[:2] == ("failed", "push_failed")
    carry(letter)
    assert state(letter, "sms") == ("sent", "", "escalation")
    [text] = texts()
    assert "waits for your approval" in text or "审批" in text
    assert "Ann" not in text  # no personal detail goes into a text message
    service.is_down = False
    carry(letter)
    time_is_over()
    assert (len(texts()), reached.device.received) == (1, [])
    approve(made, reached.leader)
    assert len(texts()) == 1


def test_a_step_that_is_not_urgent_sends_no_text_message(reached, service):
    flow(reached, step("leader", Leader()))
    service.is_down = True
    apply(reached)
    [letter] = letters_of(reached.leader)
    assert not letter.is_urgent
    carry(letter)
    time_is_over()
    assert texts() == []
    assert state(letter, "sms") is None


def test_urgent_is_the_step_and_not_the_request(company):
    """The first step is calm, the second presses; whoever gets the part of another is pressed as well."""
    flow(company, step("leader", Leader()), step("hr", People(ids=[company.HR1.pk]), urgent=True))
    made = apply(company)
    assert [each.is_urgent for each in letters_of(company.leader)] == [False]
    approve(made, company.leader)
    assert [each.is_urgent for each in letters_of(company.HR1)] == [True]
    deciding.transfer(
        people.actor(company.HR1), task_id=task(made, company.HR1).pk, to=company.Other.pk, now=NOW
    )
    assert [each.is_urgent for each in letters_of(company.Other)] == [True]


def test_decided_in_time_nothing_is_sent(reached, service):
    flow(reached, step("leader", Leader(), urgent=True))
    made = apply(reached)
    approve(made, reached.leader)
    time_is_over()
    assert not OutboxMessage.objects.exists()
    assert not Delivery.objects.filter(channel="sms", state="sent").exists()
