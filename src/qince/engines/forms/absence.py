"""Who is away: higher floors know, and say so here; forms only ask.

absence.provide(whole_days)  # (employee ids, first, last) → days of each on which nothing is left to work
"""

from collections.abc import Callable, Collection, Mapping
from datetime import date, timedelta
from uuid import UUID

Away = Callable[[Collection[UUID], date, date], Mapping[UUID, Collection[date]]]
FRIDAY = 5
_providers: list[Away] = []


def provide(away: Away) -> Away:
    _providers.append(away)
    return away


def away_days(employee_ids: Collection[UUID], first: date, last: date) -> dict[UUID, set[date]]:
    """Days on which somebody is away; who is there all the time is left out."""
    found: dict[UUID, set[date]] = {}
    for each in _providers:
        for employee, dates in each(employee_ids, first, last).items():
            found.setdefault(employee, set()).update(dates)
    return found


def is_throughout(away: Collection[date], first: date, last: date) -> bool:
    """Whether these days take up the period; of more than a day, those from Monday to Friday."""
    days = {first + timedelta(days=step) for step in range((last - first).days + 1)}
    return ({on for on in days if on.isoweekday() <= FRIDAY} or days) <= set(away)
