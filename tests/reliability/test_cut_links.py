"""R2: the link is cut at every class of byte offset of request and response; the phone sends again. Each record once.

60 cuts, with QINCE_TEST_FULL=yes 1,000. Prints seed, counts and verdict; QINCE_TEST_SEED replays a seed.
"""

import hashlib
import http.client
import json
import os
import random
import secrets
from collections import Counter
from dataclasses import dataclass, field
from functools import partial

import pytest

from qince.core.files.models import Blob
from qince.core.people.tests import factories as people
from qince.employee.attendance.models import Punch
from qince.engines.sync.models import Operation
from qince.engines.sync.tests.factories import operation, punch
from qince.kit.ids import uuid7
from qince.kit.tenancy import tenant
from qince.sales.visits.models import CheckEvent, Visit
from qince.sales.visits.tests import factories as field_work
from tests.access.planting import person, phone_token, picture
from tests.conftest import FULL
from tests.reliability.proxy import Fault, FaultProxy
from tests.reliability.server import granian

CUTS = 1000 if FULL else 60
BASE = "/api/phone/v1"
# Where in a message of `size` bytes, `head` of them headers, the link may break.
PLACES = {
    "before": lambda head, size, chance: 0,
    "in the headers": lambda head, size, chance: chance.randrange(1, head),
    "after the headers": lambda head, size, chance: head,
    "in the body": lambda head, size, chance: chance.randrange(head, size),
    "before the last byte": lambda head, size, chance: size - 1,
    "after the last byte": lambda head, size, chance: size,
}


@dataclass
class Phone:
    """Sends until it is answered. `proxy` may cut the first try; those that follow go through."""

    proxy: FaultProxy
    token: str
    sizes: dict[str, tuple[int, int]] = field(default_factory=dict)
    answers: Counter = field(default_factory=Counter)

    def ask(self, method, path, body=b"", **headers):
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json", **headers}
        link = http.client.HTTPConnection("127.0.0.1", self.proxy.port, timeout=15)
        try:
            link.request(method, BASE + path, body, headers)
            answer = link.getresponse()
            return (
                answer.status,
                {name.lower(): value for name, value in answer.headers.items()},
                answer.read(),
            )
        finally:
            link.close()

    def try_cut(self, fault, send):
        """One try over a link with the fault; whatever the phone saw of an answer counts as nothing."""
        self.proxy.fault = fault
        try:
            send()
            self.answers["answered all the same"] += 1
        except (OSError, http.client.HTTPException, ValueError, AssertionError, KeyError):
            self.answers["cut"] += 1
        finally:
            self.proxy.fault = Fault()

    def push(self, operations):
        status, _headers, body = self.ask("POST", "/push", json.dumps({"operations": operations}).encode())
        assert status == 200, body
        return {result["id"]: result for result in json.loads(body)["results"]}

    def upload(self, content, sha256):
        """The rest of a file from where the server has it; an answer about the offset is followed."""
        complete, offset = self._held(sha256)
        while not complete:
            status, headers, body = self._piece(content, sha256, offset)
            assert status in (204, 409), body
            offset = json.loads(body)["offset"] if status == 409 else int(headers.get("upload-offset", 0))
            complete = headers.get("upload-complete") == "?1"

    def _held(self, sha256):
        status, headers, _body = self.ask("HEAD", f"/files/{sha256}")
        if status != 200:
            return False, 0
        return headers["upload-complete"] == "?1", int(headers.get("upload-offset", 0))

    def _piece(self, content, sha256, offset):
        headers = {
            "Upload-Offset": str(offset),
            "Upload-Length": str(len(content)),
            "Content-Type": "image/jpeg",
        }
        return self.ask("PATCH", f"/files/{sha256}", content[offset : offset + 4096], **headers)


@pytest.fixture
def link(transactional_db, data_folder):
    """A rep with stores in a running server behind the proxy."""
    home = people.organization()
    with tenant(home):
        rep = person("rep", roles=["rep"])
        stores = [field_work.store(rep) for _number in range(20)]
    with granian(data_folder) as port, FaultProxy(("127.0.0.1", port)) as proxy:
        yield home, stores, Phone(proxy, phone_token(rep))


def work(stores, chance):
    """A batch a phone would send: a punch, or a whole visit."""
    if chance.random() < 0.5:
        return [punch()]
    arrive = field_work.check_in(chance.choice(stores))
    leave = field_work.check_out(arrive["payload"]["visit_id"], after=[arrive["id"]])
    return [arrive, leave]


def faults(chance, request_head, request_size):
    """One cut of each class in turn: the request's places, then the response's."""
    while True:
        for place in PLACES.values():
            yield Fault(request_bytes=place(request_head, request_size(), chance))
        for place in PLACES.values():
            yield Fault(response_bytes=place(150, 400, chance))


def judge(home, sent, files):
    """What is wrong: effects missing or doubled, half a visit, a file that is not there."""
    types = Counter(each["type"] for each in sent)
    with tenant(home):
        stored = Counter(Operation.objects.filter(state="accepted").values_list("type", flat=True))
        effects = {
            "attendance.punch": Punch.objects.count(),
            "visits.check_in": Visit.objects.count(),
            "visits.check_out": Visit.objects.filter(state="completed").count(),
        }
        events = Counter(CheckEvent.objects.values_list("kind", flat=True))
        found = set(Blob.objects.values_list("sha256", flat=True))
    problems = [f"{kind}: {types[kind]} sent, {stored[kind]} taken in, {n} done"
                for kind, n in effects.items() if not types[kind] == stored[kind] == n]  # fmt: skip
    if (events["in"], events["out"]) != (types["visits.check_in"], types["visits.check_out"]):
        problems.append(f"half-applied: {dict(events)}")
    return problems + [f"file {sha256[:8]} is missing" for sha256 in files if sha256 not in found]


def run(home, stores, phone, *, cuts, seed, again=lambda operations: operations):
    """Break the link `cuts` times; `again` says what the phone sends the second time."""
    chance, sent, files = random.Random(seed), [], []
    body = [b""]
    breaks = faults(chance, 250, lambda: 250 + max(len(body[0]), 2))
    for number in range(cuts):
        if number % 5 == 4:
            content = picture(f"{seed}-{number}") + chance.randbytes(6000)
            sha256 = hashlib.sha256(content).hexdigest()
            body[0] = content[:4096]
            phone.try_cut(next(breaks), partial(phone.upload, content, sha256))
            phone.upload(content, sha256)
            files.append(sha256)
            continue
        operations = work(stores, chance)
        body[0] = json.dumps({"operations": operations}).encode()
        phone.try_cut(next(breaks), partial(phone.push, operations))
        operations = again(operations)
        answers = phone.push(operations)
        assert {answer["state"] for answer in answers.values()} == {"accepted"}, answers
        phone.answers["done before the cut"] += any(answer.get("repeat") for answer in answers.values())
        sent += operations
    return judge(home, sent, files)


def test_each_record_arrives_once(link, capsys):
    home, stores, phone = link
    seed = int(os.environ.get("QINCE_TEST_SEED") or (secrets.randbelow(10**6) if FULL else 2))
    problems = run(home, stores, phone, cuts=CUTS, seed=seed)
    with capsys.disabled():
        print(
            f"\nR2: seed {seed}, {CUTS} cuts, {dict(phone.answers)}: {problems or 'each record exactly once'}"
        )
    assert not problems
    assert phone.answers["cut"] > CUTS / 2
    assert phone.answers["done before the cut"] > CUTS / 12  # cuts in the answer came after the effect


def test_a_phone_that_makes_a_new_record_of_each_try_is_found(link):
    """The planted fault: without the same id, what was done before the cut is done twice."""

    def afresh(operations):
        return [
            operation("attendance.punch", {**each["payload"], "punch_id": str(uuid7())})
            for each in operations
        ]

    home, stores, phone = link
    chance = random.Random(1)
    originals = [punch() for _number in range(4)]
    sent = []
    for each in originals:
        phone.try_cut(Fault(response_bytes=chance.randrange(10, 100)), partial(phone.push, [each]))
        again = afresh([each])
        phone.push(again)
        sent += again
    assert any("attendance.punch: 4 sent" in problem for problem in judge(home, sent, []))
    assert stores
