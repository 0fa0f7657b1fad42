"""What is measured: for each operation the requests that do it, the SQL that is its floor, and what counts as good."""

import itertools
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from bench.load import Good, Request
from bench.seed import Rep, Seed, dumps
from qince.engines.sync.protocol import payload_hash
from qince.kit import clock
from qince.kit.ids import uuid7

CLIENTS = 4
POINTS = 100  # in a batch of positions


@dataclass(frozen=True, slots=True)
class Operation:
    name: str
    requests: Callable[[Seed, int], Iterator[Request]]
    floor: Callable[[Seed], str]
    good: Good
    carries: int = 1  # how many of what is rated one request carries; times stay per request
    is_personal: bool = False  # asks the gate and seals: measured without the two as well


def _evidence() -> dict[str, object]:
    now = clock.now().isoformat()
    position = {"lat": 32.0, "lng": 118.7, "accuracy_m": 12.5, "datum": "WGS84", "taken_at": now}
    return {
        "device_time": now,
        "elapsed_ms": 1000,
        "boot": str(uuid7()),
        "app_version": "1.0.0",
        "position": position,
        "manual_place": None,
    }


def operation(kind: str, payload: dict[str, object], after: tuple[str, ...] = ()) -> dict[str, object]:
    return {
        "id": str(uuid7()),
        "type": kind,
        "hash": payload_hash(dumps(payload)),
        "after": list(after),
        "occurred_at": clock.now().isoformat(),
        "payload": payload,
    }


def _check_in(seed: Seed, store: object, visit: str) -> dict[str, object]:
    payload = {
        "visit_id": visit,
        "customer_id": str(store),
        "template_id": str(seed.template),
        "reason": "far",
        "evidence": _evidence(),
    }
    return operation("visits.check_in", payload)


def _visit(seed: Seed, store: object) -> list[dict[str, object]]:
    """Five records: check-in, two steps, the note again, check-out."""
    visit = str(uuid7())
    arrive = _check_in(seed, store, visit)
    answers = [
        ("list", {"price": "pass", "stock": "fail"}),
        ("note", {"text": "补货"}),
        ("note", {"text": "已补货"}),
    ]
    steps = [
        operation(
            "visits.record_step",
            {"visit_id": visit, "step_id": step, "answer": answer, "photos": [], "evidence": _evidence()},
            (str(arrive["id"]),),
        )
        for step, answer in answers
    ]
    leave = {"visit_id": visit, "summary": "好", "unproductive_reason": "", "evidence": _evidence()}
    return [arrive, *steps, operation("visits.check_out", leave, tuple(str(each["id"]) for each in steps))]


def headers_of(rep: Rep) -> dict[str, str]:
    return {
        "Authorization": f"Bearer {rep.token}",
        "Content-Type": "application/json",
        "Qince-App": "1.0.0",
    }


def push(rep: Rep, operations: list[dict[str, object]]) -> Request:
    return "POST", "/api/phone/v1/push", dumps({"operations": operations}), headers_of(rep)


def reps_of(seed: Seed, client: int) -> Iterator[tuple[Rep, object]]:
    """Each client speaks for reps of its own, in turn, each going round the own stores."""
    mine = seed.reps[client::CLIENTS]
    for turn in itertools.count():
        rep = mine[turn % len(mine)]
        yield rep, rep.stores[(turn // len(mine)) % len(rep.stores)]


def _check_ins(seed: Seed, client: int) -> Iterator[Request]:
    for rep, store in reps_of(seed, client):
        yield push(rep, [_check_in(seed, store, str(uuid7()))])


def _pushes_of_50(seed: Seed, client: int) -> Iterator[Request]:
    for rep, store in reps_of(seed, client):
        index = rep.stores.index(store)  # type: ignore[arg-type]
        chosen = [rep.stores[(index + offset) % len(rep.stores)] for offset in range(10)]
        yield push(rep, [operation for key in chosen for operation in _visit(seed, key)])


def all_accepted(status: int, body: bytes) -> bool:
    return status == 200 and all(each["state"] == "accepted" for each in json.loads(body)["results"])


def _positions(seed: Seed, client: int) -> Iterator[Request]:
    """Batches of points within the last millisecond: new ones each time, and within working time."""
    for rep, _store in reps_of(seed, client):
        now, boot = clock.now(), str(uuid7())
        point = {"elapsed_ms": 1000, "lat": 32.0415, "lng": 118.7781, "accuracy_m": 8.5, "speed_mps": 1.4}
        points = [
            {"at": (now - timedelta(microseconds=10 * number)).isoformat(), **point}
            for number in range(POINTS)
        ]
        told = {"device_time": now.isoformat(), "elapsed_ms": 1000, "boot": boot}
        method, _path, _body, headers = push(rep, [])
        yield (
            method,
            "/api/phone/v1/positions",
            dumps({"boot": boot, "clock": told, "points": points}),
            headers,
        )


def _all_kept(status: int, body: bytes) -> bool:
    return status == 200 and json.loads(body)["kept"] == POINTS


def _console(path: str, *, fragment: bool) -> Callable[[Seed, int], Iterator[Request]]:
    def requests(seed: Seed, client: int) -> Iterator[Request]:
        headers = {"Cookie": f"sessionid={seed.session}", "Accept-Encoding": "identity"}
        if fragment:
            headers |= {"HX-Request": "true", "HX-Target": "div#listing"}
        districts = itertools.cycle(["玄武区", "秦淮区", "建邺区", "鼓楼区", "江宁区"])
        while True:
            yield "GET", path.format(district=_quoted(next(districts))), None, headers

    return requests


def _quoted(text: str) -> str:
    from urllib.parse import quote

    return quote(text)


def _shows_rows(status: int, body: bytes) -> bool:
    return status == 200 and body.count(b"<tr") >= 80


# --- Floors ---------------------------------------------------------------------------------------

# Sealed values are bytes of these lengths: a number, and an envelope.
SEALED, _SEALED_ENVELOPE = (f"decode(repeat('00', {size}), 'hex')" for size in (53, 345))
ENTER = "BEGIN;\nSET LOCAL app.organization = '{organization}';\n"
ID = "gen_random_uuid()"


def _visit_sql(seed: Seed) -> str:
    rep = seed.reps[0]
    event = (
        f"now(), now(), now(), 0, {', '.join([SEALED] * 4)}, 200, 'inside', '', '[]', {_SEALED_ENVELOPE}, ''"
    )
    columns = (
        "at, device_time, received_at, skew_s, lat, lng, accuracy_m, distance_m, radius_m, verdict, place_text, "
        "flags, envelope, operation_hash"
    )
    return f"""
WITH visit AS (
  INSERT INTO visits_visit (id, organization_id, employee_id, customer_id, template_version, steps, "on", state,
    checked_in_at, verdict, distance_m, reason, unproductive_reason, summary, flags, steps_done, photo_count, version)
  VALUES ({ID}, '{seed.organization}', '{rep.id}', '{rep.stores[0]}', 1, '[]', current_date, 'open', now(), 'inside',
    {SEALED}, '', '', '', '[]', 0, 0, 1) RETURNING id)
INSERT INTO visits_checkevent (id, organization_id, visit_id, kind, {columns})
SELECT {ID}, '{seed.organization}', id, 'in', {event} FROM visit;
INSERT INTO sync_operation
  (id, organization_id, employee_id, type, hash, state, code, result, occurred_at, received_at)
VALUES ({ID}, '{seed.organization}', '{rep.id}', 'visits.check_in', repeat('0', 64), 'accepted', '', {SEALED},
  now(), now());
INSERT INTO audit_entry (id, organization_id, at, action, actor_name, client, target_kind, target_name, changes, salt,
  digest)
VALUES ({ID}, '{seed.organization}', now(), 'visits.check_in', 'x', 'phone', 'visits.visit', 'x', '{{}}', '\\x00',
  '\\x00');
"""


def _check_in_floor(seed: Seed) -> str:
    enter = ENTER.format(organization=seed.organization)
    token = (
        "SELECT d.employee_id FROM accounts_device d "
        "JOIN accounts_account a ON a.id = d.account_id WHERE token_digest = 'x';\n"
    )
    return f"{token}{enter}{_visit_sql(seed)}COMMIT;\n"


def _push_floor(seed: Seed) -> str:
    """Fifty rows: ten visits, ten events each way, thirty answers, and as many operations, in one transaction."""
    enter = ENTER.format(organization=seed.organization)
    rep = seed.reps[0]
    operations = f"""
INSERT INTO sync_operation
  (id, organization_id, employee_id, type, hash, state, code, result, occurred_at, received_at)
SELECT {ID}, '{seed.organization}', '{rep.id}', 'visits.record_step', repeat('0', 64), 'accepted', '', NULL,
  now(), now()
FROM generate_series(1, 40);
WITH visit AS (SELECT id FROM visits_visit WHERE organization_id = '{seed.organization}'
  AND employee_id = '{rep.id}' AND "on" = current_date ORDER BY id DESC LIMIT 10)
INSERT INTO visits_steprecord (id, organization_id, visit_id, step_id, kind, answer, at)
SELECT {ID}, '{seed.organization}', visit.id, {ID}::text, 'note', '{{}}', now() FROM visit, generate_series(1, 3);
"""
    return f"{enter}{_visit_sql(seed) * 10}{operations}COMMIT;\n"


def _list_floor(seed: Seed) -> str:
    enter = ENTER.format(organization=seed.organization)
    return (
        f"{enter}SELECT id, code, name, kind, channel, tier, status, district, address FROM customers_customer "
        f"WHERE organization_id = '{seed.organization}' AND district = '玄武区' ORDER BY code LIMIT 80;\nCOMMIT;\n"
    )


def _positions_floor(seed: Seed) -> str:
    """A hundred rows in one statement, with the index that makes a repeat known; no evidence read, no audit."""
    enter = ENTER.format(organization=seed.organization)
    columns = "id, organization_id, employee_id, at, skew_s, lat, lng, accuracy_m, speed_mps"
    return (
        f"{enter}INSERT INTO tracking_fix ({columns}) "  # nosec B608
        f"SELECT {ID}, '{seed.organization}', '{seed.reps[0].id}', "
        f"clock_timestamp() - n * interval '1 day', 0, {', '.join([SEALED] * 4)} "
        f"FROM generate_series(1, {POINTS}) n ON CONFLICT DO NOTHING;\nCOMMIT;\n"
    )


LIST = "/customers/?district={district}&size=80"
ALL = [
    Operation("check_in", _check_ins, _check_in_floor, all_accepted, is_personal=True),
    Operation("push_50", _pushes_of_50, _push_floor, all_accepted, is_personal=True),
    Operation("list_80", _console(LIST, fragment=True), _list_floor, _shows_rows),
    Operation("list_page", _console(LIST, fragment=False), _list_floor, _shows_rows),
    Operation("positions", _positions, _positions_floor, _all_kept, carries=POINTS),
]
