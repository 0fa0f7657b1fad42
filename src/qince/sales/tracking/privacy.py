"""Whereabouts: the most intrusive thing this product keeps, so it is kept shortest."""

from django.utils.translation import gettext_lazy as _

from qince.core.privacy.gate import LOCATION
from qince.core.privacy.registry import Kind, NotPersonal, Personal, declare, use

use(
    LOCATION,
    "tracking.positions",
    _("Your track during working time, from clock-in to clock-out"),
    setting="location_tracking",
)

_TRACK = Personal(
    _("Your track during working time: points, accuracy, speed"),
    Kind.SENSITIVE,
    ("location",),
    "employee",
    source="device",
    retention="30d",
    aged_by="at",
)
declare("tracking.Fix", "employee at skew_s lat lng accuracy_m speed_mps device_id", _TRACK)
declare("tracking.Fix", "id organization", NotPersonal("technical key"))
