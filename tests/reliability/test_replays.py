"""R3: each operation is sent one to five times, in any order, from two devices. The final state equals the model.

300 operations, with QINCE_TEST_FULL=yes 10,000. Prints seed, counts and verdict; QINCE_TEST_SEED replays a seed.
"""

import os
import secrets
from collections import Counter

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from qince.core.people.models import Employee
from qince.core.people.tests import factories as people
from qince.employee.attendance.models import Punch
from qince.engines.sync import batch
from qince.engines.sync.models import Operation
from qince.engines.sync.tests.factories import operation, punch, push
from qince.kit.ids import uuid7
from qince.kit.tenancy import tenant
from qince.sales.visits.models import CheckEvent, StepRecord, Visit
from qince.sales.visits.tests import factories as field
from tests.conftest import FULL

OPERATIONS = 10_000 if FULL else 300


class Devices(RuleBasedStateMachine):
    """Two phones of one rep. The model: every operation ever made takes effect once, as first written."""

    counts: Counter = Counter()

    def __init__(self):
        super().__init__()
        self.made, self.answers, self.taken = {}, {}, set()
        self.undone = transaction.atomic()
        self.undone.__enter__()

    @initialize()
    def plant(self):
        self.home = people.organization()
        with tenant(self.home):
            rep = field.rep()
            self.stores = [field.store(rep) for _number in range(4)]
            self.template = field.template()
            self.devices = [people.actor(rep, client="phone", device_id=uuid7()) for _number in range(2)]
            self.employee = Employee.objects.get(pk=rep.pk)

    def teardown(self):
        try:
            if hasattr(self, "devices"):
                self.settle()
        finally:
            transaction.set_rollback(True)
            self.undone.__exit__(None, None, None)

    # --- What people do ---

    def _make(self, *operations):
        self.made |= {each["id"]: each for each in operations}
        self.counts["operations"] += len(operations)

    @rule(kind=st.sampled_from(["in", "out"]))
    def clock(self, kind):
        self._make(punch(kind=kind))

    @rule(store=st.integers(0, 3), steps=st.booleans())
    def visit(self, store, steps):
        arrive = field.check_in(self.stores[store], template=self.template if steps else None)
        key, after = arrive["payload"]["visit_id"], [arrive["id"]]
        done = self._steps(key, after) if steps else []
        leave = field.check_out(key, after=[*after, *(each["id"] for each in done)])
        self._make(arrive, *done, leave)

    def _steps(self, visit, after):
        answers = {"price": "pass", "stock": "na"}
        shelf = field.record_step(visit, "shelf", photos=["a" * 64], after=after)
        return [shelf, field.record_step(visit, "list", answers, after=after)]

    # --- What the link does ---

    @precondition(lambda self: self.made)
    @rule(chance=st.randoms(use_true_random=False), device=st.booleans())
    def deliver(self, chance, device):
        """Some of what was ever made, new or answered already, each one to five times, shuffled."""
        chosen = chance.sample(list(self.made.values()), chance.randint(1, len(self.made)))
        copies = [each for each in chosen for _copy in range(chance.randint(1, 5))]
        chance.shuffle(copies)
        size = chance.randint(1, 30)
        for first in range(0, len(copies), size):
            self._send(device, copies[first : first + size])

    @precondition(lambda self: self.taken)
    @rule(chance=st.randoms(use_true_random=False), device=st.booleans())
    def reuse(self, chance, device):
        """Another content under a number already taken in: told, and nothing overwritten."""
        key = chance.choice(sorted(self.taken))
        changed = operation("attendance.punch", punch(kind="out")["payload"], id=key)
        self.counts["reused"] += 1
        assert self._push(device, [changed])[key].code == "id_reused"

    def _push(self, device, operations):
        self.counts["sent"] += len(operations)
        with tenant(self.home):
            return push(self.devices[device], *operations)

    def _send(self, device, operations):
        for key, answer in self._push(device, operations).items():
            assert answer.state in ("accepted", "waiting"), answer
            if answer.state == "accepted":
                self.taken.add(key)
                assert self.answers.setdefault(key, answer.result) == answer.result, (
                    "a repeat got another answer"
                )

    # --- What must be true in the end ---

    def settle(self):
        if self.made:
            self._send(False, list(reversed(self.made.values())))
            self._send(True, list(self.made.values()))
        problems = judge(self.home, self.made)
        assert self.taken == set(self.made)
        assert not problems, problems


def judge(home, made):
    """Where the stored rows differ from the model."""
    payloads = {}
    for each in made.values():
        payloads.setdefault(each["type"], []).append(each["payload"])
    visits = {each["visit_id"] for each in payloads.get("visits.check_in", [])}
    steps = sorted((each["visit_id"], each["step_id"]) for each in payloads.get("visits.record_step", []))
    expected = {
        "operations": sorted(made),
        "punches": sorted((each["punch_id"], each["kind"]) for each in payloads.get("attendance.punch", [])),
        "visits": sorted((key, "completed") for key in visits),
        "events": sorted((key, kind) for key in visits for kind in ("in", "out")),
        "steps": steps,
    }
    with tenant(home):
        found = {
            "operations": _texts(Operation.objects.filter(state="accepted").values_list("pk")),
            "punches": _texts(Punch.objects.values_list("pk", "kind")),
            "visits": _texts(Visit.objects.values_list("pk", "state")),
            "events": _texts(CheckEvent.objects.values_list("visit", "kind")),
            "steps": _texts(StepRecord.objects.values_list("visit", "step_id")),
        }
    return [f"{name}: {len(found[name])} found, {len(expected[name])} expected"
            for name in expected if found[name] != expected[name]]  # fmt: skip


def _texts(rows):
    texts = [tuple(map(str, row)) for row in rows]
    return sorted(row[0] if len(row) == 1 else row for row in texts)


def run(examples, number, **options):
    Devices.counts.clear()
    chosen = settings(max_examples=examples, stateful_step_count=20, deadline=None, database=None,
                      suppress_health_check=list(HealthCheck), **options)  # fmt: skip
    run_state_machine_as_test(seed(number)(Devices), settings=chosen)


@pytest.mark.django_db
def test_the_final_state_equals_the_model(capsys):
    number = int(os.environ.get("QINCE_TEST_SEED") or (secrets.randbelow(10**6) if FULL else 3))
    total = Counter()
    while total["operations"] < OPERATIONS:
        run(200 if FULL else 10, number + total["runs"])
        total += Devices.counts + Counter(runs=1)
    with capsys.disabled():
        print(f"\nR3: seed {number}, {dict(total)}: the state equals the model")
    assert total["sent"] > 2 * total["operations"]


class TestTheTestCanFail:
    """Planted faults in the engine: the machine finds each within a few runs."""

    @pytest.fixture(autouse=True)
    def _few(self, db):
        self.options = {"phases": [Phase.generate]}

    def test_repeats_that_are_applied_again(self, monkeypatch):
        """Neither the operation's id nor the record's own protects any more."""
        from qince.employee.attendance import actions, pictures

        made = actions._punch
        monkeypatch.setattr(
            pictures, "keep", lambda *_given: None
        )  # they are kept under the id that was sent
        monkeypatch.setattr(actions, "_punch", lambda *given: _under_a_new_id(made(*given)))
        monkeypatch.setattr(batch.Batch, "_admit", lambda self, sent: self.due.__setitem__(sent.id, sent))
        with pytest.raises(Exception, match=r"punches|accepted|another answer"):
            run(30, 1, **self.options)

    def test_work_that_is_acknowledged_and_not_done(self, monkeypatch):
        applied = batch.Batch._outcomes

        def outcomes(self, name, items):
            return [{}] * len(items) if name == "attendance.punch" else applied(self, name, items)

        monkeypatch.setattr(batch.Batch, "_outcomes", outcomes)
        with pytest.raises(AssertionError, match="punches: 0 found"):
            run(30, 1, **self.options)


def _under_a_new_id(record):
    record.pk = uuid7()
    return record
