"""The form of a work place."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qince.employee.attendance.models import WorkPlace
from qince.kit.geo import Datum
from qince.kit.resource import ActorForm

DATUMS = [
    (Datum.GCJ02.value, _("GCJ-02 (AMap, Tencent)")),
    (Datum.BD09.value, _("BD-09 (Baidu)")),
    (Datum.WGS84.value, _("WGS-84 (GPS)")),
]


class WorkPlaceForm(ActorForm):
    name = forms.CharField(label=_("Name"), max_length=60)
    radius_m = forms.IntegerField(label=_("Fence radius, m"), min_value=20, max_value=5000, initial=150)
    address = forms.CharField(label=_("Address"), max_length=200, required=False)
    given_lat = forms.FloatField(label=_("Latitude"), min_value=-90, max_value=90)
    given_lng = forms.FloatField(label=_("Longitude"), min_value=-180, max_value=180)
    given_datum = forms.ChoiceField(
        label=_("Datum"),
        choices=DATUMS,
        initial=Datum.GCJ02.value,
        help_text=_(
            "Where the two numbers come from. Maps in China are off by hundreds of metres otherwise."
        ),
    )
    is_active = forms.BooleanField(label=_("In use"), required=False, initial=True)


def initial_of(place: WorkPlace) -> dict[str, Any]:
    """Places are kept in WGS-84 only, so that is how they come back."""
    values = {name: getattr(place, name) for name in ("name", "address", "radius_m", "is_active")}
    return values | {"given_lat": place.lat, "given_lng": place.lng, "given_datum": Datum.WGS84.value}
