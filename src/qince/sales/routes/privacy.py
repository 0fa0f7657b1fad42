"""A route says where a person is expected, which is work; where the person was is declared with the visit."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from qince.core.privacy.functions import Family
from qince.core.privacy.registry import Kind, NotPersonal, Personal, declare, function

function(
    "routes.plan",
    _("Routes and planned visits"),
    family=Family.SALES,
    purposes=("basic",),
    scope=_("Which customers you are to visit on which day."),
    why=_("So that the day's work is known and nobody is visited twice."),
    method=_("Set by your manager, fetched by your phone."),
    if_refused=_("Visits can be made without a plan."),
)

_PLAN = Personal(
    _("Your routes and planned visits"),
    Kind.BASIC,
    ("basic",),
    "employee",
    source="organization",
    clauses=("C2.1.2-10",),
)
_STOPS = replace(_PLAN, subject="route.employee")
_TECHNICAL = NotPersonal("technical key")

declare("routes.Route", "name employee starts_on ends_on weeks_in_cycle", _PLAN)
declare("routes.RouteStop", "route customer week weekday sequence", _STOPS)
# How many visits were planned and made stays the organization's business; for whom does not (C6.4-06).
declare("routes.PlannedVisit", "employee", replace(_PLAN, on_erase="pseudonym"))
declare("routes.PlannedVisit", "customer route on sequence status version", replace(_PLAN, on_erase="keep"))
for _model in ("Route", "RouteStop", "PlannedVisit"):
    declare(f"routes.{_model}", "id organization", _TECHNICAL)
