"""What a phone may send and fetch of attendance."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from qince.employee.attendance.actions import PunchPayload, record_punches
from qince.employee.attendance.models import Punch, WorkPlace
from qince.engines.sync.registry import Context, Item, Outcome, collection, operation
from qince.kit.actor import Actor

HISTORY = timedelta(days=14)


@operation("attendance.punch", PunchPayload)
def punch(actor: Actor, items: list[Item[PunchPayload]], context: Context) -> list[Outcome]:
    return record_punches(actor, items=items, context=context)


def _place_versions(actor: Actor, now: datetime) -> dict[str, Any]:
    rows = WorkPlace.objects.filter(is_active=True).values_list("pk", "version")
    return {str(key): version for key, version in rows}


def _places(actor: Actor, keys: list[str], now: datetime) -> Iterable[dict[str, Any]]:
    return WorkPlace.objects.filter(pk__in=keys).values("id", "name", "address", "lat", "lng", "radius_m")


def _own(actor: Actor, now: datetime) -> Any:
    return Punch.objects.filter(employee=actor.employee_id, work_date__gte=(now - HISTORY).date())


def _punch_versions(actor: Actor, now: datetime) -> dict[str, Any]:
    return dict.fromkeys(map(str, _own(actor, now).values_list("pk", flat=True)), 1)


def _punches(actor: Actor, keys: list[str], now: datetime) -> Iterable[dict[str, Any]]:
    for row in _own(actor, now).filter(pk__in=keys):
        yield {
            "id": row.pk,
            "kind": row.kind,
            "punched_at": row.at,
            "work_place_id": row.work_place_id,
            "verdict": row.verdict,
            "distance_m": row.distance_m,
            "place_text": row.place_text,
        }


collection("work_places", versions=_place_versions, load=_places)
collection("punches", versions=_punch_versions, load=_punches)
