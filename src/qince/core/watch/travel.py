"""Impossible travel: two acts of one person, too far apart for the time between them.

Features that keep positions of acts offer them here; nothing is kept a second time. A job looks every minute at those
who acted since, so that a check-in waits for none of it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

from qince.core.watch.alerts import raise_for
from qince.core.watch.deciding import FAR_KM, IMPOSSIBLE_KMH, IMPOSSIBLE_TRAVEL
from qince.kit.geo import Point, geodesic_m

LOOKED_BACK = timedelta(hours=12)
FRESH = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody was at an act; the position may be off by `accuracy_m`."""

    employee_id: UUID
    at: datetime
    point: Point
    accuracy_m: float


def places_of(rows: Iterable[tuple[Any, ...]]) -> list[Place]:
    """From rows of (employee, time, latitude, longitude, accuracy); erased positions are left out."""
    return [
        Place(employee_id, at, Point(lat, lng), accuracy or 0.0)
        for employee_id, at, lat, lng, accuracy in rows
        if lat is not None and lng is not None
    ]


@dataclass(frozen=True, slots=True)
class Source:
    """Of one feature: who acted since, and their acts with positions since."""

    who: Callable[[datetime], Iterable[UUID]]
    places: Callable[[set[UUID], datetime], Iterable[Place]]


sources: list[Source] = []


def kmh(a: Place, b: Place) -> float:
    """The least speed that explains both acts, or 0 where they are near enough for their vagueness."""
    km = (geodesic_m(a.point, b.point) - a.accuracy_m - b.accuracy_m) / 1000
    hours = max(abs((b.at - a.at).total_seconds()), 1.0) / 3600
    return km / hours if km > FAR_KM else 0.0


def look(organization_id: UUID, *, now: datetime) -> int:
    """Look at those who acted just now; how many alerts were raised. Runs inside the organization."""
    who = {each for source in sources for each in source.who(now - FRESH)}
    found: dict[UUID, list[Place]] = defaultdict(list)
    for source in sources if who else ():
        for place in source.places(who, now - LOOKED_BACK):
            found[place.employee_id].append(place)
    raised = 0
    for employee_id, places in found.items():
        for a, b in pairwise(sorted(places, key=lambda each: each.at)):
            if (speed := kmh(a, b)) > IMPOSSIBLE_KMH:
                key = f"{b.at:%Y-%m-%dT%H:%M:%S}"
                facts = {"kmh": round(speed)}
                alert = raise_for(
                    organization_id, employee_id, IMPOSSIBLE_TRAVEL, key=key, facts=facts, now=now
                )
                raised += alert is not None
    return raised
