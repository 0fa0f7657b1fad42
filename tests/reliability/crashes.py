"""R1: processes are killed at random while phones push. What was acknowledged must be there once and whole.

Runs the product as an operator does (`./qince up`), so the supervisor's restarts are tried as well. Prints
seed, counts and verdict; the same seed gives the same phones and the same choice of victims.

    python -m tests.reliability.crashes --seed 7 --kills 20 --operations 5000
"""

import argparse
import json
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import django

from bench.cpu import tree
from tests.migrated import data_folder, lay_tables

ROOT = Path(__file__).resolve().parents[2]
STEP = "visits.record_step"
VICTIMS = ("granian", "config.background", "postgres")


@dataclass
class Ledger:
    """What the phones know: operations sent, and those the server acknowledged."""

    sent: dict[str, str] = field(default_factory=dict)  # id → type
    steps: dict[str, tuple[str, str]] = field(default_factory=dict)  # id → the visit and the step it answers
    acknowledged: dict[str, str] = field(default_factory=dict)
    refused: list[dict[str, object]] = field(default_factory=list)
    lost_answers: int = 0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


STARTS_WITHIN_S = 300  # beside other tests, on whatever machine


class Service:
    """`./qince up` in a folder of its own."""

    def __init__(self, data: Path) -> None:
        self.data, self.port = data, free_port()
        self.env = {**os.environ, "QINCE_SOCKET_PORT": str(free_port()), "QINCE_LOG_LEVEL": "ERROR"}
        for name in (
            "QINCE_DATABASE_URL",
            "QINCE_APP_DATABASE_URL",
            "QINCE_BACKUP_DATABASE_URL",
            "QINCE_DATA",
        ):
            self.env.pop(name, None)

    def __enter__(self) -> "Service":
        lay_tables(self.data)
        command = [str(ROOT / "qince"), "up", "--data", str(self.data), "--port", str(self.port)]
        self.log = (self.data.parent / "up.log").open("w")
        self.process = subprocess.Popen(command, env=self.env, stdout=self.log, stderr=subprocess.STDOUT)
        deadline = time.monotonic() + STARTS_WITHIN_S
        while not self.answers():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError((self.data.parent / "up.log").read_text()[-3000:])
            time.sleep(0.2)
        return self

    def __exit__(self, *_error: object) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(60)
        self.log.close()

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=2) as answer:
                return answer.status == 200
        except OSError:
            return False

    def python(self, code: str) -> str:
        """Run Django code beside the running service."""
        command = [
            str(ROOT / "qince"),
            "manage",
            "--data",
            str(self.data),
            "shell",
            "--verbosity",
            "0",
            "-c",
            code,
        ]
        done = subprocess.run(command, env=self.env, capture_output=True, text=True, timeout=120, check=False)
        if done.returncode:
            raise RuntimeError(done.stderr[-3000:] + done.stdout[-1000:])
        return done.stdout.strip().splitlines()[-1]

    def kill_one(self, chance: random.Random) -> str:
        """Kill -9 one process of a kind drawn by chance; returns the kind, empty when none of it lives just now."""
        kind = chance.choice(VICTIMS)
        living = [
            each.pid
            for each in tree(self.process.pid)
            if each.pid != self.process.pid and kind in _command(each.pid)
        ]
        if not living:
            return ""
        os.kill(chance.choice(living), signal.SIGKILL)
        return kind


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""


class Phone(threading.Thread):
    """Pushes its operations in batches until every one is acknowledged; an answer that never came means: again."""

    def __init__(
        self, service: Service, rep: dict[str, object], template: str, count: int, seed: int, ledger: Ledger
    ) -> None:
        super().__init__(daemon=True)
        self.service, self.rep, self.ledger = service, rep, ledger
        self.chance = random.Random(seed)
        self.queue = self._work(template, count)
        self.pace: Callable[[], float] = lambda: 1.0

    def _work(self, template: str, count: int) -> list[dict[str, object]]:
        from bench.operations import _evidence, _visit, operation, uuid7
        from bench.seed import Seed

        seed = Seed("", [], template, "", [], [])
        work: list[dict[str, object]] = []
        while len(work) < count:
            if self.chance.random() < 0.5:
                work += _visit(seed, self.chance.choice(self.rep["stores"]))
            else:
                payload = {"punch_id": str(uuid7()), "kind": "in", "evidence": _evidence()}
                work.append(operation("attendance.punch", payload))
        self.ledger.sent |= {str(each["id"]): str(each["type"]) for each in work}
        self.ledger.steps |= {
            str(each["id"]): (each["payload"]["visit_id"], each["payload"]["step_id"])
            for each in work
            if each["type"] == STEP
        }
        return work

    def run(self) -> None:
        total = len(self.queue)
        while self.queue:
            if 1 - len(self.queue) / total > self.pace():  # keep work for the kills still to come
                time.sleep(0.02)
                continue
            batch = self.queue[: self.chance.randint(1, 25)]
            if self.chance.random() < 0.2:
                self.chance.shuffle(batch)
            answers = self._push(batch)
            if answers is None:
                self.ledger.lost_answers += 1
                time.sleep(self.chance.uniform(0.05, 0.4))
                continue
            for result in answers:
                if result["state"] == "accepted":
                    self.ledger.acknowledged[result["id"]] = self.ledger.sent[result["id"]]
                elif result["state"] in ("rejected", "conflict"):
                    self.ledger.refused.append(result)
            done = {each["id"] for each in answers if each["state"] in ("accepted", "rejected", "conflict")}
            self.queue = [each for each in self.queue if each["id"] not in done]

    def _push(self, batch: list[dict[str, object]]) -> list[dict[str, object]] | None:
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.service.port}/api/phone/v1/push",
            data=json.dumps({"operations": batch}, ensure_ascii=False).encode(),
            headers={"Authorization": f"Bearer {self.rep['token']}", "Content-Type": "application/json"},
        )
        try:
            with urllib.request.urlopen(request, timeout=15) as answer:
                return json.loads(answer.read())["results"]
        except urllib.error.HTTPError as error:
            if error.code < 500:
                raise RuntimeError(error.read().decode()) from error
            return None
        except (OSError, ValueError):
            return None


PLANT = """
import json
from bench import seed as s
s.STORES, s.REPS, s.STORES_PER_REP = {phones} * 20, {phones}, 20
planted = s.plant()
print(json.dumps({{"organization": str(planted.organization), "template": str(planted.template),
  "reps": [{{"token": r.token, "stores": [str(k) for k in r.stores]}} for r in planted.reps]}}))
"""

FOUND = """
import json
from qince.kit.tenancy import tenant
from qince.engines.sync.models import Operation
from qince.employee.attendance.models import Punch
from qince.sales.visits.models import Visit, CheckEvent, StepRecord
with tenant("{organization}"):
    print(json.dumps({{
      "operations": [[str(k), t, st] for k, t, st in Operation.objects.values_list("pk", "type", "state")],
      "punches": Punch.objects.exclude(operation_hash="").count(), "visits": Visit.objects.count(),
      "completed": Visit.objects.filter(state="completed").count(),
      "arrivals": CheckEvent.objects.filter(kind="in").count(),
      "departures": CheckEvent.objects.filter(kind="out").count(),
      "steps": StepRecord.objects.count()}}))
"""


def judge(ledger: Ledger, found: dict[str, object]) -> dict[str, int]:
    """Lost: acknowledged but absent. Duplicated: more effects than operations. Half-applied: one without the other."""
    stored = {key: kind for key, kind, state in found["operations"] if state == "accepted"}
    kinds = Counter(stored.values())
    kinds[STEP] = len(
        {ledger.steps[key] for key, kind in stored.items() if kind == STEP}
    )  # a step may be answered anew
    effects = {
        "attendance.punch": found["punches"],
        "visits.check_in": found["visits"],
        "visits.check_out": found["completed"],
        STEP: found["steps"],
    }
    twins = {"visits.check_in": found["arrivals"], "visits.check_out": found["departures"]}
    return {
        "lost": len(set(ledger.acknowledged) - set(stored)),
        "duplicated": sum(max(0, effects[kind] - kinds[kind]) for kind in effects),
        "half_applied": sum(abs(effects[kind] - twins[kind]) for kind in twins)
        + sum(max(0, kinds[kind] - effects[kind]) for kind in effects),
        "strange": len(set(stored) - set(ledger.sent)),
    }


def run(*, seed: int, kills: int, operations: int, phones: int) -> dict[str, object]:
    chance = random.Random(seed)
    with data_folder("r1") as folder, Service(folder) as service:
        planted = json.loads(service.python(PLANT.format(phones=phones)))
        ledger = Ledger()
        crowd = [
            Phone(service, rep, planted["template"], operations // phones, seed * 1000 + number, ledger)
            for number, rep in enumerate(planted["reps"])
        ]
        victims: Counter[str] = Counter()
        deadline = time.monotonic() + 60 + 30 * kills

        def pace() -> float:
            """The share of its work a phone may have sent: as much as of the kills is done, and one kill more."""
            late = time.monotonic() > deadline
            return 1.0 if late or victims.total() >= kills else (victims.total() + 1) / kills

        for phone in crowd:
            phone.pace = pace
            phone.start()
        while (
            any(phone.is_alive() for phone in crowd)
            and victims.total() < kills
            and time.monotonic() < deadline
        ):
            time.sleep(chance.uniform(0.3, 1.5))
            if kind := service.kill_one(chance):
                victims[kind] += 1
        for phone in crowd:
            phone.join(timeout=300)
        unsent = sum(len(phone.queue) for phone in crowd)
        found = json.loads(service.python(FOUND.format(organization=planted["organization"])))
    return {
        "seed": seed,
        "kills": dict(victims),
        "sent": len(ledger.sent),
        "acknowledged": len(ledger.acknowledged),
        "refused": len(ledger.refused),
        "lost_answers": ledger.lost_answers,
        "unsent": unsent,
        **judge(ledger, found),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    for name, default in (("seed", 1), ("kills", 20), ("operations", 5000), ("phones", 20)):
        parser.add_argument(f"--{name}", type=int, default=default)
    result = run(**vars(parser.parse_args()))
    print(json.dumps(result))
    bad = any(result[name] for name in ("lost", "duplicated", "half_applied", "strange", "unsent", "refused"))
    print("FAILED" if bad else "PASSED")
    return int(bad)


if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "src")]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    sys.exit(main())
