"""What a visit keeps of the person who made it, and that it uses the position."""

from django.utils.translation import gettext_lazy as _

from qince.core.privacy.gate import LOCATION
from qince.core.privacy.registers import decision
from qince.core.privacy.registry import Kind, NotPersonal, Personal, declare, use
from qince.engines.evidence.privacy import declare_evidence
from qince.engines.evidence.replay import decision as about_place

use(LOCATION, "visits.check_in", _("Checking in and out at a customer"), setting="location_visits")
use(LOCATION, "visits.photo", _("The place printed on photos of a visit"), setting="location_visits")
decision(about_place("visits-place", _("Whether a check-in or check-out was at the store")))


def _visit(on_erase: str) -> Personal:
    return Personal(
        _("Your visits: when, where, outcome, notes"), Kind.BASIC, ("basic",), "employee", on_erase=on_erase
    )


_OF_VISIT = Personal(_("Your visits: when, where, outcome, notes"), Kind.BASIC, ("basic",), "visit.employee")
_DISTANCE = Personal(
    _("Your position at an act: point, accuracy, distance to the place"),
    Kind.SENSITIVE,
    ("location",),
    "employee",
    source="device",
    on_erase="null",
)
_PHOTO = Personal(_("Photos you took during a visit"), Kind.ADDITIONAL, ("basic",), "visit.employee")
_TECHNICAL = NotPersonal("technical key")

# That a customer was visited stays the organization's business; by whom does not (C6.4-06).
declare("visits.Visit", "employee", _visit("pseudonym"))
declare("visits.Visit", "reason summary flags", _visit("null"))
declare(
    "visits.Visit",
    "customer planned_visit on state checked_in_at checked_out_at verdict unproductive_reason steps_done "
    "photo_count version",
    _visit("keep"),
)
declare("visits.Visit", "template template_version steps", NotPersonal("the form, as it was at the visit"))
declare("visits.Visit", "distance_m", _DISTANCE)
declare("visits.Visit", "id organization", _TECHNICAL)
declare("visits.CheckEvent", "visit kind", _OF_VISIT)
declare("visits.CheckEvent", "id organization", _TECHNICAL)
declare_evidence("visits.CheckEvent", "visit.employee")
declare("visits.StepRecord", "visit step_id kind answer at", _OF_VISIT)
declare("visits.StepRecord", "id organization", _TECHNICAL)
declare("visits.Photo", "visit step_id sha256 size taken_at blob", _PHOTO)
declare("visits.Photo", "id organization", _TECHNICAL)
declare_evidence("visits.Photo", "visit.employee")
declare(
    "visits.VisitTemplate",
    "id organization name version steps is_active updated_at",
    NotPersonal("a form, about nobody"),
)
