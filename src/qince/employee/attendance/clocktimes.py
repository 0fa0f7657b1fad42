"""Times of a shift as people write them: `09:00-18:00`, one stretch a line; one that ends earlier ends the next day."""

import re

from django.utils.translation import gettext as _

from qince.kit.errors import Refusal

DAY = 1440
_STRETCH = re.compile(r"^\s*\+?(\d{1,2})[:：](\d{2})\s*[-–~～至]\s*\+?(\d{1,2})[:：](\d{2})\s*$")


def stretches(text: str, *, field: str, after: int = 0) -> list[tuple[int, int]]:
    """Minutes from midnight; each stretch begins after the one before, if need be on the next day."""
    found: list[tuple[int, int]] = []
    last = after
    for line in filter(str.strip, re.split(r"[\n,，;；]", text)):
        match = _STRETCH.match(line)
        hours = [int(each) for each in match.groups()] if match else []
        if not match or hours[1] > 59 or hours[3] > 59 or hours[0] > 47 or hours[2] > 47:
            words = _("“%(line)s” is no stretch of time. Write 09:00-18:00, one in each line.") % {
                "line": line.strip()
            }
            raise Refusal("invalid_times", words, field=field)
        start, end = hours[0] * 60 + hours[1], hours[2] * 60 + hours[3]
        while start < last:
            start += DAY
        while end <= start:
            end += DAY
        found.append((start, end))
        last = end
    return found


def words(minutes: int) -> str:
    """`22:00`, and `+06:00` for six in the morning of the next day."""
    days, rest = divmod(minutes, DAY)
    return f"{'+' * days}{rest // 60:02d}:{rest % 60:02d}"


def span(start: int, end: int) -> str:
    """`22:00–06:00`: an end that looks earlier is that of the next day."""
    return f"{words(start % DAY)}–{words(end % DAY)}"


def lines(spans: list[tuple[int, int]]) -> str:
    return "\n".join(f"{words(start)}-{words(end)}" for start, end in spans)
