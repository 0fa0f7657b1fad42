"""Facts about leave that other features may hear."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True)
class LeaveApproved:
    """These days are leave from now on: `days` are those on which no working time is left."""

    request_id: UUID
    employee_id: UUID
    first_on: date
    last_on: date
    days: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class LeaveChanged:
    """Leave was called off, in whole or in part, or counted anew."""

    request_id: UUID
    employee_id: UUID
    first_on: date
    last_on: date
