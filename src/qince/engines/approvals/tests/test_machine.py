"""The engine under whatever order of acts: no request without a next actor or an end, no decision counted twice.

The machine keeps its own account of what was decided, by which version each request runs, and which parts are closed.
A few examples by day; with QINCE_TEST_FULL=yes many.
"""

import os
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from qince.core.people.actions.leaving import leave
from qince.core.people.models import Employee
from qince.core.people.tests import factories as people
from qince.engines.approvals.actions import (
    applying,
    choosing,
    deciding,
    delegating,
    designing,
    watching,
)
from qince.engines.approvals.directory import ABLE
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
    Timeout,
    as_stored,
)
from qince.engines.approvals.flow.schema import Flow as Drawn
from qince.engines.approvals.models import CHOOSE, Delegation, Flow, Instance, Step, Task
from qince.engines.approvals.tests.scene import NOW, apply, flow, step
from qince.kit import clock
from qince.kit.actor import system_actor
from qince.kit.errors import Conflict, NotFound, Refusal
from qince.kit.tenancy import current_organization_id

State, Status, Effect = Task.State, Instance.Status, Instance.EffectState
FULL = os.environ.get("QINCE_TEST_FULL") == "yes"
EXAMPLES, STEPS = (120, 60) if FULL else (6, 30)
NODES = ("chain", "all", "any", "do", "vote", "chosen", "end")
# By day a failure is shown as it was found; the long form looks for the shortest way to it, which takes minutes.
PHASES = (Phase.generate, Phase.shrink) if FULL else (Phase.generate,)
DAYS, RARELY = st.integers(1, 6), st.sampled_from((False, False, True))
PICK, WHERE = st.integers(0, 1000), st.sampled_from(("before", "after", "beside"))


def everything(company):
    """A flow with every kind of node, of counting, and of what follows a term that passes."""
    both = [company.HR1.pk, company.HR2.pk]
    over = Branch(
        id="over", name="Over", when=[[Comparison(fact="days", is_="gt", value=3)]],
        steps=[step("vote", People(ids=[*both, company.boss.pk]), mode="vote", share=60, timeout=Timeout(hours=48))],
    )  # fmt: skip
    lanes = [
        Lane(
            id="one", name="1",
            steps=[
                step("all", People(ids=both), mode="all", timeout=Timeout(hours=30, then="approve")),
                step("any", People(ids=both)),
            ],
        ),
        Lane(
            id="two", name="2",
            steps=[Handle(id="do", name="Do", approvers=People(ids=[company.Other.pk]), timeout=Timeout(hours=20))],
        ),
    ]  # fmt: skip
    return (
        step("chain", Chain(levels=2), timeout=Timeout(hours=24, then="hand_up")),
        Copy(id="cc", name="Copy", approvers=Leader()),
        Condition(id="if", name="If", branches=[over, Branch(id="else", name="Else")]),
        Parallel(id="both", name="Both", lanes=lanes),
        step("chosen", Choice(at_most=2), mode="all", timeout=Timeout(hours=40, then="refuse")),
        step("end", People(ids=[company.boss.pk, company.HR1.pk]), mode="in_turn"),
    )


def another(company):
    """What a further version looks like: two people for one decision, then the boss."""
    both = People(ids=[company.HR1.pk, company.HR2.pk])
    return (
        step("any", both, timeout=Timeout(hours=24, then="refuse")),
        step("end", People(ids=[company.boss.pk])),
    )


def machine_for(company):
    """The machine upon this company; what it does is undone when an example is over."""

    class Requests(RuleBasedStateMachine):
        def __init__(self):
            super().__init__()
            self.open = transaction.atomic()
            self.open.__enter__()
            company.thing.done.clear()
            company.thing.fails = False
            self.now, self.made, self.decided, self.versions, self.closed, self.gone = NOW, [], {}, {}, [], 0

        def teardown(self):
            transaction.set_rollback(True)
            self.open.__exit__(None, None, None)

        # --- What the rules share ---

        @contextmanager
        def trying(self):
            """A refusal, or an effect that fails, undoes the act as a whole; anything else is a fault."""
            try:
                with transaction.atomic():
                    yield
            except Refusal:
                pass
            except RuntimeError:
                assert company.thing.fails

        def one(self, pick, *states):
            """One of the requests in these states, if there is any."""
            rows = [each for each in self.made if each.status in states]
            return rows[pick % len(rows)] if rows else None

        def part(self, pick, *, choice=False):
            """Somebody's open part, of somebody who is there."""
            rows = Task.objects.select_related("step", "assignee", "instance").filter(state=State.PENDING)
            rows = [each for each in rows.order_by("pk") if (each.step.kind == CHOOSE) is choice]
            rows = [each for each in rows if each.assignee.status in ABLE]
            return rows[pick % len(rows)] if rows else None

        def someone(self, pick):
            rows = list(Employee.objects.filter(status__in=ABLE).order_by("number"))
            return rows[pick % len(rows)]

        def keep(self, made):
            self.made.append(made)
            self.decided.setdefault(made.pk, 0)
            self.versions[made.pk] = made.version_id

        def decide(self, task, act, **more):
            """Count it if it was taken; what is closed by it is remembered, to be decided upon once more."""
            with self.trying():
                act(people.actor(task.assignee), task_id=task.pk, now=self.now, **more)
                self.decided[task.instance_id] += 1
                self.closed.append(task)

        # --- Asking ---

        @initialize(first=DAYS, second=DAYS, is_short=st.booleans())
        def begin(self, first, second, is_short):
            """Two requests by the first version, long or short; further ones by whatever is in force then."""
            self.flow = flow(company, *(another if is_short else everything)(company))
            for days in (first, second):
                self.keep(apply(company, now=self.now, days=days))

        @precondition(lambda self: len(self.made) < 4 and "Ann" in present())
        @rule(days=DAYS)
        def hand_in(self, days):
            with self.trying():
                self.keep(apply(company, now=self.now, days=days))

        @precondition(lambda self: self.one(0, Status.RETURNED))
        @rule(pick=PICK, days=DAYS)
        def hand_in_again(self, pick, days):
            if made := self.one(pick, Status.RETURNED):
                with self.trying():
                    applying.resubmit(
                        people.actor(company.ann), instance_id=made.pk, title="A thing", facts={"days": days},
                        now=self.now,
                    )  # fmt: skip

        @rule(pick=PICK, is_meant=RARELY)
        def take_back(self, pick, is_meant):
            if is_meant and (made := self.one(pick, Status.RUNNING, Status.RETURNED)):
                with self.trying():
                    applying.withdraw(people.actor(company.ann), instance_id=made.pk, now=self.now)

        @precondition(lambda self: self.one(0, Status.APPROVED))
        @rule(pick=PICK)
        def ask_for_undoing(self, pick):
            if made := self.one(pick, Status.APPROVED):
                with self.trying():
                    self.keep(
                        applying.revoke(
                            people.actor(company.ann), instance_id=made.pk, comment="No more", now=self.now
                        )
                    )

        @precondition(lambda self: self.part(0, choice=True))
        @rule(pick=PICK, whom=st.lists(PICK, min_size=1, max_size=2))
        def choose(self, pick, whom):
            if task := self.part(pick, choice=True):
                with self.trying():
                    chosen = [self.someone(each).pk for each in whom]
                    choosing.choose(people.actor(task.assignee), task_id=task.pk, people=chosen, now=self.now)

        # --- Deciding ---

        @precondition(lambda self: self.part(0))
        @rule(picks=st.lists(PICK, min_size=1, max_size=4))
        def approve(self, picks):
            """Agreeing is what happens most: one, or a few one after the other."""
            for pick in picks:
                if task := self.part(pick):
                    self.decide(task, deciding.approve)
                    self.sound()

        @rule(pick=PICK, is_meant=RARELY)
        def reject(self, pick, is_meant):
            if is_meant and (task := self.part(pick)):
                self.decide(task, deciding.reject, comment="No")

        @precondition(lambda self: self.part(0))
        @rule(pick=PICK, to=st.sampled_from(("", *NODES)))
        def send_back(self, pick, to):
            if task := self.part(pick):
                with self.trying():
                    deciding.send_back(
                        people.actor(task.assignee), task_id=task.pk, to=to, comment="Again", now=self.now
                    )
                    self.closed.append(task)

        @precondition(lambda self: self.part(0))
        @rule(pick=PICK, to=PICK)
        def pass_on(self, pick, to):
            if task := self.part(pick):
                with self.trying():
                    heir = self.someone(to).pk
                    deciding.transfer(people.actor(task.assignee), task_id=task.pk, to=heir, now=self.now)
                    self.closed.append(task)

        @rule(
            pick=PICK,
            whom=st.lists(PICK, min_size=1, max_size=2),
            where=st.sampled_from(("before", "after", "beside")),
        )
        def ask_others_too(self, pick, whom, where):
            if task := self.part(pick):
                with self.trying():
                    keys = [self.someone(each).pk for each in whom]
                    deciding.add_signers(
                        people.actor(task.assignee), task_id=task.pk, people=keys, where=where, now=self.now
                    )

        @rule(pick=PICK)
        def decide_on_what_another_decided(self, pick):
            """Two people on one step: the second finds that the first was there, and nothing changes."""
            rows = Task.objects.filter(state=State.DONE, step__kind__in=("approve", "handle"))
            task = rows.select_related("assignee").order_by("pk")[pick % (rows.count() or 1) :].first()
            if task is not None:
                self.refused_once_more(task)

        @precondition(lambda self: self.closed)
        @rule(pick=PICK)
        def press_twice(self, pick):
            self.refused_once_more(self.closed[pick % len(self.closed)])

        def refused_once_more(self, task):
            with pytest.raises((Conflict, NotFound)), transaction.atomic():
                deciding.approve(people.actor(task.assignee), task_id=task.pk, now=self.now)

        # --- Others, and time ---

        @rule(who=PICK, to=PICK, hours=st.integers(1, 72))
        def name_a_deputy(self, who, to, hours):
            with self.trying():
                ends = self.now + timedelta(hours=hours)
                delegating.delegate(
                    people.actor(self.someone(who)), to=self.someone(to).pk, starts_at=self.now, ends_at=ends,
                    now=self.now,
                )  # fmt: skip

        @rule(pick=PICK)
        def be_back(self, pick):
            rows = list(
                Delegation.objects.filter(ends_at__gt=self.now).select_related("employee").order_by("pk")
            )
            if rows:
                row = rows[pick % len(rows)]
                with self.trying():
                    delegating.end_delegation(people.actor(row.employee), delegation_id=row.pk, now=self.now)

        @precondition(lambda self: self.gone < 2)
        @rule(who=PICK, to=PICK, is_named=st.booleans(), is_meant=RARELY)
        def leave(self, who, to, is_named, is_meant):
            leaver, heir = self.someone(who), self.someone(to)
            if not is_meant or leaver.pk == company.admin.pk:
                return
            self.gone += 1
            with self.trying(), clock.at(self.now):
                leave(people.actor(company.admin), leaver, successor=heir if is_named else None, now=self.now)

        @rule(hours=st.integers(1, 40))
        def time_passes(self, hours):
            """All that is due by then is done, as the job does it: each step in an act of its own."""
            self.now += timedelta(hours=hours)
            actor = system_actor(current_organization_id(), "test")
            due = Step.objects.filter(state=Step.State.OPEN, due_at__lte=self.now)
            for key in list(due.order_by("pk").values_list("pk", flat=True)):
                with self.trying():
                    watching.close_overdue(actor, step_id=key, now=self.now)

        @rule()
        def publish_another_version(self):
            found = Flow.objects.get(pk=self.flow.pk)
            was_short = len(found.versions.latest("number").drawn.steps) == len(another(company))
            steps = (everything if was_short else another)(company)
            admin = people.actor(company.admin)
            with self.trying():
                designing.save_draft(
                    admin, flow_id=found.pk, body=as_stored(Drawn(steps=list(steps))), now=self.now
                )
                designing.publish_flow(admin, flow_id=found.pk, now=self.now)

        @rule(fails=st.booleans())
        def effects_fail_or_work_again(self, fails):
            company.thing.fails = fails

        @precondition(lambda self: self.one(0, Status.APPROVED))
        @rule(pick=PICK)
        def try_an_effect_again(self, pick):
            """Also one that has been carried out: pressed again it does nothing."""
            if made := self.one(pick, Status.APPROVED):
                watching.retry_effect(people.actor(company.admin), instance_id=made.pk, now=self.now)

        # --- What must hold after each act ---

        @invariant()
        def sound(self):
            for made in self.made:
                made.refresh_from_db()
                self.somebody_is_next_or_it_is_over(made)
                self.counted_once(made)
                self.carried_out_once(made)
                assert made.version_id == self.versions[made.pk]

        def somebody_is_next_or_it_is_over(self, made):
            open_parts = Task.objects.filter(instance=made, state__in=[State.PENDING, State.WAITING])
            open_steps = Step.objects.filter(instance=made, state=Step.State.OPEN)
            if made.status != Status.RUNNING:
                assert not open_parts.exists()
                assert not open_steps.exists()
                return
            assert open_steps.exists()
            for each in open_steps:
                asked = each.tasks.filter(state=State.PENDING, assignee__status__in=ABLE)
                assert asked.exists(), f"nobody who is there is asked in {each.node}: {told(each)}"
            left = open_parts.exclude(assignee__status__in=ABLE)
            assert not left.exists(), "something waits for somebody who left"
            asked = open_parts.filter(state=State.PENDING).values_list("step", "assignee", "on_behalf_of")
            assert len(asked) == len(set(asked)), "somebody is asked twice for the same part"

        def counted_once(self, made):
            rows = Task.objects.exclude(step__kind=CHOOSE).filter(
                instance=made,
                is_merged=False,
                acted_by__isnull=False,
                state__in=[State.APPROVED, State.REJECTED],
            )
            assert rows.count() == self.decided[made.pk]

        def carried_out_once(self, made):
            done = [
                name for name, number in company.thing.done if number == made.number and name != "returned"
            ]
            if made.revokes_id:
                assert done == []
                return
            assert done == {
                Status.APPROVED: ["approved"] if made.effect_state == Effect.DONE else [],
                Status.REVOKED: ["approved", "revoked"],
                Status.REJECTED: ["closed"],
                Status.WITHDRAWN: ["closed"],
            }.get(made.status, [])

    return Requests


def told(step):
    """Everybody's part in a step, for whoever reads that the machine has failed."""
    rows = step.tasks.order_by("created_at", "position", "pk")
    return [
        (each.pk.hex[-4:], str(each.assignee), each.assignee.status, each.state, each.position, each.is_merged,
         each.waits_for_id and each.waits_for_id.hex[-4:], each.added_to_id and each.added_to_id.hex[-4:])
        for each in rows
    ]  # fmt: skip


def present():
    return set(Employee.objects.filter(status__in=ABLE).values_list("name", flat=True))


def test_whatever_people_do_there_is_a_next_actor_or_an_end(company):
    run_state_machine_as_test(
        machine_for(company),
        settings=settings(
            max_examples=EXAMPLES, stateful_step_count=STEPS, deadline=None,
            suppress_health_check=list(HealthCheck), print_blob=True, phases=PHASES,
        ),
    )  # fmt: skip
