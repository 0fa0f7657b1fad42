"""Working days: the organization's own table of China's holidays and make-up workdays.

The table is filled from the library, a year at a time, once the government has said which days are worked instead;
from then on it is the organization's, and what stands there holds. Of a year that is not filled yet the library is
asked, and single days of the table overrule it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from qince.core.rights.models import CalendarDay

if TYPE_CHECKING:
    from holidays import HolidayBase

ONE = timedelta(days=1)
# What a date is beside the week: a kind of rest, a workday made up for it, or nothing.
STATUTORY, SWAPPED_REST, WEEKEND, WORKDAY = "statutory", "swapped_rest", "weekend", "workday"


class Table:
    """The table as it stands: what each of its days is, and which years it holds whole."""

    def __init__(self, rows: Iterable[CalendarDay] = ()) -> None:
        self.days: dict[date, str] = {}
        self.years: set[int] = set()
        self._holidays: set[date] = set()  # those that make a weekend beside them a part of the holiday
        for row in rows:
            self.days[row.on] = row.kind
            is_given = row.source == CalendarDay.Source.LIBRARY
            if is_given:
                self.years.add(row.on.year)
            if row.is_statutory or (is_given and not row.is_workday):
                self._holidays.add(row.on)

    def has_holiday(self, day: date) -> bool:
        if day in self.days or day.year in self.years:
            return day in self._holidays
        return bool(_china(day.year).get(day))


def corrections() -> Table:
    """The organization's own word. One query."""
    return Table(CalendarDay.objects.all())


def is_working_day(day: date, table: Table) -> bool:
    if day in table.days:
        return table.days[day] == WORKDAY
    if day.year in table.years:
        return day.weekday() < 5
    return bool(_china(day.year).is_working_day(day))


def holiday(day: date, table: Table) -> str:
    """STATUTORY, SWAPPED_REST or WEEKEND for a day of rest within a holiday, WORKDAY for a make-up day, or "".

    Every day of rest that touches a holiday belongs to it, so that a six-day week rests on its Saturday, too.
    """
    if day in table.days:
        return table.days[day]
    if day.year not in table.years and (kind := _of_library(day)):
        return kind
    is_rest = not is_working_day(day, table)
    return WEEKEND if is_rest and _touches_holiday(day, table) else ""


def _of_library(day: date) -> str:
    named = _china(day.year).get(day)
    if named is None:
        return WORKDAY if day.weekday() >= 5 and _china(day.year).is_working_day(day) else ""
    is_moved = "substituted" in named or named.endswith("(observed)")
    return SWAPPED_REST if is_moved else STATUTORY


def _touches_holiday(day: date, table: Table) -> bool:
    """Whether the weekend of `day` has a holiday on it or right beside it."""
    saturday = day - timedelta(days=day.weekday() - 5)
    around = (saturday - ONE, saturday, saturday + ONE, saturday + 2 * ONE)
    return any(table.has_holiday(each) for each in around)


def working_days_after(start: date, days: int, table: Table | None = None) -> date:
    """The `days`-th working day after `start`, which itself does not count."""
    known = corrections() if table is None else table
    day = start
    while days:
        day += ONE
        days -= is_working_day(day, known)
    return day


# --- Years of the library ---


@dataclass(frozen=True, slots=True)
class Given:
    """One day as the library has it."""

    on: date
    kind: str
    name: str


def is_published(year: int) -> bool:
    """Whether the government has said which days of that year are worked instead. Until then the library guesses."""
    return any(day.year == year for day in _china(year).weekend_workdays)


def given(year: int) -> Iterator[Given]:
    """The holidays and make-up workdays of a year."""
    names = _china(year, "zh_CN")
    worked = {day for day in _china(year).weekend_workdays if day.year == year}
    for day in sorted({*names, *worked}):
        if day.year == year:
            yield Given(day, _of_library(day), names.get(day) or "调休上班")


def library() -> str:
    import holidays

    return f"holidays {holidays.__version__}"


@cache
def _china(year: int, language: str = "en_US") -> "HolidayBase":
    import holidays  # 14 MiB that an idle process need not hold

    return holidays.country_holidays("CN", years=year, language=language)
