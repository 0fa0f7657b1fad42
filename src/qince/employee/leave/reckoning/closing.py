"""What the passing of time does: advances are repaid, bookings move to what would lapse, the rest is carried or lapses.

`close` can run at any time and any number of times; it brings the ledger to what the rule says for that date, also
after leave was given back to a lot that had lapsed, or taken from it late.
"""

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal

from qince.employee.leave.reckoning.ledger import ADVANCE, Entry, Kind, Ledger, Lot, carried
from qince.employee.leave.reckoning.months import after_months
from qince.employee.leave.reckoning.spending import free
from qince.employee.leave.reckoning.terms import ZERO, Terms

ONE = timedelta(days=1)


def close(ledger: Ledger, terms: Terms, *, as_of: date, on: date | None = None) -> None:
    """Everything due up to the end of the day before `as_of`. `on`: the day the entries are written (default as_of).

    Lots that lapse on the same day go together, the earlier ones first, as if it had been run every day.
    """
    written = on or as_of
    while True:
        before = len(ledger.entries)
        _repay(ledger, as_of, written)
        ended: dict[date, dict[str, list[Lot]]] = defaultdict(lambda: defaultdict(list))
        for lot in ledger.lots.values():
            if lot.valid_to < as_of:
                ended[lot.valid_to][lot.period].append(lot)
        for valid_to in sorted(ended):
            for period, lots in sorted(ended[valid_to].items()):
                _fill(ledger, lots, written)
                _end(ledger, terms, period, lots, written)
        if len(ledger.entries) == before:
            return


def _repay(ledger: Ledger, as_of: date, written: date) -> None:
    """Leave in advance comes from a grant once there is one, but never from one that ends before it."""
    begun = [lot for lot in ledger.lots.values() if lot.valid_from <= as_of]
    for source, day, lot, qty in sorted(ledger.bookings(), key=lambda each: (each[1], each[0])):
        if lot != ADVANCE:
            continue
        rest = qty
        for target in sorted(begun, key=lambda each: (each.valid_to, each.valid_from, each.key)):
            part = min(rest, ledger.left(target.key), free(ledger, target))
            if part > 0 and day <= target.valid_to:
                _move(ledger, source, day, part, ADVANCE, target, written)
                rest -= part


def _fill(ledger: Ledger, lots: list[Lot], written: date) -> None:
    """Leave on days within these lots that was booked on later ones moves here: nothing lapses that was used."""
    for lot in lots:
        room = free(ledger, lot) if lot.is_carried else min(free(ledger, lot), _not_carried(ledger, lot))
        for source, day, other, qty in sorted(ledger.bookings(), key=lambda each: (each[1], each[0])):
            part = min(room, qty)
            if part > 0 and lot.covers(day) and _is_later(ledger, other, lot):
                _move(ledger, source, day, part, other, lot, written)
                room -= part


def _move(ledger: Ledger, source: str, day: date, qty: Decimal, other: str, lot: Lot, written: date) -> None:
    """Book what was booked on `other` on `lot` instead; both sides count from the same day, so the sum stays."""
    left = ledger.lots.get(other)
    on = max(written, lot.valid_from, left.valid_from if left else written)
    kind = _booking_kind(ledger, source)
    ledger.write(Kind.RELEASE, qty, on, other, source, day)
    ledger.write(kind, -qty, on, lot.key, source, day)


def _not_carried(ledger: Ledger, lot: Lot) -> Decimal:
    """What has lapsed or is still there; what was carried lives on elsewhere."""
    return ledger.unspent(lot.key) + ledger.total(lot.key, Kind.CARRY)


def _is_later(ledger: Ledger, other: str, lot: Lot) -> bool:
    if other == ADVANCE:
        return True
    found = ledger.lots[other]
    return found.valid_to > lot.valid_to


def _booking_kind(ledger: Ledger, source: str) -> Kind:
    """What the source books with now: used once approved, held before."""
    for entry in reversed(ledger.entries):
        if entry.source == source and entry.kind in (Kind.USE, Kind.HOLD):
            return entry.kind
    return Kind.USE


def _end(ledger: Ledger, terms: Terms, period: str, lots: list[Lot], written: date) -> None:
    """Carry what may be carried of what these lots hold, and let the rest lapse; or mend an earlier answer."""
    room = terms.carry_max
    for lot in sorted(lots, key=lambda lot: lot.key, reverse=True):
        unspent = ledger.unspent(lot.key)
        moved = -ledger.total(lot.key, Kind.CARRY) if not lot.is_carried else ZERO
        goal = max(min(unspent, room), ZERO) if lot.is_periodic else ZERO
        room -= goal
        if goal != moved:
            _carry(ledger, terms, lot, goal - moved, written)
        rest = ledger.left(lot.key)
        if rest:
            ledger.write(Kind.EXPIRE, -rest, max(written, lot.valid_to + ONE), lot.key, "lapsed")


def _carry(ledger: Ledger, terms: Terms, lot: Lot, qty: Decimal, written: date) -> None:
    key = carried(lot.period)
    start = lot.valid_to + ONE
    on = max(written, start)
    ledger.write(Kind.CARRY, -qty, on, lot.key, key)
    if key not in ledger.lots:
        end = after_months(start, terms.carry_months) - ONE
        ledger.add(Entry(Kind.CARRY, qty, on, key, start, end, lot.key))
    else:
        ledger.write(Kind.CARRY, qty, on, key, lot.key)
