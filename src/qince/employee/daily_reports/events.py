"""Facts about daily reports that other features may hear."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True)
class ReportSent:
    """A report came, or came anew in another edition."""

    report_id: UUID
    template_id: UUID
    employee_id: UUID
    period_on: date
    edition: int


@dataclass(frozen=True, slots=True)
class ReportTouched:
    """Read, commented on, reminded of: open pages show it."""

    employee_ids: tuple[UUID, ...]
