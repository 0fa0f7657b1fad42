"""Requests from hand to hand: who is asked, what a decision does, what comes of it."""

from datetime import timedelta

import pytest

from qince.core.letters.models import Letter
from qince.core.people.tests import factories as people
from qince.engines.approvals.actions import applying, choosing, deciding, delegating, watching
from qince.engines.approvals.flow.schema import (
    Branch,
    Choice,
    Comparison,
    Condition,
    Contact,
    Copy,
    Handle,
    Lane,
    Leader,
    Parallel,
    People,
    Timeout,
)
from qince.engines.approvals.models import Instance, Step, Task
from qince.engines.approvals.tests.scene import NOW, apply, approve, flow, reject, state, step, task, waiting
from qince.kit.actor import system_actor
from qince.kit.errors import Conflict, Forbidden, NotFound, Refusal
from qince.kit.ids import uuid7
from qince.kit.tenancy import current_organization_id

State, Status = Task.State, Instance.Status


def system():
    return system_actor(current_organization_id(), "test")


def hr(company, **options):
    return step("hr", People(ids=[company.HR1.pk, company.HR2.pk]), **options)


def countersign(company):
    over = Branch(
        id="over", name="Over", when=[[Comparison(fact="days", is_="gt", value=3)]],
        steps=[step("sign", People(ids=[company.boss.pk]))],
    )  # fmt: skip
    return Condition(id="long", name="Long", branches=[over, Branch(id="else", name="Else")])


def states(instance):
    return sorted(Task.objects.filter(instance=instance).values_list("assignee__name", "state"))


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
