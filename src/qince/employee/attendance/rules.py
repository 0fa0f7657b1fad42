"""Permissions and rules of attendance."""

from django.utils.translation import gettext_lazy as _

from qince.core.access.registry import AUDITOR, MANAGER, REP, maskable, permission
from qince.engines.evidence.words import whereabouts

PUNCH = permission("attendance.punch", _("Check in and out for work"), default_roles=(REP, MANAGER))
VIEW = permission("attendance.view", _("See attendance"), default_roles=(REP, MANAGER, AUDITOR))
EXPORT = permission("attendance.export", _("Export attendance"), default_roles=(MANAGER,))
EDIT_PLACES = permission("attendance.edit_places", _("Set work places"))
EDIT_RULES = permission("attendance.edit_rules", _("Set shifts and attendance groups"))
ROSTER = permission("attendance.roster", _("Plan the roster"), default_roles=(MANAGER,))
ASK = permission(
    "attendance.ask",
    _("Ask for corrections and overtime, confirm the own month"),
    default_roles=(REP, MANAGER, AUDITOR),
)
DECIDE = permission(
    "attendance.decide", _("Decide on corrections, overtime and field check-ins"), default_roles=(MANAGER,)
)
CORRECT = permission(
    "attendance.correct", _("Correct a day of attendance by one's own word"), default_roles=(MANAGER,)
)
SHOW_CODE = permission(
    "attendance.show_code", _("Show the code of a work place on its screen"), default_roles=(MANAGER,)
)
CLOSE = permission("attendance.close_months", _("Close and adjust months"))
MASK_POSITION = maskable(
    "attendance.punch.distance_m",
    _("Positions at clocking in and out, and distances to the place"),
    along=whereabouts("attendance.punch"),
)
