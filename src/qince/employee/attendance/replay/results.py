"""What replay finds: ends of slots with their trails, days, months."""

from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

import msgspec


class Result(StrEnum):
    NORMAL = "normal"
    LATE = "late"
    SERIOUS = "serious_late"
    EARLY = "early"
    LACK = "lack"
    NO_NEED = "no_need"
    AUTO = "auto"
    PENDING = "pending"


class Status(StrEnum):
    NORMAL = "normal"
    LATE = "late"
    EARLY = "early"
    LATE_EARLY = "late_early"
    LACK = "lack"
    ABSENT = "absent"
    LEAVE = "leave"
    AWAY = "away"
    PENDING = "pending"
    OFF = "off"
    EXEMPT = "exempt"


# Why a due time is not the shift's own: (what, minutes or the id it came from).
Step = tuple[str, int | str]


class Point(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The verdict on one end of a slot, with everything it came from.

    `due` is the time after all `trail` steps; `by` names the threshold that decided, `limit` its minutes.
    """

    slot: int
    end: str
    due: int
    result: str
    at: int | None = None
    punch: str = ""
    minutes: int = 0
    by: str = ""
    limit: int = 0
    supplement: str = ""
    trail: tuple[Step, ...] = ()


class Day(msgspec.Struct, frozen=True, kw_only=True):
    on: str
    status: str
    kind: str
    source: str
    rule: str
    shift: str
    zone: str = "UTC"
    due: int = 0
    worked: int = 0
    late_times: int = 0
    late: int = 0
    serious_times: int = 0
    early_times: int = 0
    early: int = 0
    lack_times: int = 0
    absent: int = 0
    leave: int = 0
    away: int = 0
    overtime: int = 0
    points: tuple[Point, ...] = ()

    def has_begun(self, now: datetime) -> bool:
        """Whether it is that date, or a later one, where the person works."""
        return self.on <= now.astimezone(ZoneInfo(self.zone)).date().isoformat()

    def is_today(self, now: datetime) -> bool:
        return self.on == now.astimezone(ZoneInfo(self.zone)).date().isoformat()


# The points alone, as they are stored, and read again.
encode = msgspec.json.Encoder().encode


def canonical(days: list[Day]) -> bytes:
    """The same days are the same bytes."""
    return encode(days)


def points_of(stored: object) -> tuple[Point, ...]:
    return msgspec.convert(stored, tuple[Point, ...])
