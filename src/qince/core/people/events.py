"""Facts about people that other features may hear."""

from dataclasses import dataclass
from datetime import date
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


@dataclass(frozen=True, slots=True)
class EmployeeChanged:
    """Somebody else changed what the address book says of the person; numbers are masked, old and new."""

    employee_id: UUID
    fields: tuple[str, ...]
    mobile: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class BirthdayEntered:
    """The person told their birthday: whoever looks after minors must know."""

    employee_id: UUID
    birthday: date
