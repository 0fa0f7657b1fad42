"""Somebody with a part in requests leaves: as the one asked, as a deputy, as the one a deputy decides for."""

from datetime import timedelta

import pytest

from qince.core.people.actions.leaving import leave
from qince.core.people.tests import factories as people
from qince.engines.approvals.actions import deciding, delegating
from qince.engines.approvals.flow.schema import Chain, People
from qince.engines.approvals.models import Delegation, Instance, Task
from qince.engines.approvals.tests.scene import NOW, apply, approve, flow, state, step, task, waiting
from qince.kit.errors import NotFound

State, Status = Task.State, Instance.Status


def stand_in(giver, holder):
    return delegating.delegate(
        people.actor(giver), to=holder.pk, starts_at=NOW, ends_at=NOW + timedelta(days=7), now=NOW
    )


def gone(company, who, successor=None):
    leave(people.actor(company.admin), who, successor=successor, now=NOW + timedelta(hours=1))


def owed(made):
    """Who is asked, and in whose place."""
    rows = Task.objects.filter(instance=made, state=State.PENDING)
    return sorted(rows.values_list("assignee__name", "on_behalf_of__name"))


def test_the_mandate_ends_with_whoever_gave_it(company):
    """Acceptance: the leaver's task is the successor's, and the deputy cannot decide it any more."""
    stand_in(company.leader, company.HR1)
    made = apply(company)
    assert owed(made) == [("HR1", "Leader")]
    held = task(made, company.HR1)
    gone(company, company.leader, successor=company.HR2)
    assert owed(made) == [("HR2", None)]
    with pytest.raises(Exception, match="already_decided"):
        deciding.approve(people.actor(company.HR1), task_id=held.pk, now=NOW)
    held.refresh_from_db()
    assert (held.state, held.acted_by) == (State.TRANSFERRED, None)
    approve(made, company.HR2)
    assert state(made) == Status.APPROVED
    assert company.thing.done == [("approved", made.number)]


def test_without_a_successor_it_goes_up_and_not_to_the_deputy(company):
    stand_in(company.leader, company.HR1)
    made = apply(company)
    gone(company, company.leader)
    assert owed(made) == [("Boss", None)]


def test_a_deputy_who_succeeds_decides_in_their_own_right(company):
    stand_in(company.leader, company.HR1)
    made = apply(company)
    gone(company, company.leader, successor=company.HR1)
    assert owed(made) == [("HR1", None)]
    approve(made, company.HR1)
    done = Task.objects.get(instance=made, assignee=company.HR1)
    assert (done.state, done.on_behalf_of) == (State.APPROVED, None)


def test_a_deputy_who_leaves_gives_back_what_was_held_for_another(company):
    """Not to the deputy's own successor: they have no mandate from the leader."""
    stand_in(company.leader, company.HR1)
    made = apply(company)
    gone(company, company.HR1, successor=company.Other)
    assert owed(made) == [("Leader", None)]


def test_what_is_given_back_goes_to_the_next_deputy_where_there_is_one(company):
    stand_in(company.leader, company.HR1)
    stand_in(company.leader, company.HR2)
    made = apply(company)
    assert owed(made) == [("HR1", "Leader")]
    gone(company, company.HR1)
    assert owed(made) == [("HR2", "Leader")]


def test_a_chain_of_deputies_ends_where_its_middle_leaves(company):
    stand_in(company.leader, company.HR1)
    stand_in(company.HR1, company.HR2)
    made = apply(company)
    assert owed(made) == [("HR2", "Leader")]
    gone(company, company.HR1)
    assert owed(made) == [("Leader", None)]


def test_mandates_of_a_leaver_and_to_a_leaver_are_over(company):
    given, held = stand_in(company.leader, company.HR1), stand_in(company.boss, company.leader)
    later = delegating.delegate(
        people.actor(company.HR2), to=company.leader.pk, starts_at=NOW + timedelta(days=2),
        ends_at=NOW + timedelta(days=3), now=NOW,
    )  # fmt: skip
    gone(company, company.leader)
    at = NOW + timedelta(hours=1)
    assert not Delegation.objects.filter(ends_at__gt=at).exists()
    assert {each.pk for each in Delegation.objects.all()} == {given.pk, held.pk}
    assert not Delegation.objects.filter(pk=later.pk).exists()  # had not begun: nothing to keep


def test_where_the_successor_is_asked_anyway_one_part_is_enough(company):
    flow(company, step("both", People(ids=[company.leader.pk, company.HR2.pk]), mode="all"))
    stand_in(company.leader, company.HR1)
    made = apply(company)
    assert owed(made) == [("HR1", "Leader"), ("HR2", None)]
    gone(company, company.leader, successor=company.HR2)
    assert owed(made) == [("HR2", None)]
    approve(made, company.HR2)
    assert state(made) == Status.APPROVED


def test_whose_turn_has_not_come_is_handed_over_too(company):
    flow(company, step("turn", People(ids=[company.HR1.pk, company.leader.pk]), mode="in_turn"))
    stand_in(company.leader, company.Other)
    made = apply(company)
    gone(company, company.leader, successor=company.HR2)
    approve(made, company.HR1)
    assert owed(made) == [("HR2", None)]


def test_other_peoples_tasks_stay_where_they_are(company):
    flow(company, step("both", People(ids=[company.leader.pk, company.HR2.pk]), mode="all"))
    stand_in(company.HR2, company.Other)
    made = apply(company)
    gone(company, company.leader, successor=company.HR1)
    assert owed(made) == [("HR1", None), ("Other", "HR2")]
    with pytest.raises(NotFound):
        deciding.approve(people.actor(company.boss), task_id=task(made, company.HR1).pk, now=NOW)
    assert waiting(made) == ["HR1", "Other"]


def test_who_is_asked_later_in_the_step_anyway_is_asked_now_when_the_one_before_leaves(company):
    """The boss, who comes next in the chain, succeeds the leader: one part is enough, and it opens."""
    flow(company, step("chain", Chain(levels=2)))
    made = apply(company)
    leave(people.actor(company.admin), company.leader, now=NOW)
    assert waiting(made) == ["Boss"]
    approve(made, company.boss)
    assert state(made) == "approved"


def test_what_waited_for_a_leavers_part_goes_on(company):
    """Asked after the leaver, who gives the part to somebody asked in the step anyway."""
    flow(company, step("all", People(ids=[company.HR1.pk, company.HR2.pk]), mode="all"))
    made = apply(company)
    deciding.add_signers(
        people.actor(company.HR1), task_id=task(made, company.HR1).pk, people=[company.Other.pk], where="after",
        now=NOW,
    )  # fmt: skip
    leave(people.actor(company.admin), company.HR1, successor=company.HR2, now=NOW)
    assert waiting(made) == ["HR2", "Other"]
    approve(made, company.HR2)
    approve(made, company.Other)
    assert state(made) == "approved"


def test_where_only_those_who_are_asked_already_could_take_over_the_rest_decide(company):
    flow(company, step("all", People(ids=[company.Other.pk, company.admin.pk]), mode="all"))
    made = apply(company)
    leave(people.actor(company.admin), company.Other, now=NOW)
    assert waiting(made) == ["Admin"]
    approve(made, company.admin)
    assert state(made) == "approved"
