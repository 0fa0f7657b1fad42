"""What the room keeps: cases with their papers and tasks, and what a person decided about themselves."""

from qince.core.rights.models.beside import CaseEntry, CaseFile, Diagnostics, Survey
from qince.core.rights.models.case import CalendarDay, Case, Refused
from qince.core.rights.models.onward import Onward
from qince.core.rights.models.person import Legacy, Preference, Review

__all__ = [
    "CalendarDay",
    "Case",
    "CaseEntry",
    "CaseFile",
    "Diagnostics",
    "Legacy",
    "Onward",
    "Preference",
    "Refused",
    "Review",
    "Survey",
]
