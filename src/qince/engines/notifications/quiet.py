"""Quiet hours: until when somebody wants to hear nothing. Pure functions of clock and wish."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

EVERY_DAY = (1, 2, 3, 4, 5, 6, 7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiet:
    """From `starts` to `ends` local time of the IANA `zone`, over midnight where it starts later than it ends, and the
    whole of the weekdays (1 Monday to 7) that are not in `days`.
    """

    starts: time
    ends: time
    zone: str
    days: Collection[int] = EVERY_DAY

    def covers(self, instant: datetime) -> bool:
        local = instant.astimezone(ZoneInfo(self.zone))
        if local.isoweekday() not in self.days:
            return True
        at = local.time()
        if self.starts <= self.ends:
            return self.starts <= at < self.ends
        return at >= self.starts or at < self.ends

    def until(self, instant: datetime) -> datetime | None:
        """The first instant from `instant` on that is not quiet, in UTC; None if `instant` itself is not."""
        if not self.covers(instant):
            return None
        return min(each for each in self._openings(instant) if each > instant and not self.covers(each))

    def _openings(self, instant: datetime) -> Iterator[datetime]:
        """Instants at which quiet may end within the next eight days: the window's end, or a day's beginning."""
        zone = ZoneInfo(self.zone)
        today = instant.astimezone(zone).date()
        for ahead in range(9):
            for at in (time(), self.ends):
                # An hour that the clocks skip counts as the one after; so does an hour that comes twice, as the first.
                yield datetime.combine(today + timedelta(days=ahead), at, zone).astimezone(UTC)
