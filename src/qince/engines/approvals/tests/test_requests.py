"""Requests on their way: who is asked, what a decision does, what a return leads to."""

from datetime import timedelta

import pytest

from qince.core.letters.models import Letter
from qince.core.people.tests import factories as people
from qince.engines.approvals.actions import applying, deciding, delegating
from qince.engines.approvals.flow.schema import (
    Lane,
    Leader,
    Parallel,
    People,
)
from qince.engines.approvals.models import Instance, Step, Task
from qince.engines.approvals.tests.scene import (
    NOW,
    apply,
    approve,
    countersign,
    flow,
    hr,
    reject,
    state,
    states,
    step,
    task,
    waiting,
)
from qince.kit.errors import Conflict, Forbidden, NotFound, Refusal

State, Status = Task.State, Instance.Status


def test_without_a_flow_the_direct_leader_decides(company):
    made = apply(company)
    assert waiting(made) == ["Leader"]
    approve(made, company.leader)
    assert state(made) == Status.APPROVED
    assert company.thing.done == [("approved", made.number)]
    assert Letter.objects.filter(employee=company.leader, kind="approvals.task").count() == 1
    assert Letter.objects.filter(employee=company.ann, kind="approvals.approved").count() == 1


def test_numbers_run_on_without_gaps(company):
    first, second = apply(company), apply(company)
    assert int(second.number) == int(first.number) + 1


def test_numbers_run_on_where_a_day_has_more_than_four_digits_hold(company):
    day = apply(company).number[:8]
    many = [apply(company).pk for _ in range(3)]
    for pk, number in zip(many, ("9998", "9999", "10000"), strict=True):
        Instance.objects.filter(pk=pk).update(number=day + number)
    assert apply(company).number == f"{day}10001"


def test_the_same_row_is_on_one_way_at_a_time(company):
    made = apply(company)
    what = applying.Application(company.thing.code, made.target_id, "Again", {})
    with pytest.raises(Conflict, match="under_way"):
        applying.submit(people.actor(company.ann), what=what, now=NOW)


def test_whoever_may_not_ask_for_it_is_refused(company):
    nobody = people.employee("Nobody")
    with pytest.raises(Forbidden):
        apply(company, nobody)


def test_acceptance_delegate_two_of_hr_and_a_return_with_more_days(company):
    """Leader on leave, delegate approves; two of HR press together: one approved, one done; returned to the start,
    days 2 to 5, handed in again: the countersign that holds for more than three days appears."""
    flow(company, step("leader", Leader()), countersign(company), hr(company))
    delegating.delegate(
        people.actor(company.leader),
        to=company.Other.pk,
        starts_at=NOW,
        ends_at=NOW + timedelta(days=7),
        now=NOW,
    )
    made = apply(company, days=2)
    assert waiting(made) == ["Other"]
    approve(made, company.Other)
    done = Task.objects.get(instance=made, assignee=company.Other)
    assert (done.acted_by, done.on_behalf_of) == (company.Other, company.leader)
    assert waiting(made) == ["HR1", "HR2"]
    deciding.send_back(
        people.actor(company.HR1), task_id=task(made, company.HR1).pk, comment="How many days?", now=NOW
    )
    assert state(made) == Status.RETURNED
    assert waiting(made) == []
    again = applying.resubmit(
        people.actor(company.ann), instance_id=made.pk, title="A thing", facts={"days": 5}, now=NOW
    )
    approve(again, company.Other)
    assert waiting(again) == ["Boss"]
    approve(again, company.boss)
    first, second = task(again, company.HR1), task(again, company.HR2)
    deciding.approve(people.actor(company.HR1), task_id=first.pk, now=NOW)
    with pytest.raises(Conflict, match="already_decided"):
        deciding.approve(people.actor(company.HR2), task_id=second.pk, now=NOW)
    second.refresh_from_db()
    assert second.state == State.DONE
    assert state(again) == Status.APPROVED
    assert company.thing.done == [("returned", made.number), ("approved", made.number)]


def test_a_double_click_makes_one_decision(company):
    made = apply(company)
    key = task(made, company.leader).pk
    deciding.approve(people.actor(company.leader), task_id=key, now=NOW)
    with pytest.raises(Conflict, match="already_decided"):
        deciding.approve(people.actor(company.leader), task_id=key, now=NOW)
    assert len(company.thing.done) == 1


def test_only_the_one_asked_may_answer(company):
    made = apply(company)
    with pytest.raises(NotFound):
        deciding.approve(people.actor(company.boss), task_id=task(made, company.leader).pk, now=NOW)


def test_all_must_agree_and_one_refusal_ends_it(company):
    flow(company, hr(company, mode="all"))
    made = apply(company)
    approve(made, company.HR1)
    assert waiting(made) == ["HR2"]
    reject(made, company.HR2)
    assert state(made) == Status.REJECTED
    assert company.thing.done == [("closed", made.number)]


def test_a_refusal_needs_its_reason(company):
    made = apply(company)
    with pytest.raises(Refusal, match="no_comment"):
        reject(made, company.leader, comment="  ")


def test_in_turn_one_after_the_other(company):
    flow(company, hr(company, mode="in_turn"))
    made = apply(company)
    assert waiting(made) == ["HR1"]
    approve(made, company.HR1)
    assert waiting(made) == ["HR2"]
    approve(made, company.HR2)
    assert state(made) == Status.APPROVED


def test_a_vote_ends_when_it_is_decided(company):
    voters = [company.HR1.pk, company.HR2.pk, company.boss.pk]
    flow(company, step("vote", People(ids=voters), mode="vote", share=60))
    made = apply(company)
    approve(made, company.HR1)
    reject(made, company.HR2)
    assert state(made) == Status.RUNNING
    approve(made, company.boss)
    assert state(made) == Status.APPROVED


def test_lanes_run_side_by_side_and_all_are_waited_for(company):
    lanes = [
        Lane(id="one", name="1", steps=[step("a", Leader())]),
        Lane(id="two", name="2", steps=[step("b", People(ids=[company.HR1.pk]))]),
    ]
    flow(company, Parallel(id="both", name="Both", lanes=lanes), step("end", People(ids=[company.boss.pk])))
    made = apply(company)
    assert waiting(made) == ["HR1", "Leader"]
    approve(made, company.HR1)
    assert waiting(made) == ["Leader"]
    approve(made, company.leader)
    assert waiting(made) == ["Boss"]


def test_a_refusal_in_one_lane_closes_the_others(company):
    lanes = [
        Lane(id="one", name="1", steps=[step("a", Leader())]),
        Lane(id="two", name="2", steps=[step("b", People(ids=[company.HR1.pk]))]),
    ]
    flow(company, Parallel(id="both", name="Both", lanes=lanes))
    made = apply(company)
    reject(made, company.HR1)
    assert states(made) == [("HR1", "rejected"), ("Leader", "done")]
    assert not Step.objects.filter(instance=made, state=Step.State.OPEN).exists()


def test_returned_to_a_step_it_is_decided_again_from_there(company):
    flow(company, step("leader", Leader()), hr(company), step("end", People(ids=[company.boss.pk])))
    made = apply(company)
    approve(made, company.leader)
    approve(made, company.HR1)
    deciding.send_back(
        people.actor(company.boss),
        task_id=task(made, company.boss).pk,
        to="leader",
        comment="Look again",
        now=NOW,
    )
    assert waiting(made) == ["Leader"]
    approve(made, company.leader)
    assert waiting(made) == ["HR1", "HR2"]
    with pytest.raises(Refusal, match="no_way_back"):
        deciding.send_back(
            people.actor(company.HR1), task_id=task(made, company.HR1).pk, to="end", comment="?", now=NOW
        )


def test_who_agreed_before_a_return_is_asked_again(company):
    flow(company, step("leader", Leader()), step("again", Leader()), hr(company), merge="all")
    made = apply(company)
    approve(made, company.leader)  # the second step is merged with the first
    assert waiting(made) == ["HR1", "HR2"]
    deciding.send_back(
        people.actor(company.HR1), task_id=task(made, company.HR1).pk, comment="Days?", now=NOW
    )
    again = applying.resubmit(
        people.actor(company.ann), instance_id=made.pk, title="A thing", facts={"days": 9}, now=NOW
    )
    assert waiting(again) == ["Leader"]
