"""The engine under whatever order of acts: no request without a next actor or an end, no decision counted twice."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qince.core.people.tests import factories as people
from qince.engines.approvals.actions import applying, choosing, deciding
from qince.engines.approvals.flow.schema import (
    Branch,
    Chain,
    Choice,
    Comparison,
    Condition,
    Copy,
    Handle,
    Lane,
    Leader,
    Parallel,
    People,
)
from qince.engines.approvals.models import CHOOSE, Instance, Step, Task
from qince.engines.approvals.tests.scene import NOW, apply, flow, step
from qince.kit.errors import Conflict, Refusal

State, Status = Task.State, Instance.Status


def everything(company):
    """A flow with every kind of node and of counting."""
    both = [company.HR1.pk, company.HR2.pk]
    over = Branch(
        id="over", name="Over", when=[[Comparison(fact="days", is_="gt", value=3)]],
        steps=[step("vote", People(ids=[*both, company.boss.pk]), mode="vote", share=60)],
    )  # fmt: skip
    lanes = [
        Lane(
            id="one",
            name="1",
            steps=[step("all", People(ids=both), mode="all"), step("any", People(ids=both))],
        ),
        Lane(
            id="two", name="2", steps=[Handle(id="do", name="Do", approvers=People(ids=[company.Other.pk]))]
        ),
    ]
    return (
        step("chain", Chain(levels=2)),
        Copy(id="cc", name="Copy", approvers=Leader()),
        Condition(id="if", name="If", branches=[over, Branch(id="else", name="Else")]),
        Parallel(id="both", name="Both", lanes=lanes),
        step("chosen", Choice(at_most=2), mode="all"),
        step("end", People(ids=[company.boss.pk]), mode="in_turn"),
    )


def sound(company, made, decisions):
    """What must hold after each act."""
    made.refresh_from_db()
    pending = Task.objects.filter(instance=made, state=State.PENDING)
    is_open = Step.objects.filter(instance=made, state=Step.State.OPEN)
    if made.status == Status.RUNNING:
        assert pending.exists()
        for each in is_open:
            assert each.tasks.filter(state=State.PENDING).exists(), f"nobody is asked in {each.node}"
    else:
        assert not pending.exists()
        assert not is_open.exists()
        assert not Task.objects.filter(instance=made, state=State.WAITING).exists()
    decided = Task.objects.exclude(step__kind=CHOOSE).filter(
        instance=made, is_merged=False, acted_by__isnull=False, state__in=[State.APPROVED, State.REJECTED]
    )
    assert decided.count() == decisions
    ends = [name for name, number in company.thing.done if number == made.number and name != "returned"]
    assert ends == {
        Status.APPROVED: ["approved"],
        Status.REJECTED: ["closed"],
        Status.WITHDRAWN: ["closed"],
    }.get(made.status, [])


def act(company, made, dice):
    """Some act of somebody who may; whether it was a decision."""
    if made.status == Status.RETURNED:
        applying.resubmit(
            people.actor(company.ann),
            instance_id=made.pk,
            title="A thing",
            facts={"days": dice.randint(1, 6)},
            now=NOW,
        )
        return 0
    task = dice.choice(list(Task.objects.filter(instance=made, state=State.PENDING).order_by("pk")))
    actor = people.actor(task.assignee)
    if task.step.kind == CHOOSE:
        whom = [each.pk for each in dice.sample([company.HR1, company.HR2, company.Other], 2)]
        choosing.choose(actor, task_id=task.pk, people=whom, now=NOW)
        return 0
    what = dice.choice(
        ["approve"] * 6 + ["reject", "return", "step", "transfer", "before", "after", "beside"]
    )
    others = [company.HR1, company.HR2, company.Other, company.boss, company.admin]
    try:
        if what == "approve":
            deciding.approve(actor, task_id=task.pk, now=NOW)
        elif what == "reject":
            deciding.reject(actor, task_id=task.pk, comment="No", now=NOW)
        elif what in ("return", "step"):
            to = dice.choice(["chain", "all", "vote", "chosen", "end"]) if what == "step" else ""
            deciding.send_back(actor, task_id=task.pk, to=to, comment="Again", now=NOW)
        elif what == "transfer":
            deciding.transfer(actor, task_id=task.pk, to=dice.choice(others).pk, now=NOW)
        else:
            keys = [each.pk for each in dice.sample(others, 2)]
            deciding.add_signers(actor, task_id=task.pk, people=keys, where=what, now=NOW)
    except Refusal:
        return 0
    if what in ("approve", "reject"):
        with pytest.raises(Conflict):
            deciding.approve(actor, task_id=task.pk, now=NOW)
    return int(what in ("approve", "reject"))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32), days=st.integers(1, 6))
def test_whatever_people_do_there_is_a_next_actor_or_an_end(company, seed, days):
    dice = random.Random(seed)
    if not company.thing.done and not Step.objects.exists():
        flow(company, *everything(company))
    made, decisions = apply(company, days=days), 0
    sound(company, made, 0)
    for _turn in range(40):
        if made.status not in (Status.RUNNING, Status.RETURNED):
            break
        decisions += act(company, made, dice)
        sound(company, made, decisions)
    if made.status in (Status.RUNNING, Status.RETURNED):
        applying.withdraw(people.actor(company.ann), instance_id=made.pk, now=NOW)
        sound(company, made, decisions)
