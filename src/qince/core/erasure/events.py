"""What other features may hear."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class SubjectErased:
    """The erasure of a person has begun and cannot be taken back: copies outside the database must go as well.

    `employee_id` is None for somebody outside the organization. After a restore it is said again.
    """

    kind: str
    employee_id: UUID | None
    subject_digest: str
    pseudonym: str


@dataclass(frozen=True, slots=True)
class UseRestricted:
    """From now on (or no longer) only storage and security may touch what is kept of the person."""

    employee_id: UUID
    is_restricted: bool


@dataclass(frozen=True, slots=True)
class ContactCorrected:
    """A row of work names a contact outside by another value now: whoever was given the old one has to hear of it."""

    model: str
    row_id: UUID


@dataclass(frozen=True, slots=True)
class CopyCollected:
    """A person's copy left the house: they took it, or an officer did to hand it over."""

    copy_id: UUID
    employee_id: UUID | None
    case_digest: str
    is_handed_over: bool
