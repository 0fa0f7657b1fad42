"""Writes of attendance."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Annotated, Any
from uuid import UUID

import msgspec
from django.utils.translation import gettext as _

from qince.employee.attendance import codes, pictures, risks, telling
from qince.employee.attendance.definitions import GroupTerms
from qince.employee.attendance.events import Punched
from qince.employee.attendance.faces import standing as faces
from qince.employee.attendance.models import Punch, PunchPhoto, WorkPlace
from qince.employee.attendance.pictures import FacePicture, Picture
from qince.employee.attendance.supplements import changed
from qince.employee.attendance.terms import TermsOf
from qince.engines.evidence.envelope import EARLIEST, Evidence, read_time
from qince.engines.evidence.judge import Fence, judge
from qince.engines.evidence.place import require_place
from qince.engines.sync.registry import Context, Item, Outcome
from qince.kit import bulk, clock
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.errors import Refusal
from qince.kit.events import publish
from qince.kit.geo import Point, geodesic_m

Heard = Annotated[str, msgspec.Meta(min_length=1, max_length=64)]


class Around(msgspec.Struct, forbid_unknown_fields=True):
    """What an app heard around it. Browsers hear nothing: they say so, or leave it out."""

    is_available: bool
    bssids: Annotated[list[Heard], msgspec.Meta(max_length=50)] = []
    beacons: Annotated[list[Heard], msgspec.Meta(max_length=50)] = []


class PunchPayload(msgspec.Struct, forbid_unknown_fields=True):
    punch_id: UUID
    kind: str
    evidence: Evidence
    work_place_id: UUID | None = None
    note: Annotated[str, msgspec.Meta(max_length=200)] = ""
    is_field: bool = False
    around: Around | None = None
    photos: Annotated[list[Picture], msgspec.Meta(max_length=pictures.MOST)] = []
    face: FacePicture | None = None
    code: Annotated[str, msgspec.Meta(max_length=12)] = ""  # that of the place, as it was shown there


@action("attendance.punch")
def record_punches(actor: Actor, *, items: Sequence[Item[PunchPayload]], context: Context) -> list[Outcome]:
    """Keep each press of the button, inside or outside: evidence is never refused for where it was made.

    Refused only: a position or a picture nobody allowed, no place at all, an unknown kind.
    """
    terms_of = TermsOf(actor.person_id)
    known = {place.pk: place for place in WorkPlace.objects.filter(is_active=True)}
    outcomes: list[Outcome] = []
    punches: list[Punch] = []
    for item in items:
        try:
            terms = terms_of(_day(item.payload, context))
            places = {
                key: each for key, each in known.items() if not terms.places or str(key) in terms.places
            }
            punch = _punch(actor, item, places, context, terms)
        except Refusal as refusal:
            outcomes.append(refusal)
        else:
            punches.append(punch)
            outcomes.append(_result(punch))
    bulk.insert(punches)
    pictures.keep({item.payload.punch_id: _named(item.payload) for item in items}, punches)
    risks.find(punches)
    _mark_stale(punches)
    for punch in punches:
        note(punch, kind=punch.kind, verdict=punch.verdict)
        publish(Punched(punch.pk, punch.employee_id, punch.work_date))
    telling.waiting(actor, punches, now=context.received_at)
    return outcomes


def _mark_stale(punches: Sequence[Punch]) -> None:
    """At once for the whole push. A night shift has the date before; the day after may begin later for it."""
    if punches:
        dates = [punch.work_date for punch in punches]
        changed([punches[0].employee_id], min(dates) - timedelta(days=1), max(dates))


def _punch(
    actor: Actor, item: Item[PunchPayload], places: dict[UUID, WorkPlace], context: Context, terms: GroupTerms
) -> Punch:
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
    is_field = payload.is_field and terms.field != "off"
    if is_field and not payload.note.strip():
        raise Refusal("note_required", _("Say in a few words what you do in the field."), field="note")
    pictures.require(
        payload.photos, payload.evidence, terms.field_photo if is_field else terms.photo, context
    )
    if payload.face is not None:
        faces.require_press(payload.evidence, terms, context, is_field=is_field)
    shown = codes.place_of(payload.code, places.values(), _at(payload, context))
    place = None if is_field else shown or _place(payload, places)
    columns = judge(
        payload.evidence,
        _fence(place, context),
        sent=context.sent,
        received_at=context.received_at,
        operation_hash=item.hash,
        is_last_word=True,  # a press is never lost, and never asked for again
    )
    zone = terms.zone or context.organization.time_zone
    confirm_for = _confirm_for(payload, terms, is_field=is_field, is_code_right=shown is not None)
    return Punch(
        id=payload.punch_id,
        employee_id=actor.person_id,
        kind=payload.kind,
        work_place=place,
        work_date=clock.local_date(columns["at"], zone),
        zone=zone,
        note=payload.note,
        device_id=context.device_id,
        is_field=is_field,
        counting=Punch.Counting.WAITING if confirm_for else Punch.Counting.COUNTED,
        confirm_for=confirm_for,
        is_code_right=shown is not None if payload.code else None,
        radio=_heard(payload.around, places),
        **columns,
    )


def _at(payload: PunchPayload, context: Context) -> datetime:
    return read_time(payload.evidence, sent=context.sent, received_at=context.received_at).at


def _named(payload: PunchPayload) -> list[tuple[Picture, str]]:
    """Its pictures, each with what it shows."""
    found = [(each, PunchPhoto.Kind.PLACE.value) for each in payload.photos]
    return [*found, *([(payload.face, PunchPhoto.Kind.FACE.value)] if payload.face else [])]


def _day(payload: PunchPayload, context: Context) -> date:
    """Whose rules hold; how far back a phone says it was is no reason to read the rules of a thousand days."""
    at = max(_at(payload, context), context.received_at - EARLIEST)
    return clock.local_date(at, context.organization.time_zone)


def _confirm_for(payload: PunchPayload, terms: GroupTerms, *, is_field: bool, is_code_right: bool) -> str:
    """Why a person has to confirm the press before it counts; empty when it counts at once.

    Where a photo is asked for, the code of the place serves as well; without either somebody who leads confirms.
    """
    if is_field and terms.field == "approval":
        return Punch.Confirm.FIELD
    asked = terms.field_photo if is_field else terms.photo
    if asked != "required" or payload.photos or is_code_right:
        return ""
    return Punch.Confirm.FACE if payload.face else Punch.Confirm.PHOTO


def _place(payload: PunchPayload, places: dict[UUID, WorkPlace]) -> WorkPlace | None:
    """Any of several places will do: the one whose fence is nearest, inside if any is. Without a position, and where
    an access point is heard, the one that is named or heard.
    """
    if payload.evidence.position is None or not places:
        named = places.get(payload.work_place_id) if payload.work_place_id else None
        return named or _sounding(payload.around, places)
    point = payload.evidence.position.point()
    return min(
        places.values(), key=lambda place: geodesic_m(point, Point(place.lat, place.lng)) - place.radius_m
    )


def _sounding(around: Around | None, places: dict[UUID, WorkPlace]) -> WorkPlace | None:
    heard = _names(around)
    return next((place for place in places.values() if heard & _known(place)), None)


def _heard(around: Around | None, places: dict[UUID, WorkPlace]) -> str:
    """What was heard is compared and forgotten; only whether it is known stays."""
    if around is None:
        return ""
    if not around.is_available:
        return Punch.Radio.UNAVAILABLE
    return Punch.Radio.MATCHED if _sounding(around, places) else Punch.Radio.UNKNOWN


def _names(around: Around | None) -> set[str]:
    return {name.lower() for name in (*around.bssids, *around.beacons)} if around else set()


def _known(place: WorkPlace) -> set[str]:
    return {name.lower() for name in (*place.bssids, *place.beacons)}


def _fence(place: WorkPlace | None, context: Context) -> Fence | None:
    if place is None:
        return None
    return Fence(place.lat, place.lng, place.radius_m, **context.fence)


def _result(punch: Punch) -> dict[str, Any]:
    found = {"verdict": punch.verdict, "distance_m": punch.distance_m, "punched_at": punch.at.isoformat()}
    return {
        **found, "is_field": punch.is_field, "counting": punch.counting, "confirm_for": punch.confirm_for,
    }  # fmt: skip
