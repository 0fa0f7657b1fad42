"""What attendance keeps of a person, and that it uses the position."""

from django.utils.translation import gettext_lazy as _

from qince.core.privacy.functions import Family
from qince.core.privacy.gate import LOCATION
from qince.core.privacy.registers import decision
from qince.core.privacy.registry import Kind, NotPersonal, Personal, declare, function
from qince.engines.evidence.privacy import declare_evidence
from qince.engines.evidence.replay import decision as about_place

decision(about_place("attendance-place", _("Whether a clock-in or clock-out was at the work place")))
function(
    "attendance.record",
    _("Clock-ins and clock-outs"),
    family=Family.EMPLOYEE,
    purposes=("basic",),
    scope=_("Time, work place and note of each clock-in and clock-out."),
    why=_("To know working time."),
    method=_("Entered by you on the phone; seen by you, your managers and auditors."),
    if_refused=_("Clocking in cannot be recorded; the rest of the product works."),
)
function(
    "attendance.punch",
    _("Clocking in and out at a work place"),
    family=Family.EMPLOYEE,
    purposes=(LOCATION,),
    scope=_("Your position when you clock in or out."),
    why=_("To compare the clock-in with the work place."),
    method=_("Read while the page is open and kept with that clock-in."),
    if_refused=_("You say the place in words; the clock-in counts and is marked as manual."),
    setting="location_attendance",
)


_PUNCH = Personal(_("Clock-ins and clock-outs"), Kind.BASIC, ("basic",), "employee")

declare("attendance.Punch", "employee kind work_place work_date note device_id", _PUNCH)
declare("attendance.Punch", "id organization", NotPersonal("technical key"))
declare_evidence("attendance.Punch", "employee")
declare(
    "attendance.WorkPlace",
    "id organization name address lat lng radius_m is_active version",
    NotPersonal("about the work place"),
)
