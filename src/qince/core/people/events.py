"""Facts about people that other features may hear."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class EmployeesJoined:
    """New employees, by one form or a whole address book."""

    employee_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class EmployeeSuspended:
    employee_id: UUID


@dataclass(frozen=True, slots=True)
class EmployeeLeft:
    """The person left; `successor_id` takes over what they had, where a feature hands things over."""

    employee_id: UUID
    successor_id: UUID | None
