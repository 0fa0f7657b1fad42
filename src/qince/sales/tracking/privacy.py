"""Whereabouts: the most intrusive thing this product keeps, so it is kept shortest."""

from django.utils.translation import gettext_lazy as _

from qince.core.privacy.functions import Family
from qince.core.privacy.gate import LOCATION
from qince.core.privacy.registry import BACKGROUND, Kind, NotPersonal, Personal, declare, function, purpose
from qince.kit.resource import timeline

# The second of two keys: the organization's switch opens nothing for whoever has not turned this one (C2.2.5-04).
TRACKING = purpose(
    "tracking",
    title=_("Your track during working time"),
    why=_("To plan routes and help in the field, where your organization has switched this on."),
    scope=_("Positions in between acts, from clock-in to clock-out: point, accuracy, speed."),
    method=_(
        "Sent by the phone at intervals; seen by you, your managers and auditors; erased after thirty days."
    ),
    if_refused=_(
        "There is no track; clock-ins, visits and everything else work. Nothing follows from refusing."
    ),
    kind=Kind.SENSITIVE,
)
function(
    "tracking.positions",
    _("Your track during working time, from clock-in to clock-out"),
    family=Family.SALES,
    purposes=(LOCATION, TRACKING),
    scope=_("Positions in between acts, from clock-in to clock-out."),
    why=_("To plan routes and help in the field, where your organization has switched this on."),
    method=_("Sent by the phone at intervals, erased after thirty days."),
    if_refused=_("There is no track; clock-ins, visits and everything else work."),
    setting="location_tracking",
)


_TRACK = Personal(
    _("Your track during working time: points, accuracy, speed"),
    Kind.SENSITIVE,
    (LOCATION, TRACKING),
    "employee",
    source="device",
    retention="30d",
    aged_by="at",
    withdrawn="consent",
    within=BACKGROUND,
    clauses=("C2.2.5-04",),
)
declare("tracking.Fix", "employee at skew_s lat lng accuracy_m speed_mps device_id", _TRACK)
declare("tracking.Fix", "id organization", NotPersonal("technical key"))

timeline.name_kinds({"tracking.fix": _("Position between acts")})
