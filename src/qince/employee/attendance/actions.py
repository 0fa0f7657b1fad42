"""Writes of attendance."""

from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID

import msgspec
from django.utils.translation import gettext as _

from qince.employee.attendance.events import Punched
from qince.employee.attendance.models import Punch, WorkPlace
from qince.engines.evidence.envelope import Evidence
from qince.engines.evidence.judge import Fence, judge
from qince.engines.evidence.place import require_place
from qince.engines.sync.registry import Context, Item, Outcome
from qince.kit import bulk, clock
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.errors import Refusal
from qince.kit.events import publish
from qince.kit.geo import Point, geodesic_m


class PunchPayload(msgspec.Struct, forbid_unknown_fields=True):
    punch_id: UUID
    kind: str
    evidence: Evidence
    work_place_id: UUID | None = None
    note: Annotated[str, msgspec.Meta(max_length=200)] = ""


@action("attendance.punch")
def record_punches(actor: Actor, *, items: Sequence[Item[PunchPayload]], context: Context) -> list[Outcome]:
    """Keep each press of the button, inside or outside: evidence is never refused for where it was made.

    Refused only: a position nobody allowed, no place at all, an unknown kind.
    """
    places = {place.pk: place for place in WorkPlace.objects.filter(is_active=True)}
    outcomes: list[Outcome] = []
    punches: list[Punch] = []
    for item in items:
        try:
            punch = _punch(actor, item, places, context)
        except Refusal as refusal:
            outcomes.append(refusal)
        else:
            punches.append(punch)
            outcomes.append(_result(punch))
    bulk.insert(punches)
    for punch in punches:
        note(punch, kind=punch.kind, verdict=punch.verdict)
        publish(Punched(punch.pk, punch.employee_id, punch.work_date))
    return outcomes


def _punch(actor: Actor, item: Item[PunchPayload], places: dict[UUID, WorkPlace], context: Context) -> Punch:
    payload = item.payload
    if payload.kind not in Punch.Kind.values:
        raise Refusal("invalid_payload", _("A punch is either in or out."), field="kind")
    require_place(
        payload.evidence,
        context.standing,
        use=context.settings.location_attendance,
        function="attendance.punch",
        delivery=context.delivery,
    )
    place = places.get(payload.work_place_id) if payload.work_place_id else None
    place = place or _nearest(payload.evidence, places)
    columns = judge(
        payload.evidence,
        _fence(place, context),
        sent=context.sent,
        received_at=context.received_at,
        operation_hash=item.hash,
    )
    return Punch(
        id=payload.punch_id,
        employee_id=actor.person_id,
        kind=payload.kind,
        work_place=place,
        work_date=clock.local_date(columns["at"], context.organization.time_zone),
        note=payload.note,
        device_id=context.device_id,
        **columns,
    )


def _nearest(evidence: Evidence, places: dict[UUID, WorkPlace]) -> WorkPlace | None:
    """Any of several places will do: the nearest is the one that was meant."""
    if evidence.position is None or not places:
        return None
    point = evidence.position.point()
    return min(places.values(), key=lambda place: geodesic_m(point, Point(place.lat, place.lng)))


def _fence(place: WorkPlace | None, context: Context) -> Fence | None:
    if place is None:
        return None
    return Fence(place.lat, place.lng, place.radius_m, **context.fence)


def _result(punch: Punch) -> dict[str, Any]:
    return {"verdict": punch.verdict, "distance_m": punch.distance_m, "punched_at": punch.at.isoformat()}
