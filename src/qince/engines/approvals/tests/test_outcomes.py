"""What comes of a request: withdrawing, undoing, effects, terms, and what others see of it."""

from datetime import timedelta

import pytest

from qince.core.letters.models import Letter
from qince.core.people.tests import factories as people
from qince.engines.approvals.actions import applying, watching
from qince.engines.approvals.flow.schema import (
    Leader,
    Timeout,
)
from qince.engines.approvals.models import Instance, Step, Task
from qince.engines.approvals.tests.scene import (
    NOW,
    apply,
    approve,
    countersign,
    flow,
    hr,
    state,
    states,
    step,
    system,
    waiting,
)
from qince.kit.errors import Conflict, NotFound, Refusal
from qince.kit.ids import uuid7

State, Status = Task.State, Instance.Status


def test_withdrawn_it_waits_for_nobody(company):
    made = apply(company)
    applying.withdraw(people.actor(company.ann), instance_id=made.pk, now=NOW)
    assert (state(made), waiting(made)) == (Status.WITHDRAWN, [])
    with pytest.raises(Conflict, match="wrong_state"):
        applying.withdraw(people.actor(company.ann), instance_id=made.pk, now=NOW)


def test_undoing_what_was_approved_is_a_request_of_its_own(company):
    made = apply(company)
    approve(made, company.leader)
    again = applying.revoke(people.actor(company.ann), instance_id=made.pk, comment="Not needed", now=NOW)
    assert state(made) == Status.APPROVED
    with pytest.raises(Conflict, match="under_way"):
        applying.revoke(people.actor(company.ann), instance_id=made.pk, comment="Twice", now=NOW)
    approve(again, company.leader)
    assert (state(made), state(again)) == (Status.REVOKED, Status.APPROVED)
    assert company.thing.done == [("approved", made.number), ("revoked", made.number)]


def test_running_requests_keep_their_version(company):
    first = flow(company, step("leader", Leader()), hr(company))
    made = apply(company)
    from qince.engines.approvals.actions import designing
    from qince.engines.approvals.flow.schema import Flow, as_stored

    admin = people.actor(company.admin)
    only = as_stored(Flow(steps=[step("leader", Leader())]))
    designing.save_draft(admin, flow_id=first.pk, body=only, now=NOW)
    assert designing.publish_flow(admin, flow_id=first.pk, now=NOW).number == 2
    approve(made, company.leader)
    assert waiting(made) == ["HR1", "HR2"]
    later = apply(company)
    approve(later, company.leader)
    assert state(later) == Status.APPROVED


def test_an_effect_that_fails_is_tried_again_and_happens_once(company):
    made = apply(company)
    company.thing.fails = True
    approve(made, company.leader)
    made.refresh_from_db()
    assert (made.status, made.effect_state, made.effect_error) == ("approved", "failed", "RuntimeError")
    assert company.thing.done == []
    company.thing.fails = False
    assert watching.retry_effect(system(), instance_id=made.pk, now=NOW)
    assert watching.retry_effect(system(), instance_id=made.pk, now=NOW)
    assert company.thing.done == [("approved", made.number)]


@pytest.mark.parametrize(
    ("then", "expected"),
    [
        ("approve", Status.APPROVED),
        ("refuse", Status.REJECTED),
        ("remind", Status.RUNNING),
        ("hand_up", Status.RUNNING),
    ],
)
def test_a_term_that_passes_does_what_the_flow_says(company, then, expected):
    flow(company, step("leader", Leader(), timeout=Timeout(hours=24, then=then)))
    made = apply(company)
    key = Step.objects.get(instance=made).pk
    assert watching.close_overdue(system(), step_id=key, now=NOW + timedelta(hours=23)) == ""
    assert watching.close_overdue(system(), step_id=key, now=NOW + timedelta(hours=25)) == then
    assert state(made) == expected
    if then == "hand_up":
        assert waiting(made) == ["Boss"]
        assert ("Leader", "overdue") in states(made)
    if then == "remind":
        assert Letter.objects.filter(employee=company.leader, kind="approvals.reminder").count() == 1
        assert watching.close_overdue(system(), step_id=key, now=NOW + timedelta(hours=26)) == ""


def test_reminding_is_possible_once_an_hour(company):
    made = apply(company)
    assert applying.urge(people.actor(company.ann), instance_id=made.pk, now=NOW) == 1
    with pytest.raises(Refusal, match="reminded_already"):
        applying.urge(people.actor(company.ann), instance_id=made.pk, now=NOW)


def test_absent_requests_and_those_of_others_look_alike(company):
    made = apply(company)
    stranger = people.actor(people.employee("Stranger", roles=["rep"]))
    for key in (made.pk, uuid7()):
        with pytest.raises(NotFound):
            applying.withdraw(stranger, instance_id=key, now=NOW)
        with pytest.raises(NotFound):
            applying.remark(stranger, instance_id=key, text="Hello", now=NOW)


def test_the_preview_is_what_happens(company):
    flow(company, step("leader", Leader()), countersign(company), hr(company))
    what = applying.Application(company.thing.code, uuid7(), "A thing", {"days": 5})
    planned = applying.planned(people.actor(company.ann), what=what, now=NOW)
    made = apply(company, days=5)
    for who in (company.leader, company.boss, company.HR1):
        approve(made, who)
    run = [
        {each.assignee_id for each in found.tasks.all()}
        for found in Step.objects.filter(instance=made).order_by("sequence")
    ]
    assert [set(each.found.people) for each in planned] == run


def test_what_was_not_carried_out_yet_cannot_be_undone(company):
    made = apply(company)
    company.thing.fails = True
    approve(made, company.leader)
    company.thing.fails = False
    with pytest.raises(Conflict, match="not_carried_out"):
        applying.revoke(people.actor(company.ann), instance_id=made.pk, comment="No", now=NOW)
    watching.retry_effect(people.actor(company.admin), instance_id=made.pk, now=NOW)
    assert (
        applying.revoke(people.actor(company.ann), instance_id=made.pk, comment="No", now=NOW).revokes == made
    )


def test_an_undoing_is_not_undone(company):
    made, ann = apply(company), people.actor(company.ann)
    approve(made, company.leader)
    undoing = applying.revoke(ann, instance_id=made.pk, comment="No", now=NOW)
    approve(undoing, company.leader)
    assert (state(made), state(undoing)) == (Status.REVOKED, Status.APPROVED)
    with pytest.raises(Refusal, match="not_revocable"):
        applying.revoke(ann, instance_id=undoing.pk, comment="After all", now=NOW)
    assert [name for name, _number in company.thing.done] == ["approved", "revoked"]
