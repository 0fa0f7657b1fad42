"""A batch of positions as a phone sends it, and the answer. `docs/sync.md` is their specification."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec

from qince.engines.evidence.envelope import Clock, Moment

MAX_POINTS = 200
MAX_BODY = 64 * 1024


class TrackPoint(msgspec.Struct, forbid_unknown_fields=True):
    """`at` by the phone's clock, `elapsed_ms` by its steady clock; WGS-84, metres, metres per second."""

    at: Moment
    elapsed_ms: Annotated[int, msgspec.Meta(ge=0, le=2**53)]
    lat: Annotated[float, msgspec.Meta(ge=-90, le=90)]
    lng: Annotated[float, msgspec.Meta(ge=-180, le=180)]
    accuracy_m: Annotated[float, msgspec.Meta(ge=0, le=10_000_000)]
    speed_mps: Annotated[float, msgspec.Meta(ge=0, le=1000)] | None = None


class Positions(msgspec.Struct, forbid_unknown_fields=True):
    """Points of one run of the app (`boot`), with the phone's clocks at the moment of sending."""

    boot: UUID
    clock: Clock
    points: Annotated[list[TrackPoint], msgspec.Meta(min_length=1, max_length=MAX_POINTS)]


class PositionsAnswer(msgspec.Struct):
    """What became of the points: newly kept, known before, and refused by reason."""

    kept: int
    repeated: int
    refused: dict[str, int]
    server_time: datetime
