"""Whatever the calendar, the versions and the people: one state each, and the counts add up."""

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from qince.employee.daily_reports.owing.judging import Day, Reporter, State, judge, state_of
from qince.employee.daily_reports.owing.periods import periods
from qince.employee.daily_reports.owing.rules import Basis, Cycle, Rule, RuleVersion
from qince.employee.daily_reports.owing.tallies import tally

FIRST, LAST = date(2026, 1, 1), date(2026, 3, 31)
ONE = timedelta(days=1)
dates = st.dates(FIRST, LAST)
rules = st.builds(
    Rule,
    cycle=st.sampled_from(Cycle),
    basis=st.sampled_from(Basis),
    weekdays=st.sets(st.integers(1, 7)).map(lambda found: tuple(sorted(found))),
    due_at=st.builds(time, st.integers(0, 23), st.integers(0, 59)),
    due_after=st.integers(0, 3),
    late_hours=st.integers(0, 72),
)
histories = st.lists(st.tuples(dates, rules), min_size=1, max_size=4).map(
    lambda found: [RuleVersion(number, on, rule) for number, (on, rule) in enumerate(found, 1)]
)
reporters = st.builds(
    Reporter,
    joined_on=dates,
    left_on=st.none() | dates,
    is_exempt=st.booleans(),
    days=st.dictionaries(
        dates, st.builds(Day, st.booleans(), st.booleans(), st.booleans(), st.booleans()), max_size=30
    ),
)
moments = st.datetimes(
    datetime(2026, 1, 1),  # noqa: DTZ001
    datetime(2026, 4, 30),  # noqa: DTZ001
    timezones=st.just(UTC),
)
zones = st.sampled_from(["Asia/Shanghai", "Europe/Berlin", "America/New_York"])


@given(histories, zones)
@settings(max_examples=150, deadline=None)
def test_no_two_periods_begin_on_the_same_day_and_a_longer_look_finds_the_same_ones(history, zone):
    found = list(periods(history, FIRST, LAST, zone))
    assert len({each.first for each in found}) == len(found)
    assert [each.first for each in found] == sorted(each.first for each in found)
    for each in found:
        assert each.first <= each.last <= each.due_on
        assert each.due_at <= each.late_until
        assert each in list(periods(history, each.first, each.first, zone))
    middle = FIRST + ONE * 45
    parts = {*periods(history, FIRST, middle, zone), *periods(history, middle + ONE, LAST, zone)}
    assert parts == set(found)


@given(histories, st.lists(st.tuples(reporters, st.none() | moments), min_size=1, max_size=8), moments)
@settings(max_examples=150, deadline=None)
def test_every_reporter_has_one_state_for_every_period_and_counts_add_up(history, people, now):
    for period in list(periods(history, FIRST, LAST, "Asia/Shanghai"))[:20]:
        standings = [judge(period, each, sent, now) for each, sent in people]
        counted = tally(each.state for each in standings)
        assert counted.reporters == len(people)
        assert counted.owed + counted.exempt == len(people)
        for (reporter, sent), found in zip(people, standings, strict=True):
            assert found.state is state_of(period, found.reason, sent, now)
            if sent is None and found.reason:
                assert found.state is State.EXEMPT
            if found.state is State.MISSING:
                assert (sent or now) > period.late_until
                assert not reporter.is_exempt
