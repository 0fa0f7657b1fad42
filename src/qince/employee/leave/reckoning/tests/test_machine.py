"""Whatever happens: the sum is the balance, nothing lapses that was used, no advance goes beyond its limit.

The machine keeps its own, simple account of what was granted, taken and given back, and compares.
"""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, multiple, precondition, rule

from qince.employee.leave.reckoning.closing import close
from qince.employee.leave.reckoning.ledger import ADVANCE, Entry, Kind, Ledger
from qince.employee.leave.reckoning.spending import (
    Short,
    by_day,
    give_back,
    rebook,
    settle_request,
    spend,
)
from qince.employee.leave.reckoning.terms import Granting, Terms

D = Decimal
START = date(2026, 1, 1)
HALVES = st.integers(1, 8).map(lambda halves: D(halves) / 2)
TERMS = Terms(grant=Granting.FIXED, amount=D(1), carry_max=D(3), carry_months=2, negative_limit=D(2))


def copied(ledger):
    return Ledger(ledger.entries)


class LedgerMachine(RuleBasedStateMachine):
    requests = Bundle("requests")

    def __init__(self):
        super().__init__()
        self.ledger, self.today, self.number = Ledger(), START, 0
        self.granted, self.taken = D(0), {}

    def later(self, days):
        return self.today + timedelta(days=days)

    @rule(qty=HALVES, lasts=st.integers(0, 90), starts=st.integers(-20, 60), is_periodic=st.booleans())
    def grant(self, qty, lasts, starts, is_periodic):
        self.number += 1
        first = self.later(starts)
        last = max(first + timedelta(days=lasts), self.today)
        key = f"{2000 + self.number}" if is_periodic else f"adjust:{self.number}"
        self.ledger.add(Entry(Kind.GRANT, qty, max(first, self.today), key, first, last, key))
        self.granted += qty

    @rule(target=requests, starts=st.integers(-30, 60), length=st.integers(1, 5), is_half=st.booleans())
    def hand_in(self, starts, length, is_half):
        self.number += 1
        source = f"request:{self.number}"
        days = {self.later(starts + step): D(1) for step in range(length)}
        if is_half:
            days[max(days)] = D("0.5")
        tried = copied(self.ledger)
        close(tried, TERMS, as_of=self.today)
        try:
            spend(tried, TERMS, days, on=self.today, source=source, kind=Kind.HOLD)
        except Short:
            return multiple()
        close(tried, TERMS, as_of=self.today)
        self.ledger, self.taken[source] = tried, dict(days)
        return source

    @rule(source=requests)
    def approve(self, source):
        before = self.ledger.balance(self.today)
        settle_request(self.ledger, on=self.today, source=source)
        assert self.ledger.balance(self.today) == before
        assert all(kind is not Kind.HOLD or not qty for kind, qty in self.net(source).items())

    def net(self, source):
        """What the source still holds, by kind: releases undo whatever came first."""
        found = {Kind.USE: D(0)}
        for each in self.ledger.entries:
            if each.source == source and each.kind in (Kind.USE, Kind.RELEASE, Kind.HOLD):
                found[Kind.USE] -= each.qty
        assert found[Kind.USE] == sum(self.taken[source].values(), D(0))
        return found

    @rule(source=requests)
    def refuse(self, source):
        rebook(self.ledger, TERMS, {}, on=self.today, source=source, kind=Kind.HOLD)
        self.taken[source] = {}

    @rule(source=requests, data=st.data())
    def return_early(self, source, data):
        days = self.taken[source]
        if not days:
            return
        day = data.draw(st.sampled_from(sorted(days)))
        give_back(self.ledger, {day: D("0.5")}, on=self.today, source=source)
        days[day] -= D("0.5")
        if not days[day]:
            del days[day]

    @rule(days=st.integers(1, 45))
    def time_passes(self, days):
        self.today = self.later(days)
        close(self.ledger, TERMS, as_of=self.today)
        written = len(self.ledger.entries)
        close(self.ledger, TERMS, as_of=self.today)
        assert len(self.ledger.entries) == written

    @rule()
    @precondition(lambda self: self.ledger.entries)
    def reopen(self):
        """What is kept is enough: the ledger read back is the same."""
        self.ledger = copied(self.ledger)

    # --- Always ---

    @invariant()
    def bookings_are_what_was_taken(self):
        for source, days in self.taken.items():
            assert by_day(self.ledger, source) == days

    @invariant()
    def the_sum_is_the_balance_at_every_date(self):
        settled = copied(self.ledger)
        close(settled, TERMS, as_of=self.today)
        taken = sum((sum(days.values(), D(0)) for days in self.taken.values()), D(0))
        lapsed = -sum((each.qty for each in settled.entries if each.kind is Kind.EXPIRE), D(0))
        # Every grant, booking, carrying and lapsing, whatever the date it counts from:
        assert sum(each.qty for each in settled.entries) == self.granted - taken - lapsed
        dates = sorted({each.on for each in settled.entries})
        running = D(0)
        for on in dates:
            running += sum(each.qty for each in settled.entries if each.on == on)
            assert settled.balance(on) == running

    @invariant()
    def nothing_lapses_that_was_used(self):
        settled = copied(self.ledger)
        close(settled, TERMS, as_of=self.today)
        for key, lot in settled.lots.items():
            granted = settled.total(key, Kind.GRANT) + (
                settled.total(key, Kind.CARRY) if lot.is_carried else 0
            )
            used = -settled.total(key, Kind.USE, Kind.HOLD, Kind.RELEASE)
            lapsed = -settled.total(key, Kind.EXPIRE)
            assert 0 <= lapsed <= granted - used
            assert settled.left(key) >= 0
            if lot.valid_to < self.today:
                assert settled.left(key) == 0
            if lapsed:
                # Nor could a booking within the lot have been taken from it instead of from a later one.
                for _source, day, other, qty in settled.bookings():
                    assert not (qty and lot.covers(day) and other == ADVANCE)

    @invariant()
    def never_below_the_limit(self):
        settled = copied(self.ledger)
        close(settled, TERMS, as_of=self.today)
        assert settled.advance <= TERMS.negative_limit
        for on in {self.today, *(each.on for each in settled.entries if each.on >= self.today)}:
            assert settled.balance(on) >= -TERMS.negative_limit


TestLedgerMachine = LedgerMachine.TestCase
TestLedgerMachine.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
