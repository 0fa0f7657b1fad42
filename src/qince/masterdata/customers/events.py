"""Facts about customers that other features may hear."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True)
class AssignmentsEnded:
    """From the day `on` an employee no longer looks after these customers."""

    employee_id: UUID
    customer_ids: frozenset[UUID]
    on: date
