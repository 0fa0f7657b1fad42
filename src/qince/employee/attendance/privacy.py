"""What attendance keeps of a person, and that it uses the position."""

from django.utils.translation import gettext_lazy as _

from qince.core.privacy.gate import LOCATION
from qince.core.privacy.registers import decision
from qince.core.privacy.registry import Kind, NotPersonal, Personal, declare, use
from qince.engines.evidence.privacy import declare_evidence
from qince.engines.evidence.replay import decision as about_place

use(LOCATION, "attendance.punch", _("Clocking in and out at a work place"), setting="location_attendance")
decision(about_place("attendance-place", _("Whether a clock-in or clock-out was at the work place")))

_PUNCH = Personal(_("Clock-ins and clock-outs"), Kind.BASIC, ("basic",), "employee")

declare("attendance.Punch", "employee kind work_place work_date note device_id", _PUNCH)
declare("attendance.Punch", "id organization", NotPersonal("technical key"))
declare_evidence("attendance.Punch", "employee")
declare(
    "attendance.WorkPlace",
    "id organization name address lat lng radius_m is_active version",
    NotPersonal("about the work place"),
)
