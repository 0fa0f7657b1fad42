"""Calendar arithmetic in months and years."""

import calendar
from datetime import date


def after_months(day: date, months: int) -> date:
    """The same day of a later month, or that month's last."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def whole_years(start: date, on: date) -> int:
    """Completed years from `start` to the beginning of `on`; 29 February has its day on 1 March."""
    return max(on.year - start.year - ((on.month, on.day) < (start.month, start.day)), 0)


def years_after(start: date, years: int) -> date:
    """When so many years are completed."""
    try:
        return start.replace(year=start.year + years)
    except ValueError:  # 29 February
        return date(start.year + years, 3, 1)
