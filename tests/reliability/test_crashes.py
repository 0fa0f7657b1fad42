"""R1: `crashes.py` in short, 8 kills; with QINCE_TEST_FULL=yes 20 kills while 20 phones push 5,000 operations."""

import json
import os
import secrets

import pytest

from tests.conftest import FULL
from tests.reliability import crashes

SIZE = (
    {"kills": 20, "operations": 5000, "phones": 20} if FULL else {"kills": 8, "operations": 600, "phones": 6}
)
BAD = ("lost", "duplicated", "half_applied", "strange", "unsent", "refused")


def test_nothing_acknowledged_is_lost_doubled_or_half_done(capsys):
    seed = int(os.environ.get("QINCE_TEST_SEED") or (secrets.randbelow(10**6) if FULL else 7))
    result = crashes.run(seed=seed, **SIZE)
    with capsys.disabled():
        print(f"\nR1: {json.dumps(result)}")
    assert {name: result[name] for name in BAD if result[name]} == {}
    assert result["acknowledged"] == result["sent"] >= SIZE["operations"]
    if FULL:
        assert sum(result["kills"].values()) >= SIZE["kills"]
        assert set(result["kills"]) == set(crashes.VICTIMS)
    else:  # a slow machine may have sent everything before the last kill
        assert sum(result["kills"].values()) >= SIZE["kills"] // 2


def sound():
    """What the phones know and what the tables hold after one punch and one visit that all went well."""
    sent = {"a": "attendance.punch", "b": "visits.check_in", "c": "visits.check_out",
            "d": "visits.record_step", "e": "visits.record_step"}  # fmt: skip
    found = {"operations": [[key, kind, "accepted"] for key, kind in sent.items()], "punches": 1, "visits": 1,
             "completed": 1, "arrivals": 1, "departures": 1, "steps": 1}  # fmt: skip
    steps = dict.fromkeys("de", ("visit", "note"))  # answered, and answered anew
    return crashes.Ledger(sent=dict(sent), acknowledged=dict(sent), steps=steps), found


class TestTheJudgeCanFail:
    def test_a_sound_history_passes(self):
        assert set(crashes.judge(*sound()).values()) == {0}

    @pytest.mark.parametrize(
        ("fault", "verdict"),
        [
            (lambda found: found["operations"].pop(0), "lost"),
            (lambda found: found.update(punches=2), "duplicated"),
            (lambda found: found.update(visits=2, arrivals=2), "duplicated"),
            (lambda found: found.update(steps=2), "duplicated"),
            (lambda found: found.update(steps=0), "half_applied"),
            (lambda found: found.update(arrivals=0), "half_applied"),
            (lambda found: found.update(completed=0, departures=0), "half_applied"),
            (lambda found: found["operations"].append(["z", "attendance.punch", "accepted"]), "strange"),
        ],
        ids=[
            "removed",
            "punch twice",
            "visit twice",
            "step twice",
            "no step",
            "no arrival",
            "not completed",
            "from nowhere",
        ],
    )
    def test_a_planted_fault_is_found(self, fault, verdict):
        ledger, found = sound()
        fault(found)
        assert crashes.judge(ledger, found)[verdict] > 0
