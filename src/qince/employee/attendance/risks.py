"""What about a press raises a question: evidence for a person to look at, never a verdict, and each with its reason.

The phone's own word on a simulated position misses and misfires; these are told from facts on the server.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from qince.core.accounts.models import Device
from qince.employee.attendance.models import Punch
from qince.kit.geo import Point, geodesic_m

SHARED_DEVICE, IMPOSSIBLE_SPEED, IDENTICAL = "shared_device", "impossible_speed", "identical_coordinates"
NEW_DEVICE = "new_device"
CODES = (SHARED_DEVICE, IMPOSSIBLE_SPEED, IDENTICAL, NEW_DEVICE)
TOGETHER = timedelta(hours=12)  # one device for two people within so long
FASTEST_MPS = 83.0  # 300 km/h
FAR_M = 2000.0  # nearer, two positions differ by chance
SAME = 3  # so many positions equal to the last digit: receivers never repeat themselves
REMEMBERED = timedelta(days=90)  # a phone not used for so long is new again
VERSION = "risk-2"
Risk = dict[str, Any]


def find(punches: Sequence[Punch]) -> None:
    """Write the reasons into these new presses of one person's push, and into those they share a device with."""
    if not punches:
        return
    earlier = _earlier(punches)
    others = _on_the_same_device(punches)
    used = _used(punches)
    for punch in punches:
        known = [each for each in earlier if each.at < punch.at]
        punch.risks = [
            *_speed(punch, known),
            *_identical(punch, known),
            *([{"code": SHARED_DEVICE}] if others[punch.pk] else []),
            *_new(punch.device_id, used),
        ]
        earlier.append(punch)
    changed = [punch for punch in punches if punch.risks]
    Punch.objects.bulk_update(changed, ["risks"])
    _mark({other.pk: other for found in others.values() for other in found}.values())


def again(punch: Punch) -> list[str]:
    """The codes by today's rule, from what is stored."""
    earlier = list(
        Punch.objects.filter(
            employee=punch.employee_id, at__lt=punch.at, at__gte=punch.at - timedelta(days=14)
        ).order_by("at")
    )
    found = [risk["code"] for risk in (*_speed(punch, earlier), *_identical(punch, earlier))]
    found += [SHARED_DEVICE] if _on_the_same_device([punch])[punch.pk] else []
    return found + [risk["code"] for risk in _new(punch.device_id, _used([punch]))]


def _earlier(punches: Sequence[Punch]) -> list[Punch]:
    first = min(punch.at for punch in punches)
    rows = Punch.objects.filter(
        employee=punches[0].employee_id, at__lt=first, at__gte=first - timedelta(days=14)
    ).order_by("-at")[:8]
    return sorted(rows, key=lambda each: each.at)


def _speed(punch: Punch, earlier: Sequence[Punch]) -> list[Risk]:
    last = next((each for each in reversed(earlier) if each.lat is not None), None)
    if last is None or punch.lat is None:
        return []
    metres = _between(punch, last)
    seconds = max(1.0, (punch.at - last.at).total_seconds())
    slack = (punch.accuracy_m or 0) + (last.accuracy_m or 0)
    if metres - slack < FAR_M or (metres - slack) / seconds <= FASTEST_MPS:
        return []
    return [{"code": IMPOSSIBLE_SPEED, "minutes": round(seconds / 60)}]


def _identical(punch: Punch, earlier: Sequence[Punch]) -> list[Risk]:
    if punch.lat is None:
        return []
    here = (punch.lat, punch.lng)
    held = [(each.lat, each.lng) for each in earlier if each.lat is not None][1 - SAME :]
    return [{"code": IDENTICAL, "times": SAME}] if len(held) == SAME - 1 and set(held) == {here} else []


def _used(punches: Sequence[Punch]) -> set[UUID]:
    """The phones that the person pressed with before the first of these. Signing in again on one makes no other."""
    first = min(punch.at for punch in punches)
    before = Punch.objects.filter(
        employee=punches[0].employee_id, at__lt=first, at__gte=first - REMEMBERED, device_id__isnull=False
    ).exclude(pk__in=[punch.pk for punch in punches])
    return set(before.values_list("device_id", flat=True).distinct())


def _new(phone: UUID | None, used: set[UUID]) -> list[Risk]:
    """The first press with a phone, by somebody who has pressed with another; from then on it is known."""
    if phone is None or phone in used:
        return []
    found: list[Risk] = [{"code": NEW_DEVICE, "phones": len(used)}] if used else []
    used.add(phone)
    return found


def _between(one: Any, other: Any) -> float:
    return float(geodesic_m(Point(one.lat, one.lng), Point(other.lat, other.lng)))


def _on_the_same_device(punches: Sequence[Punch]) -> dict[UUID, list[Punch]]:
    """Presses of other people on the same phone, shortly before or after. A phone has a row for each account."""
    found: dict[UUID, list[Punch]] = defaultdict(list)
    keys = {punch.device_id for punch in punches if punch.device_id}
    installs = Device.objects.filter(pk__in=keys, app_device_id__isnull=False).values("app_device_id")
    organization = punches[0].organization_id
    phones = dict(
        Device.objects.filter(app_device_id__in=installs, organization=organization).values_list(
            "pk", "app_device_id"
        )
    )
    if len(phones) <= len(keys):
        return found
    begin, end = _around([punch.at for punch in punches])
    others = Punch.objects.filter(device_id__in=list(phones), at__range=(begin, end)).exclude(
        employee=punches[0].employee_id
    )
    for other in others:
        for punch in punches:
            same = phones.get(punch.device_id) == phones[other.device_id]  # type: ignore[arg-type, index]
            if same and abs(other.at - punch.at) <= TOGETHER:
                found[punch.pk].append(other)
    return found


def _around(times: Sequence[datetime]) -> tuple[datetime, datetime]:
    return min(times) - TOGETHER, max(times) + TOGETHER


def _mark(others: Any) -> None:
    """The other person's press raises the same question; its time and place stay as they are."""
    rows = [other for other in others if all(risk["code"] != SHARED_DEVICE for risk in other.risks)]
    for other in rows:
        other.risks = [*other.risks, {"code": SHARED_DEVICE}]
    Punch.objects.bulk_update(rows, ["risks"])
