"""What is done to employees. Each act reaches only employees in the actor's scope for it."""

from qince.core.people.actions.activating import invite_employee, resume_employee, suspend_employee
from qince.core.people.actions.common import (
    PROFILE,
    Status,
    change_status,
    check_employee,
    day_of,
    profile_of,
    require_another,
    require_status,
    today,
    within_reach,
)
from qince.core.people.actions.entering import admit, create_employee, edit_employee, enter, revise
from qince.core.people.actions.leaving import leave
from qince.core.people.actions.moving import move_employee, move_within, put, put_under, set_leader, set_under

__all__ = [
    "PROFILE",
    "Status",
    "admit",
    "change_status",
    "check_employee",
    "create_employee",
    "day_of",
    "edit_employee",
    "enter",
    "invite_employee",
    "leave",
    "move_employee",
    "move_within",
    "profile_of",
    "put",
    "put_under",
    "require_another",
    "require_status",
    "resume_employee",
    "revise",
    "set_leader",
    "set_under",
    "suspend_employee",
    "today",
    "within_reach",
]
