"""Facts about attendance that other features may hear."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Punched:
    punch_id: UUID
    employee_id: UUID
    work_date: date
