"""Whose part it is: passed on, added, chosen, told, stood in for, left behind."""

from datetime import timedelta

import pytest

from qince.core.people.tests import factories as people
from qince.engines.approvals.actions import choosing, deciding, delegating, watching
from qince.engines.approvals.flow.schema import (
    Choice,
    Contact,
    Copy,
    Handle,
    Leader,
    People,
    Timeout,
)
from qince.engines.approvals.models import Instance, Step, Task
from qince.engines.approvals.tests.scene import (
    NOW,
    apply,
    approve,
    flow,
    hr,
    reject,
    state,
    states,
    step,
    system,
    task,
    waiting,
)
from qince.kit.errors import Conflict, Refusal

State, Status = Task.State, Instance.Status


def test_passed_on_it_is_the_others_to_decide(company):
    made = apply(company)
    deciding.transfer(
        people.actor(company.leader), task_id=task(made, company.leader).pk, to=company.HR1.pk, now=NOW
    )
    assert states(made) == [("HR1", "pending"), ("Leader", "transferred")]
    approve(made, company.HR1)
    assert state(made) == Status.APPROVED


@pytest.mark.parametrize("who", ["ann", "leader"])
def test_it_is_passed_on_to_nobody_who_is_part_of_it(company, who):
    made = apply(company)
    with pytest.raises(Refusal):
        deciding.transfer(
            people.actor(company.leader),
            task_id=task(made, company.leader).pk,
            to=getattr(company, who).pk,
            now=NOW,
        )


@pytest.mark.parametrize(
    ("where", "order"),
    [
        ("before", [["HR1"], ["HR2"], ["Leader"]]),
        ("after", [["Leader"], ["HR1"], ["HR2"]]),
        ("beside", [["HR1", "HR2", "Leader"]]),
    ],
)
def test_others_are_added_before_after_and_beside(company, where, order):
    made = apply(company)
    deciding.add_signers(
        people.actor(company.leader), task_id=task(made, company.leader).pk,
        people=[company.HR1.pk, company.HR2.pk], where=where, now=NOW,
    )  # fmt: skip
    names = {"HR1": company.HR1, "HR2": company.HR2, "Leader": company.leader}
    for turn in order:
        assert waiting(made) == turn
        assert state(made) == Status.RUNNING
        for name in turn:
            approve(made, names[name])
    assert state(made) == Status.APPROVED


def test_a_refusal_of_somebody_added_refuses(company):
    made = apply(company)
    deciding.add_signers(
        people.actor(company.leader), task_id=task(made, company.leader).pk, people=[company.HR1.pk],
        where="before", now=NOW,
    )  # fmt: skip
    reject(made, company.HR1)
    assert state(made) == Status.REJECTED


def test_one_of_two_decides_while_the_other_has_asked_somebody_first(company):
    flow(company, hr(company))
    made = apply(company)
    deciding.add_signers(
        people.actor(company.HR1), task_id=task(made, company.HR1).pk, people=[company.Other.pk], where="before",
        now=NOW,
    )  # fmt: skip
    approve(made, company.HR2)
    assert state(made) == Status.APPROVED
    assert ("Other", "done") in states(made)


def test_who_must_act_says_done_and_cannot_refuse(company):
    flow(
        company,
        step("leader", Leader()),
        Handle(id="pay", name="Pay", approvers=People(ids=[company.HR1.pk])),
    )
    made = apply(company)
    approve(made, company.leader)
    with pytest.raises(Refusal, match="cannot_refuse"):
        reject(made, company.HR1)
    approve(made, company.HR1)
    assert state(made) == Status.APPROVED


def test_those_told_are_told_and_nobody_waits_for_them(company):
    copy = Copy(id="cc", name="Copy", approvers=People(ids=[company.HR2.pk]))
    flow(company, copy, step("leader", Leader()), copies=[
        Copy(id="all", name="Copy", approvers=People(ids=[company.Other.pk]))
    ], copies_at="both")  # fmt: skip
    made = apply(company)
    assert waiting(made) == ["Leader"]
    assert ("HR2", "copied") in states(made)
    approve(made, company.leader)
    assert states(made).count(("Other", "copied")) == 2


def test_the_applicant_chooses_where_the_flow_lets_them(company):
    flow(company, step("whom", Choice(among=[company.HR1.pk, company.HR2.pk])))
    assert waiting(apply(company, chosen={"whom": [company.HR2.pk]})) == ["HR2"]
    with pytest.raises(Refusal, match="not_offered") as refused:
        apply(company, chosen={"whom": [company.Other.pk]})
    assert list(refused.value.fields) == ["chosen.whom"]


def test_who_has_not_chosen_is_asked_when_the_step_is_reached(company):
    whom = step(
        "whom", Choice(among=[company.HR1.pk, company.HR2.pk]), timeout=Timeout(hours=4, then="refuse")
    )
    flow(company, step("leader", Leader()), whom)
    made = apply(company)
    approve(made, company.leader)
    assert waiting(made) == ["Ann"]
    own = task(made, company.ann)
    ann = people.actor(company.ann)
    no = {"comment": "No"}
    for act, more in ((deciding.approve, {}), (deciding.reject, no), (deciding.send_back, no)):
        with pytest.raises(Refusal, match="to_choose"):
            act(ann, task_id=own.pk, now=NOW, **more)
    for wrong, code in (
        ([], "how_many"),
        ([company.HR1.pk, company.HR2.pk], "how_many"),
        ([company.Other.pk], "not_offered"),
    ):
        with pytest.raises(Refusal, match=code):
            choosing.choose(ann, task_id=own.pk, people=wrong, now=NOW)
    choosing.choose(ann, task_id=own.pk, people=[company.HR2.pk], now=NOW)
    assert waiting(made) == ["HR2"]
    assert [each.due_at for each in made.steps.filter(node="whom").order_by("sequence")] == [
        None,
        NOW + timedelta(hours=4),
    ]
    with pytest.raises(Conflict, match="already_decided"):
        choosing.choose(ann, task_id=own.pk, people=[company.HR1.pk], now=NOW)
    with pytest.raises(Refusal, match="nothing_to_choose"):
        choosing.choose(people.actor(company.HR2), task_id=task(made, company.HR2).pk, people=[], now=NOW)
    approve(made, company.HR2)
    assert state(made) == Status.APPROVED


def test_what_was_chosen_holds_when_the_request_comes_round_again(company):
    flow(company, step("whom", Choice()), step("boss", People(ids=[company.boss.pk])))
    made = apply(company)
    choosing.choose(
        people.actor(company.ann), task_id=task(made, company.ann).pk, people=[company.Other.pk], now=NOW
    )
    approve(made, company.Other)
    deciding.send_back(
        people.actor(company.boss), task_id=task(made, company.boss).pk, to="whom", comment="Again", now=NOW
    )
    assert waiting(made) == ["Other"]


def test_somebody_named_in_the_form_decides(company):
    flow(company, step("named", Contact(field="whom")))
    assert waiting(apply(company, whom=company.Other.pk)) == ["Other"]


def test_a_leavers_tasks_go_to_the_successor_and_own_requests_end(company):
    from qince.core.people.actions.leaving import leave

    made, own = apply(company), apply(company, company.leader)
    leave(people.actor(company.admin), company.leader, successor=company.HR1, now=NOW)
    assert waiting(made) == ["HR1"]
    assert state(own) == Status.WITHDRAWN


def test_a_leaver_without_successor_leaves_nothing_undecided(company):
    from qince.core.people.actions.leaving import leave

    flow(company, step("other", People(ids=[company.Other.pk])))
    made = apply(company)
    leave(people.actor(company.admin), company.Other, now=NOW)
    assert waiting(made) == ["Admin"]


def test_a_circle_of_deputies_ends_and_nobody_decides_for_oneself(company):
    week = {"starts_at": NOW, "ends_at": NOW + timedelta(days=7), "now": NOW}
    delegating.delegate(people.actor(company.leader), to=company.HR1.pk, **week)
    delegating.delegate(people.actor(company.HR1), to=company.leader.pk, **week)
    assert waiting(apply(company)) == ["HR1"]
    delegating.delegate(people.actor(company.boss), to=company.ann.pk, **week)
    flow(company, step("boss", Leader(level=2)))
    assert waiting(apply(company)) == ["Boss"]


def test_a_deputy_stands_in_only_for_the_period_and_the_kinds(company):
    delegating.delegate(
        people.actor(company.leader), to=company.HR1.pk, starts_at=NOW, ends_at=NOW + timedelta(days=1),
        kinds=[], now=NOW,
    )  # fmt: skip
    assert waiting(apply(company, now=NOW + timedelta(days=2))) == ["Leader"]


@pytest.mark.parametrize("mode", ["all", "in_turn", "vote"])
def test_a_part_that_was_handed_up_is_decided_by_whoever_has_it_now(company, mode):
    """The part whose term was over counts no more beside the one that took its place."""
    both = People(ids=[company.leader.pk, company.HR1.pk])
    flow(company, step("both", both, mode=mode, share=100, timeout=Timeout(hours=24, then="hand_up")))
    made = apply(company)
    late = NOW + timedelta(hours=25)
    watching.close_overdue(system(), step_id=Step.objects.get(instance=made).pk, now=late)
    for _round in range(4):
        for each in Task.objects.filter(instance=made, state=State.PENDING).select_related("assignee"):
            deciding.approve(people.actor(each.assignee), task_id=each.pk, now=late)
    assert state(made) == Status.APPROVED


def test_who_was_to_be_asked_after_somebody_is_asked_when_another_decided_for_both(company):
    flow(company, hr(company))
    made = apply(company)
    deciding.add_signers(
        people.actor(company.HR1), task_id=task(made, company.HR1).pk, people=[company.Other.pk], where="after",
        now=NOW,
    )  # fmt: skip
    approve(made, company.HR2)
    assert waiting(made) == ["Other"]
    approve(made, company.Other)
    assert state(made) == Status.APPROVED
