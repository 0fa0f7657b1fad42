"""Facts about forms that other features may hear."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class FormSubmitted:
    submission_id: UUID
    form_id: UUID
    employee_id: UUID


@dataclass(frozen=True, slots=True)
class SubmissionReviewed:
    submission_id: UUID
    employee_id: UUID
    status: str
