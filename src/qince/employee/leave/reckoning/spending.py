"""Booking leave: day by day, from the lot that lapses first; and giving it back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from qince.employee.leave.reckoning.ledger import ADVANCE, Kind, Ledger, Lot, carried
from qince.employee.leave.reckoning.terms import ZERO, Terms


@dataclass(frozen=True, slots=True)
class Short(Exception):
    """Not enough on that day: `missing` beyond what lots and the allowed advance hold."""

    day: date
    missing: Decimal


def free(ledger: Ledger, lot: Lot) -> Decimal:
    """What a day within the lot may still take from it. What has lapsed or been carried counts too, as far as the
    carried part is unspent: leave that is reported late still comes out of the grant of its own day.
    """
    found = ledger.unspent(lot.key)
    if lot.is_carried:
        return max(found, ZERO)
    moved = -ledger.total(lot.key, Kind.CARRY)
    if moved > 0:
        found -= moved - min(moved, free(ledger, ledger.lots[carried(lot.period)]))
    return max(found, ZERO)


def usable(ledger: Ledger, day: date) -> list[Lot]:
    """Lots that cover the day, the one that lapses first coming first."""
    found = [lot for lot in ledger.lots.values() if lot.covers(day)]
    return sorted(found, key=lambda lot: (lot.valid_to, lot.valid_from, lot.key))


def spend(
    ledger: Ledger, terms: Terms, wanted: Mapping[date, Decimal], *, on: date, source: str, kind: Kind
) -> None:
    """Book `wanted` or raise `Short`; what was added before that is the caller's to drop."""
    for day in sorted(wanted):
        rest = wanted[day]
        for lot in usable(ledger, day):
            part = min(rest, free(ledger, lot))
            if part > 0:
                _fetch_back(ledger, lot, part, on)
                ledger.write(kind, -part, on, lot.key, source, day)
                rest -= part
        if rest > 0:
            beyond = max(ledger.advance, ZERO) + rest - terms.negative_limit
            if beyond > 0:
                raise Short(day, beyond)
            ledger.write(kind, -rest, on, ADVANCE, source, day)


def _fetch_back(ledger: Ledger, lot: Lot, part: Decimal, on: date) -> None:
    """What a late booking takes of what was carried on comes back first, so that nothing is spent twice."""
    moved = ZERO if lot.is_carried else -ledger.total(lot.key, Kind.CARRY)
    back = part - (ledger.unspent(lot.key) - moved)
    if moved > 0 and back > 0:
        key = carried(lot.period)
        start = max(on, ledger.lots[key].valid_from)
        ledger.write(Kind.CARRY, back, start, lot.key, key)
        ledger.write(Kind.CARRY, -back, start, key, lot.key)


def give_back(ledger: Ledger, days: Mapping[date, Decimal], *, on: date, source: str) -> None:
    """Take quantities back from a source's bookings of these days: advances first, then what lapses last."""
    booked = ledger.booked(source)
    for day, qty in sorted(days.items()):
        rest = qty
        held = [(lot, held) for (on_day, lot), held in booked.items() if on_day == day]
        held.sort(key=lambda each: _lapses(ledger, each[0]), reverse=True)
        for lot, part in held:
            part = min(part, rest)
            if part > 0:
                ledger.write(Kind.RELEASE, part, on, lot, source, day)
                rest -= part
        if rest > 0:
            raise ValueError(f"{source} has not booked that much on {day}")


def _lapses(ledger: Ledger, lot: str) -> date:
    return date.max if lot == ADVANCE else ledger.lots[lot].valid_to


def by_day(ledger: Ledger, source: str) -> dict[date, Decimal]:
    found: dict[date, Decimal] = {}
    for (day, _lot), qty in ledger.booked(source).items():
        found[day] = found.get(day, ZERO) + qty
    return found


def rebook(
    ledger: Ledger, terms: Terms, wanted: Mapping[date, Decimal], *, on: date, source: str, kind: Kind
) -> None:
    """Make the source's bookings what is wanted now: early return, a cancelled part, a changed calendar."""
    held = by_day(ledger, source)
    less = {day: qty - wanted.get(day, ZERO) for day, qty in held.items() if qty > wanted.get(day, ZERO)}
    more = {day: qty - held.get(day, ZERO) for day, qty in wanted.items() if qty > held.get(day, ZERO)}
    give_back(ledger, less, on=on, source=source)
    spend(ledger, terms, more, on=on, source=source, kind=kind)


def settle_request(ledger: Ledger, *, on: date, source: str) -> None:
    """The request is approved: what was held is used. The sum stays."""
    for (day, lot), qty in sorted(ledger.booked(source).items()):
        ledger.write(Kind.RELEASE, qty, on, lot, source, day)
        ledger.write(Kind.USE, -qty, on, lot, source, day)
