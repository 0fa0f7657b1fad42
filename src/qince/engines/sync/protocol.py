"""The protocol's messages. `docs/sync.md` is their specification."""

import hashlib
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec

from qince.engines.evidence.envelope import Clock, Moment

PROTOCOL = 1
MINIMUM_PROTOCOL = 1
MAX_OPERATIONS = 500
MAX_BODY = 2 * 1024 * 1024


class Operation(msgspec.Struct, forbid_unknown_fields=True):
    """One act of the phone. `payload` stays undecoded until its type is known."""

    id: UUID
    type: Annotated[str, msgspec.Meta(max_length=60)]
    hash: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
    occurred_at: Moment
    payload: msgspec.Raw
    after: Annotated[list[UUID], msgspec.Meta(max_length=50)] = []
    base_version: int | None = None


class Push(msgspec.Struct, forbid_unknown_fields=True):
    operations: Annotated[list[Operation], msgspec.Meta(min_length=1, max_length=MAX_OPERATIONS)]
    clock: Clock | None = None


class Result(msgspec.Struct, omit_defaults=True):
    id: UUID
    state: str
    code: str = ""
    message: str = ""
    result: dict[str, Any] = {}
    repeat: bool = False


class PushAnswer(msgspec.Struct):
    results: list[Result]
    server_time: datetime


def payload_hash(payload: bytes | msgspec.Raw) -> str:
    """SHA-256 of the payload in its one spelling: sorted keys, no blanks, non-ASCII as it is."""
    return hashlib.sha256(_canonical.encode(msgspec.json.decode(payload))).hexdigest()


_canonical = msgspec.json.Encoder(order="deterministic")
