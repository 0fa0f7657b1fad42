"""Facts about visits that other features may hear."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True)
class VisitStarted:
    visit_id: UUID
    employee_id: UUID
    on: date


@dataclass(frozen=True, slots=True)
class VisitCompleted:
    visit_id: UUID
    employee_id: UUID
    on: date
