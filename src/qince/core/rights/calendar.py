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

    return holidays.country_holidays("CN", years=year)
