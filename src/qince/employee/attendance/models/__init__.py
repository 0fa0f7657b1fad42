"""Tables of attendance."""

from qince.employee.attendance.models.faces import FaceChallenge, FaceEnrolment, FaceTemplate
from qince.employee.attendance.models.groups import Group, GroupVersion, Member, RosterEntry, SpecialDay
from qince.employee.attendance.models.places import Punch, PunchPhoto, WorkPlace
from qince.employee.attendance.models.requests import LIVE, Correction, Decided, TimeRequest
from qince.employee.attendance.models.results import Adjustment, DayResult, MonthReport, StaleDay
from qince.employee.attendance.models.shifts import Shift, ShiftVersion
from qince.employee.attendance.models.swaps import Swap

__all__ = [
    "LIVE",
    "Adjustment",
    "Correction",
    "DayResult",
    "Decided",
    "FaceChallenge",
    "FaceEnrolment",
    "FaceTemplate",
    "Group",
    "GroupVersion",
    "Member",
    "MonthReport",
    "Punch",
    "PunchPhoto",
    "RosterEntry",
    "Shift",
    "ShiftVersion",
    "SpecialDay",
    "StaleDay",
    "Swap",
    "TimeRequest",
    "WorkPlace",
]
