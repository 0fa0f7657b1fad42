"""The working calendar beside the library: what a year has there and here, day by day. Nothing is written."""

from dataclasses import dataclass
from datetime import date

from qince.core.rights import calendar
from qince.core.rights.models import CalendarDay

Source = CalendarDay.Source


@dataclass(frozen=True, slots=True)
class Difference:
    """`here` and `there` are kinds of a day, empty for what the week says. `is_own`: entered or changed by hand."""

    on: date
    here: str
    there: str
    name: str
    is_own: bool
    is_news: bool

    @property
    def key(self) -> str:
        """What was seen of it, for choosing it."""
        return f"{self.on}:{self.here}:{self.there}"


def differences(year: int) -> list[Difference]:
    """In order. News is what the library says otherwise than when the year was filled in: own words are none, nor is a
    day that was removed here, which the same edition of the library had already.
    """
    rows = {row.on: row for row in CalendarDay.objects.filter(on__year=year)}
    filled = [row for row in rows.values() if row.source == Source.LIBRARY]
    is_newer = all(row.source_version != calendar.library() for row in filled)
    there = {each.on: each for each in calendar.given(year)} if calendar.is_published(year) else {}
    if not there:
        return []
    found = []
    for on in sorted({*rows, *there}):
        row, given = rows.get(on), there.get(on)
        is_own = row is not None and row.source == Source.OWN
        here, meant = row.kind if row else "", given.kind if given else ""
        if here == meant or (is_own and not given):
            continue
        name = given.name if given else row.note if row else ""
        found.append(Difference(on, here, meant, name, is_own, is_newer and not is_own))
    return found


def years(now_year: int) -> list[int]:
    """Those in the table, this one and the next, newest first."""
    held = {on.year for on in CalendarDay.objects.values_list("on", flat=True)}
    return sorted({*held, now_year, now_year + 1}, reverse=True)
