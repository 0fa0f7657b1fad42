"""What other features may hear of partners."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class PartnerReported:
    """A recipient told something about a person, signed and for the first time: the progress of a payment, say."""

    recipient_id: UUID
    employee_id: UUID
    act: str
    data: dict[str, Any]
