"""The form of a work place."""

import re
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
    bssids = forms.CharField(
        label=_("Wi-Fi access points (BSSID)"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "placeholder": "00:1a:2b:3c:4d:5e"}),
        help_text=_("One a line. Evidence from apps that can hear them; the phone app in a browser cannot."),
    )
    beacons = forms.CharField(
        label=_("Beacons"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 1}),
        help_text=_("One a line: UUID, major and minor as the beacon sends them."),
    )
    is_active = forms.BooleanField(label=_("In use"), required=False, initial=True)

    def clean_bssids(self) -> list[str]:
        """Written with colons, dashes or none; kept one way, so that they can be compared."""
        found = []
        for line in self.cleaned_data["bssids"].split():
            digits = re.sub(r"[^0-9a-f]", "", line.lower())
            if len(digits) != 12 or re.search(r"[^0-9a-fA-F:.-]", line):
                raise forms.ValidationError(_("“%(line)s” is no BSSID.") % {"line": line})
            found.append(":".join(digits[at : at + 2] for at in range(0, 12, 2)))
        return list(dict.fromkeys(found))[:50]

    def clean_beacons(self) -> list[str]:
        lines = [line.strip().lower()[:64] for line in self.cleaned_data["beacons"].splitlines()]
        return list(dict.fromkeys(filter(None, lines)))[:50]


def initial_of(place: WorkPlace) -> dict[str, Any]:
    """Places are kept in WGS-84 only, so that is how they come back."""
    values = {name: getattr(place, name) for name in ("name", "address", "radius_m", "is_active")}
    values |= {name: "\n".join(getattr(place, name)) for name in ("bssids", "beacons")}
    return values | {"given_lat": place.lat, "given_lng": place.lng, "given_datum": Datum.WGS84.value}
