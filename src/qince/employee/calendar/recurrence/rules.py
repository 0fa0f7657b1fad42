"""Rules of recurrence (RFC 5545, RRULE): read, refused where they are none or know no bounds, written again.

A rule is held in the wall time of its event; `UNTIL` stands in UTC in the text, as the standard wants it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MOST_COUNT, MOST_INTERVAL, MOST_LIST, LONGEST = 3660, 400, 62, 500
_PARTS = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "WKST"}
_BY_TIME = {"BYHOUR", "BYMINUTE", "BYSECOND"}
_DAY = re.compile(r"([+-]?[1-9]\d?)?(MO|TU|WE|TH|FR|SA|SU)", re.ASCII)
_UNTIL = re.compile(r"(\d{8})(?:T(\d{6})(Z?))?", re.ASCII)


class BadRule(ValueError):
    """Why a rule cannot be used: `code` is one of those that `words.RULES` puts into sentences with `values`."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code, self.values = code, values


@dataclass(frozen=True, slots=True)
class Rule:
    """`days`: (weekday, Monday 0; n-th in the month or year, 0 for every). `until` is inclusive, in wall time."""

    frequency: str
    interval: int = 1
    count: int | None = None
    until: datetime | None = None
    days: tuple[tuple[int, int], ...] = ()
    month_days: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    positions: tuple[int, ...] = ()
    week_start: int = 0

    def as_text(self, zone: str, *, all_day: bool) -> str:
        parts = [f"FREQ={self.frequency}"]
        if self.interval != 1:
            parts.append(f"INTERVAL={self.interval}")
        if self.count is not None:
            parts.append(f"COUNT={self.count}")
        if self.until is not None:
            parts.append(f"UNTIL={_until_text(self.until, zone, all_day)}")
        if self.days:
            parts.append("BYDAY=" + ",".join(f"{nth or ''}{WEEKDAYS[day]}" for day, nth in self.days))
        for name, values in (
            ("BYMONTHDAY", self.month_days),
            ("BYMONTH", self.months),
            ("BYSETPOS", self.positions),
        ):
            if values:
                parts.append(f"{name}=" + ",".join(map(str, values)))
        if self.week_start:
            parts.append(f"WKST={WEEKDAYS[self.week_start]}")
        return ";".join(parts)


def parse(text: str, zone: str, *, all_day: bool) -> Rule:
    """The rule in `text`, or `BadRule` with what is wrong with it."""
    parts = _parts(text)
    frequency = parts.pop("FREQ", "")
    if frequency in ("SECONDLY", "MINUTELY", "HOURLY"):
        raise BadRule("too_often", frequency=frequency)
    if frequency not in FREQUENCIES:
        raise BadRule("no_frequency")
    if "COUNT" in parts and "UNTIL" in parts:
        raise BadRule("count_and_until")
    rule = Rule(
        frequency=frequency,
        interval=_number(parts, "INTERVAL", MOST_INTERVAL) or 1,
        count=_number(parts, "COUNT", MOST_COUNT),
        until=_until(parts["UNTIL"], zone, all_day) if "UNTIL" in parts else None,
        days=_days(parts.get("BYDAY", ""), frequency),
        month_days=_numbers(parts, "BYMONTHDAY", 31),
        months=_numbers(parts, "BYMONTH", 12, is_signed=False),
        positions=_numbers(parts, "BYSETPOS", 366),
        week_start=_weekday(parts.get("WKST", "MO")),
    )
    if rule.month_days and frequency == "WEEKLY":
        raise BadRule("not_in_weeks", part="BYMONTHDAY")
    if rule.positions and frequency not in ("MONTHLY", "YEARLY"):
        raise BadRule("not_in_weeks", part="BYSETPOS")
    if rule.positions and not (rule.days or rule.month_days or rule.months):
        raise BadRule("position_of_nothing")
    return rule


def _parts(text: str) -> dict[str, str]:
    body = text.strip().upper().removeprefix("RRULE:")
    if not body or len(body) > LONGEST:
        raise BadRule("unreadable")
    found: dict[str, str] = {}
    for part in body.split(";"):
        name, equals, value = part.partition("=")
        if not equals or not value or name in found:
            raise BadRule("unreadable")
        if name in _BY_TIME:
            raise BadRule("several_a_day", part=name)
        if name not in _PARTS:
            raise BadRule("unknown_part", part=name[:20])
        found[name] = value
    return found


def _number(parts: Mapping[str, str], name: str, most: int) -> int | None:
    if name not in parts:
        return None
    value = _integer(parts[name], name)
    if value < 1 or value > most:
        raise BadRule("out_of_range", part=name, least=1, most=most)
    return value


def _numbers(parts: Mapping[str, str], name: str, most: int, *, is_signed: bool = True) -> tuple[int, ...]:
    if name not in parts:
        return ()
    values = tuple(_integer(each, name) for each in parts[name].split(",")[: MOST_LIST + 1])
    if len(values) > MOST_LIST:
        raise BadRule("too_long", part=name)
    if any(not 1 <= (abs(each) if is_signed else each) <= most for each in values):
        raise BadRule("out_of_range", part=name, least=-most if is_signed else 1, most=most)
    return tuple(dict.fromkeys(values))


def _integer(text: str, name: str) -> int:
    if not re.fullmatch(r"[+-]?\d{1,12}", text, re.ASCII):
        raise BadRule("no_number", part=name)
    return int(text)


def _days(text: str, frequency: str) -> tuple[tuple[int, int], ...]:
    found = []
    for each in text.split(",") if text else ():
        matched = _DAY.fullmatch(each)
        if matched is None or abs(nth := int(matched[1] or 0)) > 53:
            raise BadRule("no_weekday", day=each[:10])
        if nth and frequency not in ("MONTHLY", "YEARLY"):
            raise BadRule("nth_of_nothing", day=each)
        found.append((WEEKDAYS.index(matched[2]), nth))
    if len(found) > MOST_LIST:
        raise BadRule("too_long", part="BYDAY")
    return tuple(dict.fromkeys(found))


def _weekday(text: str) -> int:
    if text not in WEEKDAYS:
        raise BadRule("no_weekday", day=text[:10])
    return WEEKDAYS.index(text)


def _until(text: str, zone: str, all_day: bool) -> datetime:
    """The last moment in wall time. A date alone means the whole of that day."""
    matched = _UNTIL.fullmatch(text)
    try:
        if matched is None:
            raise BadRule("no_until")
        day = datetime.strptime(matched[1], "%Y%m%d")
        if all_day or not matched[2]:
            return day if all_day else datetime.combine(day, time(23, 59, 59))
        moment = datetime.strptime(matched[1] + matched[2], "%Y%m%d%H%M%S")
        if matched[3]:
            moment = moment.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    except (ValueError, OverflowError) as error:
        raise error if isinstance(error, BadRule) else BadRule("no_until") from error
    return moment


def _until_text(until: datetime, zone: str, all_day: bool) -> str:
    if all_day:
        return f"{until:%Y%m%d}"
    return f"{instant(until, zone):%Y%m%dT%H%M%SZ}"


def instant(wall: datetime, zone: str) -> datetime:
    """The moment of a wall time, in UTC.

    As RFC 5545 (3.3.5) says: a wall time that exists twice means the first; one that does not exist is read with the
    offset from before the gap, so that 02:30 in a gap from 02:00 to 03:00 is what the clocks show as 03:30.
    """
    return wall.replace(tzinfo=ZoneInfo(zone), fold=0).astimezone(UTC)


def wall_of(moment: datetime, zone: str) -> datetime:
    """What the clocks of the zone show at a moment, without a zone."""
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0)
