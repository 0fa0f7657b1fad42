"""Counting states; the counts always add up to the reporters."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from qince.employee.daily_reports.owing.judging import State


@dataclass(frozen=True, slots=True)
class Tally:
    """`owed` is everybody but the exempt: those of whom a report is or was expected."""

    waiting: int = 0
    on_time: int = 0
    late: int = 0
    missing: int = 0
    exempt: int = 0

    @property
    def owed(self) -> int:
        return self.waiting + self.on_time + self.late + self.missing

    @property
    def reporters(self) -> int:
        return self.owed + self.exempt

    @property
    def sent(self) -> int:
        return self.on_time + self.late

    @property
    def percent(self) -> int | None:
        """How many of those that were owed are there."""
        return round(100 * self.sent / self.owed) if self.owed else None


def tally(states: Iterable[str]) -> Tally:
    found = Counter(states)
    return Tally(
        waiting=found[State.EXPECTED],
        on_time=found[State.ON_TIME],
        late=found[State.LATE],
        missing=found[State.MISSING],
        exempt=found[State.EXEMPT],
    )
