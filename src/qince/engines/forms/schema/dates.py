"""Days and times in expressions. As numbers they count days since 1970-01-01, by the clock on the wall as written:
an offset says where the wall was, and is not reckoned with.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from qince.engines.forms.schema import numbers

EPOCH = date(1970, 1, 1).toordinal()
DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)
TIME = re.compile(r"(\d\d):(\d\d)(?::(\d\d)(?:\.\d{1,6})?)?", re.ASCII)
MOMENT = re.compile(rf"({DAY.pattern})T({TIME.pattern})(Z|[+-]\d\d:\d\d)?", re.ASCII)
SECONDS = Decimal(86400)


@dataclass(frozen=True, slots=True)
class When:
    """A day, a time of day, or both: `text` as stored, `days` as a number."""

    kind: str
    text: str
    days: Decimal


def read(text: str) -> When | None:
    """A day, time or moment in ISO form; None for anything else, such as 30 February."""
    if found := DAY.fullmatch(text):
        count = _day(found)
        return None if count is None else When("date", text, Decimal(count))
    if found := TIME.fullmatch(text):
        part = _part(found)
        return None if part is None else When("time", text, part)
    if found := MOMENT.fullmatch(text):
        day, clock = DAY.match(text), TIME.match(text[11:])
        count, part = _day(day), _part(clock) if clock else None
        if count is None or part is None:
            return None
        return When("datetime", text, numbers.added(Decimal(count), part))
    return None


def of_day(day: date) -> When:
    return When("date", day.isoformat(), Decimal(day.toordinal() - EPOCH))


def of_moment(moment: datetime) -> When:
    found = read(moment.isoformat(timespec="seconds"))
    assert found is not None  # what datetime writes is read
    return found


def from_days(days: Decimal) -> When | None:
    """The day so many days after 1970-01-01; None beyond the calendar."""
    if days.is_nan():
        return None
    try:
        return of_day(date(1970, 1, 1) + timedelta(days=int(numbers.floored(days))))
    except OverflowError:
        return None


def formatted(when: When, pattern: str) -> str:
    """`%Y %y %m %n %d %e %H %h %M %S`; n, e and h without a leading nought. Other signs stay as they are."""
    day = DAY.match(when.text)
    clock = TIME.match(when.text[11:] if day else when.text)
    year, month, date_ = day.groups() if day else ("", "", "")
    hour, minute, second = clock.groups() if clock else ("00", "00", "00")
    values = {
        "Y": year, "y": year[2:], "m": month, "n": month.lstrip("0"), "d": date_, "e": date_.lstrip("0"),
        "H": hour, "h": str(int(hour)), "M": minute, "S": second or "00",
    }  # fmt: skip
    return re.sub(r"%([YymndeHhMS])", lambda found: values[found[1]], pattern)


def _day(found: re.Match[str] | None) -> int | None:
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3])).toordinal() - EPOCH
    except ValueError:
        return None


def _part(found: re.Match[str]) -> Decimal | None:
    hour, minute, second = int(found[1]), int(found[2]), int(found[3] or 0)
    if hour > 23 or minute > 59 or second > 59:
        return None
    return numbers.divided(Decimal(hour * 3600 + minute * 60 + second), SECONDS)
