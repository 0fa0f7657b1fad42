"""The balance on a day, line by line: what was written, and for a day to come what the rules will write until then."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from qince.employee.leave.reckoning.closing import close
from qince.employee.leave.reckoning.granting import Career, bring_up, grants
from qince.employee.leave.reckoning.ledger import Entry, Ledger
from qince.employee.leave.reckoning.terms import ZERO, Terms


@dataclass(frozen=True, slots=True)
class Line:
    entry: Entry
    balance: Decimal
    is_expected: bool  # not written yet: follows from the rules as they are now


def projected(ledger: Ledger, terms: Terms, career: Career | None, *, today: date, on: date) -> Ledger:
    """A copy with everything the rules do until `on`."""
    copy = Ledger(ledger.entries)
    if career is not None:
        bring_up(copy, grants(terms, career, today, max(on, today)), on=today)
    close(copy, terms, as_of=on, on=min(today, on))
    return copy


def statement(ledger: Ledger, terms: Terms, career: Career | None, *, today: date, on: date) -> list[Line]:
    """The lines that make up the balance on `on`, oldest first, each with the balance after it."""
    written = len(ledger.entries)
    source = ledger if on < today else projected(ledger, terms, career, today=today, on=on)
    counted = [(entry.on, place) for place, entry in enumerate(source.entries) if entry.on <= on]
    lines: list[Line] = []
    balance = ZERO
    for _on, place in sorted(counted):
        entry = source.entries[place]
        balance += entry.qty
        lines.append(Line(entry, balance, place >= written))
    return lines


def balance_on(ledger: Ledger, terms: Terms, career: Career | None, *, today: date, on: date) -> Decimal:
    lines = statement(ledger, terms, career, today=today, on=on)
    return lines[-1].balance if lines else ZERO
