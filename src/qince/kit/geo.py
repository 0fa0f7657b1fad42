"""Places on the earth: datums, distances and the fence.

A place is kept as WGS-84 together with the datum it was measured in, and converted for display.
Chinese maps draw in GCJ-02 (AMap, Tencent) or BD-09 (Baidu), hundreds of metres off WGS-84, so a
number without its datum is not a place.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from enum import StrEnum
from typing import NamedTuple

from geographiclib.geodesic import Geodesic


class Datum(StrEnum):
    """What a pair of degrees refers to. Spellings such as ``GCJ-02`` and ``gcj02`` are accepted."""

    WGS84 = "WGS84"
    GCJ02 = "GCJ02"
    BD09 = "BD09"

    @classmethod
    def _missing_(cls, value: object) -> Datum | None:
        plain = "".join(c for c in str(value).upper() if c.isalnum())
        return next((datum for datum in cls if datum.value == plain), None)


class NotAPlace(ValueError):
    """Degrees that no place on earth has."""


class Point(NamedTuple):
    """Latitude and longitude in degrees, in this order. The datum is said by whoever holds it."""

    lat: float
    lng: float

    @classmethod
    def checked(cls, lat: float, lng: float) -> Point:
        """A point from untrusted numbers; raises NotAPlace when out of range, infinite or NaN."""
        if not (-90 <= lat <= 90 and -180 <= lng <= 180):
            raise NotAPlace(f"{lat}, {lng}")
        return cls(float(lat), float(lng))


# --- Datums ---------------------------------------------------------------------------------------
# The published formulas, as in gcoord 1.0.7, whose answers the tests compare with.

_KRASOVSKY_A = 6378245.0
_KRASOVSKY_EE = 0.006693421622965823
_BAIDU = math.pi * 3000.0 / 180.0


def is_in_china(point: Point) -> bool:
    """Whether GCJ-02 shifts this point: a rough box, as every implementation draws it."""
    return 72.004 <= point.lng <= 137.8347 and 0.8293 <= point.lat <= 55.8271


def convert(point: Point, source: Datum, target: Datum) -> Point:
    """The same place in another datum. Back and forth returns within a centimetre."""
    if source == target:
        return point
    if Datum.GCJ02 in (source, target):
        return _STEPS[source, target](point)
    return convert(convert(point, source, Datum.GCJ02), Datum.GCJ02, target)


def to_wgs84(point: Point, datum: Datum) -> Point:
    return convert(point, datum, Datum.WGS84)


def _wgs84_to_gcj02(point: Point) -> Point:
    if not is_in_china(point):
        return point
    east, north = _gcj02_shift_m(point.lng - 105.0, point.lat - 35.0)
    latitude = math.radians(point.lat)
    bend = 1 - _KRASOVSKY_EE * math.sin(latitude) ** 2
    prime_vertical = _KRASOVSKY_A / math.sqrt(bend)
    meridian = prime_vertical * (1 - _KRASOVSKY_EE) / bend
    return Point(
        point.lat + math.degrees(north / meridian),
        point.lng + math.degrees(east / (prime_vertical * math.cos(latitude))),
    )


def _gcj02_shift_m(x: float, y: float) -> tuple[float, float]:
    """Metres east and north by which GCJ-02 moves a point; x, y: degrees from 105 E, 35 N."""
    ripple = 20 * math.sin(6 * x * math.pi) + 20 * math.sin(2 * x * math.pi)
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * math.sqrt(abs(x))
    east += (ripple + _wave(x, 20, 1) + _wave(x, 40, 3) + _wave(x, 150, 12) + _wave(x, 300, 30)) * 2 / 3
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * math.sqrt(abs(x))
    north += (ripple + _wave(y, 20, 1) + _wave(y, 40, 3) + _wave(y, 160, 12) + _wave(y, 320, 30)) * 2 / 3
    return east, north


def _wave(degrees: float, height: float, period: float) -> float:
    return height * math.sin(degrees / period * math.pi)


def _gcj02_to_bd09(point: Point) -> Point:
    radius = math.hypot(point.lng, point.lat) + 0.00002 * math.sin(point.lat * _BAIDU)
    angle = math.atan2(point.lat, point.lng) + 0.000003 * math.cos(point.lng * _BAIDU)
    return Point(radius * math.sin(angle) + 0.006, radius * math.cos(angle) + 0.0065)


def _inverse(forward: Callable[[Point], Point]) -> Callable[[Point], Point]:
    """The way back by fixed-point steps: a shift changes slowly, so each gains about two digits."""

    def backward(point: Point) -> Point:
        guess = point
        for _ in range(10):
            shifted = forward(guess)
            lat_off, lng_off = shifted.lat - point.lat, shifted.lng - point.lng
            guess = Point(guess.lat - lat_off, guess.lng - lng_off)
            if abs(lat_off) < 1e-10 and abs(lng_off) < 1e-10:
                break
        return guess

    return backward


_STEPS: dict[tuple[Datum, Datum], Callable[[Point], Point]] = {
    (Datum.WGS84, Datum.GCJ02): _wgs84_to_gcj02,
    (Datum.GCJ02, Datum.WGS84): _inverse(_wgs84_to_gcj02),
    (Datum.GCJ02, Datum.BD09): _gcj02_to_bd09,
    (Datum.BD09, Datum.GCJ02): _inverse(_gcj02_to_bd09),
}


# --- Distance -------------------------------------------------------------------------------------


def geodesic_m(a: Point, b: Point) -> float:
    """Metres between two WGS-84 points along the ellipsoid (Karney, exact to nanometres; ~50 µs)."""
    return float(Geodesic.WGS84.Inverse(*a, *b, Geodesic.DISTANCE)["s12"])


def nearby_m(a: Point, b: Point) -> float:
    """Metres between two near WGS-84 points, for long lists: within 0.1 % below 5 km (~1 µs).

    A plane touching the ellipsoid half way. Never decide a fence by it.
    """
    latitude = math.radians((a.lat + b.lat) / 2)
    bend = 1 - _WGS84_EE * math.sin(latitude) ** 2
    prime_vertical = _WGS84_A / math.sqrt(bend)
    north = math.radians(b.lat - a.lat) * prime_vertical * (1 - _WGS84_EE) / bend
    lng_off = (b.lng - a.lng + 180) % 360 - 180  # the short way round
    return math.hypot(north, math.radians(lng_off) * prime_vertical * math.cos(latitude))


_WGS84_A = Geodesic.WGS84.a
_WGS84_EE = Geodesic.WGS84.f * (2 - Geodesic.WGS84.f)


# --- Fence ----------------------------------------------------------------------------------------


class Verdict(StrEnum):
    """What a measured distance says about being inside a fence."""

    INSIDE = "inside"
    OUTSIDE = "outside"
    UNCERTAIN = "uncertain"
    UNUSABLE = "unusable"

    @property
    def as_recorded(self) -> Verdict:
        """The state to keep when no better fix can be had: an unusable fix leaves it uncertain."""
        return Verdict.UNCERTAIN if self is Verdict.UNUSABLE else self


def fence_verdict(
    distance_m: float, accuracy_m: float, radius_m: float, *, cap_m: float = 100, unusable_m: float = 500
) -> Verdict:
    """Judge a fix measured ``distance_m`` from a fence's centre, good to ``accuracy_m``.

    Asked in this order:

    1. accuracy worse than ``unusable_m``, or unknown (NaN): *unusable*. First, because a fix that may
       be kilometres off proves nothing even when it falls on the centre. A visit asks for another
       fix; attendance, which must never be lost, keeps ``as_recorded``, that is *uncertain*.
    2. ``distance ≤ radius``: *inside*. Arrival is judged without a margin.
    3. ``distance − min(accuracy, cap) > radius``: *outside*. The cap keeps a poor fix from excusing
       any distance.
    4. otherwise *uncertain*.
    """
    if math.isnan(distance_m) or distance_m < 0 or accuracy_m < 0:
        raise ValueError(f"distance {distance_m}, accuracy {accuracy_m}")
    if not accuracy_m <= unusable_m:
        return Verdict.UNUSABLE
    if distance_m <= radius_m:
        return Verdict.INSIDE
    if distance_m - min(accuracy_m, cap_m) > radius_m:
        return Verdict.OUTSIDE
    return Verdict.UNCERTAIN
