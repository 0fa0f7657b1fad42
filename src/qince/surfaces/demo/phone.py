"""A simulated phone: it makes operations with their evidence, and pushes them through the real engine."""

import hashlib
import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec

from qince.core.files.actions import receive_chunk
from qince.engines.evidence.envelope import Clock
from qince.engines.sync.actions import take_in
from qince.engines.sync.protocol import MAX_OPERATIONS, Operation, Push, payload_hash
from qince.kit import clock
from qince.kit.actor import Actor

APP_VERSION = "1.0.0"


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@dataclass(slots=True)
class Fix:
    """Where the phone thinks it is; `text` instead when its owner shares no location."""

    lat: float = 0.0
    lng: float = 0.0
    accuracy_m: float = 10.0
    text: str = ""


@dataclass(slots=True)
class Phone:
    """One day of one person's phone. `skew` is how far its clock is off."""

    actor: Actor
    rng: random.Random
    started: datetime
    skew: timedelta = timedelta(0)
    operations: list[Operation] = field(default_factory=list)
    pictures: list[bytes] = field(default_factory=list)
    boot: UUID = field(init=False)

    def __post_init__(self) -> None:
        self.boot = self.new_id(self.started)

    def new_id(self, at: datetime) -> UUID:
        """A UUIDv7 of that instant; the same seed makes the same ids."""
        number = (int(at.timestamp() * 1000) << 80) | self.rng.getrandbits(80)
        number = (number & ~(0xF << 76)) | (0x7 << 76)
        return UUID(int=(number & ~(0x3 << 62)) | (0x2 << 62))

    def evidence(self, at: datetime, fix: Fix) -> dict[str, Any]:
        device_time = (at + self.skew).isoformat()
        position = {
            "lat": round(fix.lat, 6), "lng": round(fix.lng, 6), "accuracy_m": round(fix.accuracy_m, 1),
            "taken_at": device_time, "datum": "WGS84", "source": "device",
        }  # fmt: skip
        return {
            "device_time": device_time,
            "elapsed_ms": self._elapsed(at),
            "boot": str(self.boot),
            "app_version": APP_VERSION,
            "position": None if fix.text else position,
            "manual_place": {"text": fix.text} if fix.text else None,
        }

    def _elapsed(self, at: datetime) -> int:
        return max(0, int((at - self.started).total_seconds() * 1000))

    def add(self, kind: str, payload: dict[str, Any], at: datetime, *after: UUID) -> UUID:
        """Put an operation into the outbox."""
        raw = msgspec.Raw(msgspec.json.encode(payload))
        operation = Operation(
            id=self.new_id(at), type=kind, hash=payload_hash(raw), occurred_at=at, payload=raw,
            after=list(after),
        )  # fmt: skip
        self.operations.append(operation)
        return operation.id

    def send(self, now: datetime) -> None:
        """Push what waits, then the pictures, as if the signal came back at `now`. Nothing may be refused."""
        sent = {"device_time": now + self.skew, "elapsed_ms": self._elapsed(now), "boot": self.boot}
        reading = msgspec.convert(sent, type=Clock)
        with clock.at(now):
            for first in range(0, len(self.operations), MAX_OPERATIONS):
                part = self.operations[first : first + MAX_OPERATIONS]
                answers = take_in(self.actor, Push(operations=part, clock=reading), now=now)
                if wrong := [each for each in answers if each.state != "accepted"]:
                    raise RuntimeError(f"{self.actor.name}: {wrong[0]}")
            for picture in self.pictures:
                self._upload(picture)
        self.operations, self.pictures = [], []

    def _upload(self, picture: bytes) -> None:
        receive_chunk(
            self.actor, sha256=sha256(picture), offset=0, size=len(picture), chunk=picture, is_evidence=True
        )
