"""Facts about getting in that others may hear."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The person signed in on a device; one never used before, although the account has used others, or not."""

    employee_id: UUID
    device_id: UUID
    is_new_beside_others: bool
