"""What pages of the kit do that others may hear of."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Exported:
    """Somebody took so many rows away as a file."""

    employee_id: UUID | None
    rows: int
