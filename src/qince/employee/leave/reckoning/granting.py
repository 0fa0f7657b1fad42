"""What a person is granted by a type: which lots, of how much, valid when. Asked for any stretch of time, again and
again: a grant is known by its key, so the ledger gets each once, and the difference when the answer changes.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from qince.employee.leave.reckoning.ledger import Entry, Kind, Ledger
from qince.employee.leave.reckoning.months import after_months, whole_years, years_after
from qince.employee.leave.reckoning.spending import free
from qince.employee.leave.reckoning.terms import ZERO, Granting, GrantOn, Service, Terms

ONE = timedelta(days=1)
DAYS_OF_YEAR = 365  # the divisor the rules on paid annual leave name, in leap years too


@dataclass(frozen=True, slots=True)
class Career:
    """The dates that grants depend on. `working_since`: of the whole working life, where known."""

    hired_on: date
    left_on: date | None = None
    working_since: date | None = None


@dataclass(frozen=True, slots=True)
class Grant:
    key: str
    amount: Decimal
    valid_from: date
    valid_to: date


def grants(terms: Terms, career: Career, first: date, last: date) -> list[Grant]:
    """Grants whose period begins up to `last` and is not over before `first`."""
    if terms.grant not in (Granting.FIXED, Granting.TENURE, Granting.ACCRUAL):
        return []
    made = _monthly if terms.grant is Granting.ACCRUAL else _periodic
    return [each for each in made(terms, career, first, last) if each.amount > 0]


def _periods(terms: Terms, career: Career, first: date, last: date) -> Iterator[tuple[str, date, date]]:
    """(name, first day, last day) of the years that touch the stretch."""
    anniversary = terms.grant_on is GrantOn.ANNIVERSARY
    for year in range(max(first.year - 1, career.hired_on.year), last.year + 1):
        if anniversary:
            start = years_after(career.hired_on, year - career.hired_on.year)
            end = years_after(career.hired_on, year + 1 - career.hired_on.year) - ONE
        else:
            start, end = date(year, 1, 1), date(year, 12, 31)
        if start <= last and end >= first:
            yield str(year), start, end


def _periodic(terms: Terms, career: Career, first: date, last: date) -> Iterator[Grant]:
    for name, start, end in _periods(terms, career, first, last):
        begin = max(start, career.hired_on)
        finish = min(end, career.left_on) if career.left_on else end
        if begin > finish:
            continue
        pieces = _pieces(terms, career, begin, finish)
        amount = _yearly(terms, pieces, (start, end))
        entitled = next((piece_start for piece_start, _end, rate in pieces if rate), begin)
        until = after_months(end + ONE, terms.extra_months) - ONE
        yield Grant(name, amount, entitled, min(until, career.left_on) if career.left_on else until)


def _pieces(terms: Terms, career: Career, begin: date, finish: date) -> list[tuple[date, date, Decimal]]:
    """The stretch cut where the yearly amount changes: (first day, last day, amount a year)."""
    if terms.grant is Granting.FIXED:
        return [(begin, finish, terms.amount)]
    since = career.hired_on
    if terms.service is Service.CUMULATIVE:
        since = career.working_since or career.hired_on
    cuts = [years_after(since, tier.years) for tier in terms.tiers]
    starts = sorted({begin, *(cut for cut in cuts if begin < cut <= finish)})
    ends = [start - ONE for start in starts[1:]] + [finish]
    return [(start, end, _tier(terms, since, start)) for start, end in zip(starts, ends, strict=True)]


def _tier(terms: Terms, since: date, on: date) -> Decimal:
    reached = [tier.amount for tier in terms.tiers if tier.years <= whole_years(since, on)]
    return reached[-1] if reached else ZERO


def _yearly(terms: Terms, pieces: list[tuple[date, date, Decimal]], period: tuple[date, date]) -> Decimal:
    best = max(rate for _start, _end, rate in pieces)
    if not terms.prorate:
        return best
    if len(pieces) == 1 and pieces[0][:2] == period:
        return best
    days = sum(((end - start).days + 1) * rate for start, end, rate in pieces)
    return min(terms.rounded(Decimal(days) / DAYS_OF_YEAR), best)


def _monthly(terms: Terms, career: Career, first: date, last: date) -> Iterator[Grant]:
    """Each month on its first; all of a year lapse together."""
    for name, start, end in _periods(terms, career, first, last):
        until = after_months(end + ONE, terms.extra_months) - ONE
        if career.left_on:
            until = min(until, career.left_on)
        for month in range(12):
            begin, finish = after_months(start, month), after_months(start, month + 1) - ONE
            worked_from = max(begin, career.hired_on)
            worked_to = min(finish, career.left_on) if career.left_on else finish
            if begin > last or worked_from > worked_to:
                continue
            days, whole = (worked_to - worked_from).days + 1, (finish - begin).days + 1
            amount = terms.amount
            if terms.prorate and days < whole:
                amount = terms.rounded(terms.amount * days / whole)
            yield Grant(f"{name}/{month + 1:02d}", amount, worked_from, until)


def bring_up(ledger: Ledger, wanted: list[Grant], *, on: date) -> None:
    """Book grants that are missing, and the difference where one has changed.

    What was spent is not taken back: a grant is lowered no further than to what was used of it.
    """
    for each in wanted:
        held = ledger.total(each.key, Kind.GRANT)
        if each.key not in ledger.lots:
            start = max(on, each.valid_from)
            ledger.add(
                Entry(Kind.GRANT, each.amount, start, each.key, each.valid_from, each.valid_to, each.key)
            )
        elif (change := each.amount - held) > 0:
            ledger.write(Kind.GRANT, change, on, each.key, each.key)
        elif change < 0 and (less := min(-change, free(ledger, ledger.lots[each.key]))) > 0:
            ledger.write(Kind.GRANT, -less, on, each.key, each.key)
