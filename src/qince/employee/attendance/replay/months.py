"""A month's totals from its days, and which of them are exceptions."""

from collections.abc import Iterable

from qince.employee.attendance.replay.results import Day, Status

FIGURES = (
    "due_days",
    "attended_days",
    "due",
    "worked",
    "late_times",
    "late",
    "serious_times",
    "early_times",
    "early",
    "lack_times",
    "absent_days",
    "absent",
    "leave",
    "away",
    "overtime_workday",
    "overtime_weekend",
    "overtime_swapped_rest",
    "overtime_statutory",
)
ABSENCES = (Status.ABSENT, Status.LEAVE, Status.OFF, Status.EXEMPT)
_SUMMED = (
    "due",
    "worked",
    "late_times",
    "late",
    "serious_times",
    "early_times",
    "early",
    "lack_times",
    "absent",
    "leave",
    "away",
)


def totals(days: Iterable[Day]) -> dict[str, int]:
    found = dict.fromkeys(FIGURES, 0)
    for day in days:
        found["due_days"] += day.due > 0
        found["attended_days"] += day.status not in ABSENCES and day.status != Status.PENDING
        found["absent_days"] += day.status == Status.ABSENT
        for name in _SUMMED:
            found[name] += getattr(day, name)
        found[f"overtime_{day.kind}"] += day.overtime
    return found
