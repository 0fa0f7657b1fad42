"""A phone that sends: operations with their hashes, evidence, and a push into the engine."""

import json
from datetime import timedelta

import msgspec

from qince.engines.sync.actions import take_in
from qince.engines.sync.protocol import Push, payload_hash
from qince.kit import clock
from qince.kit.ids import uuid7

HERE = {"lat": 32.0415, "lng": 118.7781}


def evidence(
    *, at=None, lat=HERE["lat"], lng=HERE["lng"], accuracy_m=12.5, manual="", elapsed_ms=1000, boot=None
):
    at = at or clock.now()
    position = {
        "lat": lat,
        "lng": lng,
        "accuracy_m": accuracy_m,
        "datum": "WGS84",
        "taken_at": at.isoformat(),
    }
    return {
        "device_time": at.isoformat(),
        "elapsed_ms": elapsed_ms,
        "boot": str(boot or uuid7()),
        "app_version": "1.0.0",
        "position": None if manual else position,
        "manual_place": {"text": manual} if manual else None,
    }


def operation(type, payload, *, id=None, after=(), at=None, hash=None, base=None):
    raw = json.dumps(payload, ensure_ascii=False).encode()
    return {
        "id": str(id or uuid7()),
        "type": type,
        "hash": hash or payload_hash(raw),
        "after": [str(key) for key in after],
        "base_version": base,
        "occurred_at": (at or clock.now() - timedelta(seconds=5)).isoformat(),
        "payload": payload,
    }


def push(actor, *operations, now=None, sent=None):
    """The engine's answers, by operation id."""
    body = msgspec.json.encode({"operations": list(operations), "clock": sent})
    results = take_in(actor, msgspec.json.decode(body, type=Push), now=now or clock.now())
    return {str(result.id): result for result in results}


def punch(*, kind="in", **fields):
    payload = {
        "punch_id": str(uuid7()),
        "kind": kind,
        "work_place_id": None,
        "note": "",
        "evidence": evidence(**fields),
    }
    return operation("attendance.punch", payload)
