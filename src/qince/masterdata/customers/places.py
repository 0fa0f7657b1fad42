"""A customer's place: kept as it was given, and as WGS-84 for every distance and fence."""

from typing import Any

from django.utils.translation import gettext as _

from qince.kit.errors import Refusal
from qince.kit.geo import Datum, NotAPlace, Point, to_wgs84

# Seven decimal places are a centimetre; more would only pretend.
DECIMALS = 7
GIVEN = ("given_lat", "given_lng", "given_datum")


def place_columns(lat: float | None, lng: float | None, datum: str = Datum.WGS84) -> dict[str, Any]:
    """The five columns of a place from what somebody gave; both degrees absent mean that it has none."""
    if lat is None and lng is None:
        return dict.fromkeys(("lat", "lng", "given_lat", "given_lng")) | {"given_datum": Datum.WGS84.value}
    if lat is None or lng is None:
        field = "given_lat" if lat is None else "given_lng"
        raise Refusal("half_a_place", _("A place needs both latitude and longitude."), field=field)
    try:
        given, known = Point.checked(lat, lng), Datum(datum)
    except NotAPlace:
        text = _("Latitude goes from -90 to 90, longitude from -180 to 180.")
        raise Refusal("not_a_place", text, field="given_lat") from None
    except ValueError:
        raise Refusal("unknown_datum", _("This datum is unknown."), field="given_datum") from None
    point = to_wgs84(given, known)
    return {
        "lat": round(point.lat, DECIMALS),
        "lng": round(point.lng, DECIMALS),
        "given_lat": given.lat,
        "given_lng": given.lng,
        "given_datum": known.value,
    }
