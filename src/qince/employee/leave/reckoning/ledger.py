"""The ledger of one person's one type of leave: it only grows, and the balance is its sum.

What is granted forms a *lot*, spendable on days from `valid_from` to `valid_to`. Bookings (`hold` while a request is
undecided, `use` once approved) name the day of leave and the lot they take from; what goes beyond every lot is an
advance, on the lot "". An entry counts from the day it was written, but not before its lot begins: so the sum of what
counts on a date is what could still be asked for then.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from qince.employee.leave.reckoning.terms import ZERO

ADVANCE = ""


class Kind(StrEnum):
    GRANT = "grant"
    CARRY = "carry"
    USE = "use"
    HOLD = "hold"
    RELEASE = "release"
    EXPIRE = "expire"
    ADJUST = "adjust"


BOOKINGS = (Kind.USE, Kind.HOLD, Kind.RELEASE)


@dataclass(frozen=True, slots=True)
class Entry:
    kind: Kind
    qty: Decimal
    on: date  # from when it counts
    lot: str
    valid_from: date | None = None  # of the lot
    valid_to: date | None = None
    source: str = ""  # the request, the period, the act it came from
    day: date | None = None  # the day of leave that a booking is for


@dataclass(frozen=True, slots=True)
class Lot:
    key: str
    valid_from: date
    valid_to: date

    def covers(self, day: date) -> bool:
        return self.valid_from <= day <= self.valid_to

    @property
    def period(self) -> str:
        """`2026` of `2026/03`: what is carried over is limited for the whole period."""
        return self.key.split("/")[0]

    @property
    def is_periodic(self) -> bool:
        """Granted for a period, rather than for overtime or by hand: only such can be carried over."""
        return self.key[:1].isdigit()

    @property
    def is_carried(self) -> bool:
        return self.key.startswith("carried:")


def carried(period: str) -> str:
    return f"carried:{period}"


class Ledger:
    """The entries in the order written, and the sums that rules ask for, kept as entries are added."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self.entries: list[Entry] = []
        self.lots: dict[str, Lot] = {}
        self._sums: dict[tuple[str, Kind], Decimal] = defaultdict(Decimal)
        # source → (day, lot) → how much is booked
        self._booked: dict[str, dict[tuple[date, str], Decimal]] = defaultdict(dict)
        for entry in entries:
            self.add(entry)

    def add(self, entry: Entry) -> Entry:
        self.entries.append(entry)
        self._sums[entry.lot, entry.kind] += entry.qty
        if entry.valid_from and entry.valid_to and entry.lot:
            self.lots.setdefault(entry.lot, Lot(entry.lot, entry.valid_from, entry.valid_to))
        if entry.kind in BOOKINGS and entry.day is not None:
            booked, key = self._booked[entry.source], (entry.day, entry.lot)
            booked[key] = booked.get(key, ZERO) - entry.qty
        return entry

    def write(
        self, kind: Kind, qty: Decimal, on: date, lot: str, source: str, day: date | None = None
    ) -> Entry:
        """An entry about a lot that exists, or the advance."""
        found = self.lots.get(lot)
        start, end = (found.valid_from, found.valid_to) if found else (None, None)
        return self.add(Entry(kind, qty, max(on, start) if start else on, lot, start, end, source, day))

    # --- Sums ---

    def balance(self, on: date) -> Decimal:
        """What counts on that date."""
        return sum((each.qty for each in self.entries if each.on <= on), ZERO)

    def total(self, lot: str, *kinds: Kind) -> Decimal:
        return sum((self._sums.get((lot, kind), ZERO) for kind in kinds), ZERO)

    def left(self, lot: str) -> Decimal:
        """What is in the lot now."""
        return self.total(lot, *Kind)

    def unspent(self, lot: str) -> Decimal:
        """What was granted and not booked, whether or not it has lapsed or been carried since."""
        return self.total(lot, Kind.GRANT, Kind.ADJUST, *BOOKINGS) + (
            self.total(lot, Kind.CARRY) if self.lots[lot].is_carried else ZERO
        )

    @property
    def advance(self) -> Decimal:
        """How much was taken beyond all grants."""
        return -self.left(ADVANCE)

    def booked(self, source: str) -> dict[tuple[date, str], Decimal]:
        """(day, lot) → quantity that this source has booked."""
        return {key: qty for key, qty in self._booked.get(source, {}).items() if qty}

    def bookings(self) -> Iterator[tuple[str, date, str, Decimal]]:
        """Every booking: source, day, lot, quantity."""
        for source in list(self._booked):
            for (day, lot), qty in self.booked(source).items():
                yield source, day, lot, qty
