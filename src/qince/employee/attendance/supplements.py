"""Where rooms above say which approved stretches of time stand in for presses: leave does, others may.

A provider answers for many people at once; when its answer changes it says so with `changed`, and the days are
computed anew.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from qince.employee.attendance.models import StaleDay
from qince.kit import bulk
from qince.kit.errors import Text

KINDS = ("leave", "trip", "out", "field", "overtime")


@dataclass(frozen=True, slots=True)
class Supplement:
    """An approved stretch of one person; `id` and `label` say in the explanation where it came from."""

    employee_id: UUID
    id: UUID
    kind: str  # one of KINDS
    starts_at: datetime
    ends_at: datetime
    label: Text = ""


# (employee ids, first day, last day): everything approved that touches these days.
Provider = Callable[[Collection[UUID], date, date], Iterable[Supplement]]
_providers: list[Provider] = []


def provide(provider: Provider) -> Provider:
    """Register a provider; usable as a decorator in a feature's `handlers.py`."""
    _providers.append(provider)
    return provider


def supplements(employee_ids: Collection[UUID], first: date, last: date) -> list[Supplement]:
    return [each for provider in _providers for each in provider(employee_ids, first, last)]


def changed(employee_ids: Iterable[UUID], first: date, last: date) -> None:
    """Have these people's days, and the next one (late nights), computed anew. Inside the act's transaction."""
    span = (last - first).days + 2
    rows = [
        StaleDay(employee_id=employee, on=first + timedelta(days=step))
        for employee in employee_ids
        for step in range(span)
    ]
    bulk.put(rows, key=("organization", "employee", "on"))
