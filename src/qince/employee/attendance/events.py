"""Facts about attendance that other features may hear."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Punched:
    punch_id: UUID
    employee_id: UUID
    work_date: date


@dataclass(frozen=True, slots=True)
class RulesChanged:
    """Shifts, groups or their members are other from this date on: everybody's results may be."""

    since: date


@dataclass(frozen=True, slots=True)
class RosterChanged:
    """Some people's days were planned otherwise."""

    employee_ids: tuple[UUID, ...]
    first: date
    last: date
