"""What the columns of an event say about time; shared by whole rows and by those read without their texts."""

from datetime import date, datetime, time, timedelta

MIDNIGHT = time()


class Timed:
    all_day: bool
    starts_on: date
    starts_time: time | None
    ends_on: date
    ends_time: time | None
    original_on: date | None
    original_time: time | None
    rrule: str

    @property
    def starts(self) -> datetime:
        """The start in wall time, without a zone."""
        return datetime.combine(self.starts_on, self.starts_time or MIDNIGHT)

    @property
    def ends(self) -> datetime:
        """The end in wall time, exclusive."""
        if self.all_day:
            return datetime.combine(self.ends_on, MIDNIGHT) + timedelta(days=1)
        return datetime.combine(self.ends_on, self.ends_time or MIDNIGHT)

    @property
    def original(self) -> datetime | None:
        if self.original_on is None:
            return None
        return datetime.combine(self.original_on, self.original_time or MIDNIGHT)

    @property
    def is_recurring(self) -> bool:
        return bool(self.rrule)
