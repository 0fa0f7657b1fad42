"""Wall clocks and instants. Due times are said on the wall clock of the group's zone, summer time or not."""

from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo


@lru_cache(maxsize=100_000)
def instant(zone: str, on: date, minutes: int) -> int:
    """The second at which the wall clock of `zone` shows `minutes` after midnight of `on`."""
    midnight = datetime(on.year, on.month, on.day, tzinfo=ZoneInfo(zone))
    return int((midnight + timedelta(minutes=minutes)).timestamp())  # adds on the wall clock


def wall(zone: str, at: int) -> datetime:
    return datetime.fromtimestamp(at, ZoneInfo(zone))
