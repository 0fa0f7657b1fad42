"""The ledger: what is spent first, what lapses, what is carried, and that the sum is always the balance."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from qince.employee.leave.reckoning.closing import close
from qince.employee.leave.reckoning.granting import Career, bring_up, grants
from qince.employee.leave.reckoning.ledger import ADVANCE, Entry, Kind, Ledger, carried
from qince.employee.leave.reckoning.spending import (
    Short,
    by_day,
    give_back,
    rebook,
    settle_request,
    spend,
)
from qince.employee.leave.reckoning.statement import balance_on, statement
from qince.employee.leave.reckoning.terms import Granting, Terms

D = Decimal
NEW_YEAR, END_OF_MARCH, APRIL = date(2026, 1, 1), date(2026, 3, 31), date(2026, 4, 1)
TERMS = Terms(grant=Granting.FIXED, amount=D(20), carry_max=D(10))
CAREER = Career(date(2020, 5, 4))


def lot(key, qty, first, last, kind=Kind.GRANT):
    return Entry(kind, D(qty), first, key, first, last, key)


def year():
    """10 carried days that lapse on 31 March, and 20 new ones."""
    return Ledger(
        [
            lot(carried("2025"), 10, NEW_YEAR, END_OF_MARCH, Kind.CARRY),
            lot("2026", 20, NEW_YEAR, date(2026, 12, 31)),
        ]
    )


def days(first, number):
    return {first + timedelta(days=step): D(1) for step in range(number)}


def take(ledger, first, number, source="r", on=None, terms=TERMS, kind=Kind.USE):
    spend(ledger, terms, days(first, number), on=on or first, source=source, kind=kind)


def expired(ledger):
    return -sum(each.qty for each in ledger.entries if each.kind is Kind.EXPIRE)


@pytest.mark.parametrize(("taken", "left", "lapsed"), [(8, 20, 2), (12, 18, 0)])
def test_carried_days_are_spent_first_and_only_unused_ones_lapse(taken, left, lapsed):
    ledger = year()
    take(ledger, date(2026, 2, 2), taken)
    close(ledger, TERMS, as_of=APRIL)
    assert (ledger.balance(APRIL), expired(ledger)) == (left, lapsed)
    assert ledger.balance(END_OF_MARCH) == 30 - taken


def test_days_after_the_end_of_a_lot_do_not_come_from_it():
    ledger = year()
    take(ledger, date(2026, 3, 30), 4)  # two days on each side of the end of March
    booked = {lot: qty for (_day, lot), qty in ledger.booked("r").items()}
    assert booked == {carried("2025"): 1, "2026": 1}
    assert by_day(ledger, "r") == days(date(2026, 3, 30), 4)
    close(ledger, TERMS, as_of=APRIL)
    assert (ledger.left("2026"), expired(ledger)) == (18, 8)


def test_leave_reported_after_the_end_still_comes_from_what_lapsed():
    ledger = year()
    close(ledger, TERMS, as_of=APRIL)
    assert ledger.balance(APRIL) == 20
    take(ledger, date(2026, 3, 2), 3, on=date(2026, 4, 9))
    close(ledger, TERMS, as_of=date(2026, 4, 9))
    assert (ledger.balance(date(2026, 4, 9)), expired(ledger)) == (20, 7)


def test_what_is_given_back_to_a_lapsed_lot_lapses_and_to_a_running_one_stays():
    ledger = year()
    take(ledger, date(2026, 2, 2), 12)  # 10 carried, 2 new
    close(ledger, TERMS, as_of=APRIL)
    give_back(ledger, {date(2026, 2, 2): D(1), date(2026, 2, 13): D(1)}, on=APRIL, source="r")
    close(ledger, TERMS, as_of=APRIL)
    # One came back to the carried lot: a later day of February moves there from the new one, nothing lapses.
    assert (ledger.balance(APRIL), expired(ledger)) == (20, 0)


def test_a_booking_moves_to_what_would_lapse():
    ledger = year()
    take(ledger, date(2026, 1, 5), 10, "first", on=NEW_YEAR)
    take(ledger, date(2026, 2, 2), 3, "second", on=NEW_YEAR)
    give_back(ledger, days(date(2026, 1, 5), 10), on=NEW_YEAR, source="first")
    close(ledger, TERMS, as_of=APRIL)
    assert ledger.booked("second") == {(day, carried("2025")): 1 for day in days(date(2026, 2, 2), 3)}
    assert (ledger.balance(APRIL), expired(ledger)) == (20, 7)


def test_a_request_over_new_year_takes_each_day_from_its_own_year():
    ledger = Ledger(
        [lot("2026", 20, NEW_YEAR, date(2026, 12, 31)), lot("2027", 20, date(2027, 1, 1), date(2027, 12, 31))]
    )
    take(ledger, date(2026, 12, 30), 4, on=date(2026, 12, 1), kind=Kind.HOLD)
    assert (ledger.left("2026"), ledger.left("2027")) == (18, 18)
    # Next year's part counts from next year on: this year's balance is not lowered by it.
    assert ledger.balance(date(2026, 12, 1)) == 18
    assert ledger.balance(date(2027, 1, 1)) == 36


def test_holding_using_and_releasing_keep_the_sum():
    ledger = year()
    take(ledger, date(2026, 2, 2), 12, on=NEW_YEAR, kind=Kind.HOLD)
    held = ledger.balance(NEW_YEAR)
    settle_request(ledger, on=NEW_YEAR, source="r")
    assert ledger.balance(NEW_YEAR) == held == 18
    assert ledger.total("2026", Kind.HOLD) + ledger.total("2026", Kind.RELEASE) == 0
    rebook(ledger, TERMS, {}, on=NEW_YEAR, source="r", kind=Kind.USE)
    assert ledger.balance(NEW_YEAR) == 30


def test_early_return_gives_back_the_last_days_and_half_of_one():
    ledger = year()
    take(ledger, date(2026, 2, 2), 5)
    back = {date(2026, 2, 2): D(1), date(2026, 2, 3): D("0.5")}
    rebook(ledger, TERMS, back, on=date(2026, 2, 3), source="r", kind=Kind.USE)
    assert by_day(ledger, "r") == back
    assert ledger.left(carried("2025")) == D("8.5")


def test_more_than_there_is_is_refused_with_the_day_and_what_is_missing():
    ledger = year()
    with pytest.raises(Short) as short:
        take(ledger, date(2026, 4, 6), 22)
    assert (short.value.day, short.value.missing) == (date(2026, 4, 26), 1)


def test_an_advance_ends_at_the_limit_and_is_repaid_by_the_next_grant():
    terms = Terms(grant=Granting.FIXED, amount=D(20), negative_limit=D(2))
    ledger = Ledger([lot("2026", 1, NEW_YEAR, date(2026, 12, 31))])
    take(ledger, date(2026, 11, 2), 3, terms=terms)
    assert (ledger.balance(date(2026, 11, 2)), ledger.advance) == (-2, 2)
    with pytest.raises(Short):
        take(ledger, date(2026, 11, 9), 1, "more", terms=terms)
    ledger = Ledger(ledger.entries[:-1] if len(ledger.entries) > 4 else ledger.entries)
    ledger.add(lot("2027", 20, date(2027, 1, 1), date(2027, 12, 31)))
    close(ledger, terms, as_of=date(2027, 1, 1))
    assert (ledger.advance, ledger.left("2027")) == (0, 18)


def test_an_advance_is_not_repaid_by_what_ends_before_that_leave():
    terms = Terms(grant=Granting.FIXED, amount=D(20), negative_limit=D(2))
    ledger = Ledger([lot(carried("2025"), 10, NEW_YEAR, END_OF_MARCH, Kind.CARRY)])
    take(ledger, date(2026, 4, 6), 2, on=date(2026, 3, 2), terms=terms)
    close(ledger, terms, as_of=date(2026, 3, 2))
    close(ledger, terms, as_of=APRIL)
    assert (ledger.left(ADVANCE), expired(ledger)) == (-2, 10)


def test_unused_days_are_carried_up_to_the_limit_and_lapse_once_more():
    ledger = Ledger([lot("2025", 20, date(2025, 1, 1), date(2025, 12, 31))])
    take(ledger, date(2025, 6, 2), 5)
    close(ledger, TERMS, as_of=NEW_YEAR)
    assert (ledger.left(carried("2025")), expired(ledger), ledger.balance(NEW_YEAR)) == (10, 5, 10)
    take(ledger, date(2025, 12, 25), 7, "late", on=NEW_YEAR)  # 5 that lapsed, 2 that were carried
    close(ledger, TERMS, as_of=NEW_YEAR)
    assert (ledger.left(carried("2025")), expired(ledger), ledger.balance(NEW_YEAR)) == (8, 0, 8)
    close(ledger, TERMS, as_of=APRIL)
    assert (ledger.balance(APRIL), expired(ledger)) == (0, 8)


def test_closing_again_changes_nothing():
    ledger = year()
    take(ledger, date(2026, 2, 2), 8)
    close(ledger, TERMS, as_of=APRIL)
    written = len(ledger.entries)
    close(ledger, TERMS, as_of=date(2026, 4, 2))
    assert len(ledger.entries) == written


def test_the_balance_of_a_day_to_come_is_told_line_by_line():
    ledger = year()
    take(ledger, date(2026, 2, 2), 8, on=NEW_YEAR)
    on = date(2027, 1, 1)
    lines = statement(ledger, TERMS, CAREER, today=NEW_YEAR, on=on)
    told = [(line.entry.kind.value, line.entry.on, line.entry.qty) for line in lines if line.is_expected]
    assert told == [
        ("expire", APRIL, -2),
        ("carry", on, -10),
        ("carry", on, 10),
        ("expire", on, -10),
        ("grant", on, 20),
    ] or sorted(told) == sorted(
        [("expire", APRIL, -2), ("carry", on, -10), ("carry", on, 10), ("expire", on, -10), ("grant", on, 20)]
    )
    assert lines[-1].balance == 30 == balance_on(ledger, TERMS, CAREER, today=NEW_YEAR, on=on)
    assert len(ledger.entries) == 2 + 8  # telling writes nothing


def test_a_grant_comes_once_and_its_change_as_a_difference():
    ledger = Ledger()
    wanted = grants(TERMS, CAREER, NEW_YEAR, date(2026, 12, 31))
    for _time in range(2):
        bring_up(ledger, wanted, on=NEW_YEAR)
    assert [each.qty for each in ledger.entries] == [20]
    take(ledger, date(2026, 2, 2), 15)
    leaver = Career(CAREER.hired_on, left_on=date(2026, 6, 30))
    bring_up(ledger, grants(TERMS, leaver, NEW_YEAR, date(2026, 12, 31)), on=date(2026, 6, 1))
    assert ledger.left("2026") == 0  # 9.5 would be due; what was used is not taken back
