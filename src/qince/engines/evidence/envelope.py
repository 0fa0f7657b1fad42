"""The envelope as it arrives, and its reading: when the act happened, where, and how far to trust both."""

from datetime import datetime, timedelta
from typing import Annotated, Any
from uuid import UUID

import msgspec
from django.utils.translation import gettext_lazy as _

from qince.kit.errors import Refusal
from qince.kit.geo import Datum, Point, to_wgs84

Moment = Annotated[datetime, msgspec.Meta(tz=True)]
# Beyond this the phone's clock is worth telling the reader about.
NOTABLE_SKEW = timedelta(minutes=2)
EARLIEST = timedelta(days=60)
# Where only an approximate position is allowed, systems blur it to kilometres; no receiver out of doors is that vague.
APPROXIMATE_M = 1000
FARTHEST = timedelta(days=36_500)  # made-up clocks may claim more; a calendar cannot reckon with it


class Position(msgspec.Struct, forbid_unknown_fields=True):
    lat: Annotated[float, msgspec.Meta(ge=-90, le=90)]
    lng: Annotated[float, msgspec.Meta(ge=-180, le=180)]
    accuracy_m: Annotated[float, msgspec.Meta(ge=0, le=10_000_000)]
    taken_at: Moment
    datum: Datum = Datum.WGS84
    source: Annotated[str, msgspec.Meta(max_length=20)] = "device"
    is_mock: bool | None = None

    @property
    def is_approximate(self) -> bool:
        """Whether the device let be known only about where it is (C2.2.4-15)."""
        return self.accuracy_m >= APPROXIMATE_M

    def point(self) -> Point:
        """The position in WGS-84."""
        return to_wgs84(Point(self.lat, self.lng), self.datum)


class ManualPlace(msgspec.Struct, forbid_unknown_fields=True):
    text: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]


class Evidence(msgspec.Struct, forbid_unknown_fields=True):
    device_time: Moment
    elapsed_ms: Annotated[int, msgspec.Meta(ge=0, le=2**53)]
    boot: UUID
    app_version: Annotated[str, msgspec.Meta(max_length=20)] = ""
    position: Position | None = None
    manual_place: ManualPlace | None = None


class Clock(msgspec.Struct, forbid_unknown_fields=True):
    """The phone's clocks at the moment of sending."""

    device_time: Moment
    elapsed_ms: Annotated[int, msgspec.Meta(ge=0, le=2**53)]
    boot: UUID


class Reading(msgspec.Struct, frozen=True):
    """When an act happened by the server's time, and how far the phone's clock was off (positive: fast)."""

    at: datetime
    skew: timedelta
    flags: tuple[str, ...]


def read_time(evidence: Evidence, *, sent: Clock | None, received_at: datetime) -> Reading:
    """Work out when the act happened, by the server's time.

    The phone's clock may be wrong or changed; its steady clock cannot be changed, but stands still while the phone
    sleeps. So, from the clocks at the act and at sending: see `_age`. The future is cut to `received_at`.
    """
    age = _age(evidence, sent, received_at) if sent else received_at - evidence.device_time
    at = received_at - max(-FARTHEST, min(age, FARTHEST))
    skew = evidence.device_time - at
    flags = marks_of_time(at, skew if sent else timedelta(0), received_at)
    return Reading(min(at, received_at), skew, tuple(flags))


def marks_of_time(at: datetime, skew: timedelta, received_at: datetime) -> list[str]:
    """What is notable about a time as it was worked out, before the future is cut off."""
    flags = ["clock_skew"] if abs(skew) > NOTABLE_SKEW else []
    if at - received_at > NOTABLE_SKEW:
        flags.append("future")
    if received_at - at > EARLIEST:
        flags.append("long_ago")
    return flags


def _age(evidence: Evidence, sent: Clock, received_at: datetime) -> timedelta:
    """How long before `received_at` the act happened.

    Across runs of the app only the phone's clock tells, corrected by being compared at sending. Within one run:

    * the clock shows less than the steady clock: it was set back in between; the steady clock is right;
    * it shows more, by as much as it is off at sending: it was set forward in between; the steady clock is right;
    * else what the steady clock lacks is sleep; the clock is right about the difference.
    """
    by_clock = sent.device_time - evidence.device_time
    if sent.boot != evidence.boot or sent.elapsed_ms < evidence.elapsed_ms:
        off = sent.device_time - received_at
        return by_clock if abs(off) > NOTABLE_SKEW else received_at - evidence.device_time
    steady = timedelta(milliseconds=sent.elapsed_ms - evidence.elapsed_ms)
    more = by_clock - steady
    was_set_forward = more > NOTABLE_SKEW and abs(more - (sent.device_time - received_at)) <= NOTABLE_SKEW
    return steady if more < -NOTABLE_SKEW or was_set_forward else max(by_clock, steady)


def place_required() -> Refusal:
    return Refusal(
        "place_required",
        _("Without a position, say in a few words where you are."),
        field="manual_place",
    )


def as_json(evidence: Evidence) -> dict[str, Any]:
    return msgspec.to_builtins(evidence)  # type: ignore[no-any-return]
