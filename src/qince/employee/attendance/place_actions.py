"""Writes of work places."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from qince.employee.attendance.models import WorkPlace
from qince.employee.attendance.rules import EDIT_PLACES
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.errors import NotFound, Refusal
from qince.kit.geo import Datum, NotAPlace, Point, to_wgs84

DETAILS = ("name", "address", "radius_m", "is_active", "bssids", "beacons")


@action("attendance.create_place", permission=EDIT_PLACES)
def create_place(actor: Actor, *, now: datetime, **fields: Any) -> WorkPlace:
    """Add a place where people check in for work; phones learn of it at their next pull."""
    found = WorkPlace(**_columns(fields))
    _check(found)
    found.save()
    note(found, radius_m=found.radius_m)
    return found


@action("attendance.edit_place", permission=EDIT_PLACES)
def edit_place(actor: Actor, place: WorkPlace, *, now: datetime, **fields: Any) -> WorkPlace:
    """Change what is given. Punches already made keep the distance and the verdict of their time."""
    found: WorkPlace | None = WorkPlace.objects.select_for_update().filter(pk=place.pk).first()
    if found is None:
        raise NotFound
    columns = _columns(fields).items()
    changes = {
        name: (getattr(found, name), value) for name, value in columns if getattr(found, name) != value
    }
    for name, (_old, new) in changes.items():
        setattr(found, name, new)
    _check(found)
    if changes:
        found.version += 1
        found.save()
    note(found, **changes)
    return found


def _columns(fields: dict[str, Any]) -> dict[str, Any]:
    columns = {name: fields[name] for name in DETAILS if name in fields}
    if "given_lat" in fields:
        columns |= _place(fields["given_lat"], fields["given_lng"], fields.get("given_datum") or "WGS84")
    return columns


def _place(lat: float, lng: float, datum: str) -> dict[str, float]:
    try:
        point = to_wgs84(Point.checked(lat, lng), Datum(datum))
    except NotAPlace:
        text = _("Latitude goes from -90 to 90, longitude from -180 to 180.")
        raise Refusal("not_a_place", text, field="given_lat") from None
    return {"lat": round(point.lat, 7), "lng": round(point.lng, 7)}


def _check(place: WorkPlace) -> None:
    try:
        place.full_clean(exclude=["organization"])
    except ValidationError as error:
        faults = {name: texts[0] for name, texts in error.message_dict.items()}
        if "__all__" in faults:
            faults = {"name": _("Another work place has this name.")}
        raise Refusal("invalid_place", next(iter(faults.values())), fields=dict(faults)) from error
