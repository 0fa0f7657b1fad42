"""What a visit keeps of the person who made it, and that it uses the position."""

from django.utils.translation import gettext_lazy as _

from qince.core.privacy.functions import Family
from qince.core.privacy.gate import LOCATION
from qince.core.privacy.registers import Decision, decision
from qince.core.privacy.registry import Kind, NotPersonal, Personal, declare, function
from qince.engines.evidence.privacy import declare_evidence
from qince.engines.evidence.replay import decision as about_place

decision(about_place("visits-place", _("Whether a check-in or check-out was at the store")))
decision(
    Decision(
        code="visits.duplicates",
        title=_("Repeated photo, overlapping visit"),
        logic=_(
            "A photo whose content is exactly that of another visit is marked, and a check-in while another visit "
            "of the same person is open."
        ),
        inputs=_("digests of photos, other open visits of the person"),
        consequence=_("a mark on the visit for a person to look at"),
        version="1",
        outcomes=("repeated_photo", "overlap"),
    )
)
decision(
    Decision(
        code="visits.duration",
        title=_("Very short, or never checked out"),
        logic=_(
            "A check-out within two minutes of the check-in is marked. A visit nobody checked out of is closed by "
            "the system at night, and its end is called unknown."
        ),
        inputs=_("times of check-in and check-out"),
        consequence=_("a mark on the visit for a person to look at"),
        version="1",
        outcomes=("short", "estimated"),
    )
)
function(
    "visits.visit",
    _("Visits: check-in, steps, photos, check-out"),
    family=Family.SALES,
    purposes=("basic",),
    scope=_("Customer, times, answers, notes and photos of the visit, and the place in your own words."),
    why=_("To show what was done at the customer, and to help where something is missing."),
    method=_("Entered by you on the phone; seen by you, your managers and auditors."),
    if_refused=_("Visits cannot be recorded; the rest of the product works."),
)
function(
    "visits.check_in",
    _("Checking in and out at a customer"),
    family=Family.SALES,
    purposes=(LOCATION,),
    scope=_("Your position when you check in or out at a customer."),
    why=_("To compare the visit with the customer's place."),
    method=_("Read while the page is open and kept with that check-in or check-out."),
    if_refused=_("You say the place in words; the visit counts and is marked as manual."),
    setting="location_visits",
)
function(
    "visits.photo",
    _("The place printed on photos of a visit"),
    family=Family.SALES,
    purposes=(LOCATION,),
    scope=_("Your position when you take a photo during a visit."),
    why=_("To show where the photo was taken."),
    method=_("Read when the photo is taken, kept beside it, and drawn on it when it is shown."),
    if_refused=_("The photo carries the place in your words."),
    setting="location_visits",
)


def _visit(on_erase: str) -> Personal:
    return Personal(
        _("Your visits: when, where, outcome, notes"),
        Kind.BASIC,
        ("basic",),
        "employee",
        on_erase=on_erase,
        clauses=("C2.1.2-10", "C2.2.4-04"),
    )


_OF_VISIT = Personal(
    _("Your visits: when, where, outcome, notes"),
    Kind.BASIC,
    ("basic",),
    "visit.employee",
    clauses=("C2.1.2-10", "C2.2.4-04"),
)
_DISTANCE = Personal(
    _("Your position at an act: point, accuracy, distance to the place"),
    Kind.SENSITIVE,
    ("location",),
    "employee",
    source="device",
    on_erase="null",
    withdrawn="consent+6m",
    clauses=("C2.2.1-02", "C2.2.1-03", "C2.2.4-12"),
)
_PHOTO = Personal(
    _("Photos you took during a visit"),
    Kind.ADDITIONAL,
    ("basic",),
    "visit.employee",
    clauses=("C2.5.3-03",),
)
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
