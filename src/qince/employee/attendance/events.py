"""Facts about attendance that other features may hear."""

from collections.abc import Mapping
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


@dataclass(frozen=True, slots=True)
class MonthLocked:
    """A person's month is settled. `figures` are its totals, in minutes where they are times."""

    employee_id: UUID
    month: date
    figures: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class FaceArrived:
    """The picture of a face at a press is here and can be compared."""

    photo_id: UUID
