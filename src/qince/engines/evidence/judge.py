"""From an envelope and a fence to the columns of `Evidenced`."""

from datetime import datetime
from typing import Any

from qince.engines.evidence.envelope import Clock, Evidence, as_json, read_time
from qince.engines.evidence.models import Verdict
from qince.kit import geo


class Fence:
    """A place on the ground that an act is compared with."""

    __slots__ = ("cap_m", "centre", "radius_m", "unusable_m")

    def __init__(
        self, lat: float | None, lng: float | None, radius_m: int, *, cap_m: int, unusable_m: int
    ) -> None:
        self.centre = None if lat is None or lng is None else geo.Point(lat, lng)
        self.radius_m, self.cap_m, self.unusable_m = radius_m, cap_m, unusable_m


def judge(
    evidence: Evidence,
    fence: Fence | None,
    *,
    sent: Clock | None,
    received_at: datetime,
    operation_hash: str = "",
    is_last_word: bool = False,
) -> dict[str, Any]:
    """The columns of `Evidenced` for this act. Without a position the verdict is manual. `is_last_word`: no better fix
    will come, so one too vague to judge by leaves it uncertain.
    """
    reading = read_time(evidence, sent=sent, received_at=received_at)
    position = evidence.position
    point = position.point() if position else None
    distance = geo.geodesic_m(point, fence.centre) if point and fence and fence.centre else None
    return {
        "at": reading.at,
        "device_time": evidence.device_time,
        "received_at": received_at,
        "skew_s": round(reading.skew.total_seconds()),
        "lat": point.lat if point else None,
        "lng": point.lng if point else None,
        "accuracy_m": position.accuracy_m if position else None,
        "distance_m": None if distance is None else round(distance, 1),
        "radius_m": fence.radius_m if fence else None,
        "verdict": _verdict(position, distance, fence, is_last_word),
        "place_text": evidence.manual_place.text if evidence.manual_place else "",
        "flags": [
            *reading.flags,
            *(["mock"] if position and position.is_mock else []),
            *(["approximate"] if position and position.is_approximate else []),
        ],
        "envelope": as_json(evidence),
        "operation_hash": operation_hash,
    }


def _verdict(position: Any, distance: float | None, fence: Fence | None, is_last_word: bool) -> str:
    if position is None:
        return Verdict.MANUAL
    if distance is None or fence is None:
        return Verdict.UNCERTAIN
    found = geo.fence_verdict(
        distance, position.accuracy_m, fence.radius_m, cap_m=fence.cap_m, unusable_m=fence.unusable_m
    )
    return str(found.as_recorded if is_last_word else found)
