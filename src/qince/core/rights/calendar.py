"""Working days: China's holidays and make-up workdays from the library, corrected by the organization's own table."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from qince.core.rights.models import CalendarDay

if TYPE_CHECKING:
    from holidays import HolidayBase

ONE = timedelta(days=1)


def corrections() -> dict[date, bool]:
    """The organization's own word on single days. One query."""
    return dict(CalendarDay.objects.values_list("on", "is_workday"))


def is_working_day(day: date, corrected: Mapping[date, bool]) -> bool:
    if day in corrected:
        return corrected[day]
    return bool(_china(day.year).is_working_day(day))


# What a date is beside the week: a kind of rest, a workday made up for it, or nothing.
STATUTORY, SWAPPED_REST, WEEKEND, WORKDAY = "statutory", "swapped_rest", "weekend", "workday"


def holiday(day: date, corrected: Mapping[date, bool]) -> str:
    """STATUTORY, SWAPPED_REST or WEEKEND for a day of rest within a holiday, WORKDAY for a make-up day, or "".

    Every day of rest that touches a holiday belongs to it, so that a six-day week rests on its Saturday, too.
    """
    if day in corrected:
        return WORKDAY if corrected[day] else SWAPPED_REST
    named = _china(day.year).get(day)
    if named is None and is_working_day(day, {}):
        return WORKDAY if day.weekday() >= 5 else ""
    if named is None:
        return WEEKEND if _touches_holiday(day, corrected) else ""
    is_moved = "substituted" in named or named.endswith("(observed)")
    return SWAPPED_REST if is_moved else STATUTORY


def _touches_holiday(day: date, corrected: Mapping[date, bool]) -> bool:
    """Whether the weekend of `day` has a holiday on it or right beside it."""
    saturday = day - timedelta(days=day.weekday() - 5)
    around = (saturday - ONE, saturday, saturday + ONE, saturday + 2 * ONE)
    return any(each not in corrected and _china(each.year).get(each) for each in around)


def working_days_after(start: date, days: int, corrected: Mapping[date, bool] | None = None) -> date:
    """The `days`-th working day after `start`, which itself does not count."""
    known = corrections() if corrected is None else corrected
    day = start
    while days:
        day += ONE
        days -= is_working_day(day, known)
    return day


@cache
def _china(year: int) -> "HolidayBase":
    import holidays  # 14 MiB that an idle process need not hold

    return holidays.country_holidays("CN", years=year, language="en_US")
