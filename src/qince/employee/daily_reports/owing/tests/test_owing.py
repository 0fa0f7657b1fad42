"""Who owes, and what it is when nothing came: the rules alone."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from qince.employee.daily_reports.owing.judging import Day, Reason, Reporter, State, judge, owed
from qince.employee.daily_reports.owing.periods import period_at, period_from, periods
from qince.employee.daily_reports.owing.rules import Basis, Cycle, Rule, RuleVersion, faults
from qince.employee.daily_reports.owing.tallies import tally

ZONE = "Asia/Shanghai"
MONDAY = date(2026, 3, 2)
ONE = timedelta(days=1)
OFF, ON, AWAY = Day(is_working=False), Day(is_working=True), Day(is_working=True, is_on_leave=True)


def version(number=1, since=date(2026, 1, 1), **rule):
    return RuleVersion(number, since, Rule(**{"due_at": time(18), "late_hours": 2, **rule}))


def daily(on=MONDAY, **rule):
    return period_at(version(**rule), on, ZONE)


def weekly(on=MONDAY, **rule):
    return period_at(version(cycle=Cycle.WEEKLY, **rule), on, ZONE)


def shanghai(on, hour, minute=0, second=0):
    return datetime(on.year, on.month, on.day, hour, minute, second, tzinfo=UTC) - timedelta(hours=8)


def week(day=ON):
    return {MONDAY + ONE * step: day if step < 5 else OFF for step in range(7)}


def test_of_ten_reporters_with_one_on_leave_nine_are_expected_and_the_tenth_is_never_missing():
    team = [Reporter(days={MONDAY: ON}) for _ in range(9)] + [Reporter(days={MONDAY: AWAY})]
    period = daily()
    before = [judge(period, each, None, shanghai(MONDAY, 9)) for each in team]
    assert tally(each.state for each in before).owed == 9
    assert tally(each.state for each in before).waiting == 9
    after = [judge(period, each, None, shanghai(MONDAY + ONE, 9)) for each in team]
    assert [each.state for each in after] == [State.MISSING] * 9 + [State.EXEMPT]
    assert after[-1].reason is Reason.LEAVE
    assert after[-1].facts["days"] == [MONDAY]


def test_leave_approved_after_the_deadline_turns_missing_into_exempt():
    late = shanghai(MONDAY + ONE, 9)
    assert judge(daily(), Reporter(days={MONDAY: ON}), None, late).state is State.MISSING
    assert judge(daily(), Reporter(days={MONDAY: AWAY}), None, late).state is State.EXEMPT


def test_a_make_up_saturday_owes_and_a_holiday_monday_does_not():
    saturday = MONDAY + ONE * 5
    made_up = Day(is_working=True, is_made_up=True)
    reason, facts = owed(daily(saturday), Reporter(days={saturday: made_up}))
    assert not reason
    assert facts["made_up"] == [saturday]
    weekdays = (1, 2, 3, 4, 5)
    assert not owed(daily(saturday, weekdays=weekdays), Reporter(days={saturday: made_up}))[0]
    assert owed(daily(saturday, weekdays=weekdays), Reporter(days={saturday: ON}))[0] is Reason.WEEKDAY
    rest = Day(is_working=False, is_holiday=True)
    assert owed(daily(), Reporter(days={MONDAY: rest}))[0] is Reason.HOLIDAY
    assert not owed(daily(basis=Basis.EVERY), Reporter(days={MONDAY: rest}))[0]


@pytest.mark.parametrize(
    ("at", "state"),
    [
        (shanghai(MONDAY, 17, 59), State.ON_TIME),
        (shanghai(MONDAY, 18, 0, 59), State.ON_TIME),
        (shanghai(MONDAY, 18, 1), State.LATE),
        (shanghai(MONDAY, 20, 0, 59), State.LATE),
    ],
)
def test_on_time_and_late_part_at_the_minute(at, state):
    assert judge(daily(), Reporter(), at, at).state is state


def test_what_comes_after_the_time_for_being_late_is_kept_and_stays_missing():
    at = shanghai(MONDAY, 20, 1)
    assert judge(daily(), Reporter(), at, at).state is State.MISSING
    assert judge(daily(), Reporter(days={MONDAY: AWAY}), at, at).state is State.EXEMPT


def test_missing_begins_with_the_minute_after_the_last_one_for_being_late():
    period = daily()
    assert judge(period, Reporter(), None, shanghai(MONDAY, 20, 0, 59)).state is State.EXPECTED
    assert period.is_taken(shanghai(MONDAY, 20, 0, 59))
    assert judge(period, Reporter(), None, shanghai(MONDAY, 20, 1)).state is State.MISSING
    assert not period.is_taken(shanghai(MONDAY, 20, 1))


def test_a_week_is_exempt_only_if_every_working_day_of_it_is_off():
    days = week(AWAY)
    assert owed(weekly(), Reporter(days=days))[0] is Reason.LEAVE
    one_worked = {**days, MONDAY + ONE * 2: ON}
    reason, facts = owed(weekly(), Reporter(days=one_worked))
    assert not reason
    assert len(facts["away"]) == 4


def test_joiners_owe_from_the_period_they_came_in_and_leavers_none_that_was_due_after():
    wednesday = MONDAY + ONE * 2
    assert not owed(weekly(), Reporter(joined_on=wednesday, days=week()))[0]
    assert owed(weekly(), Reporter(joined_on=MONDAY + ONE * 7))[0] is Reason.NOT_YET
    # Who comes on the Saturday of a week has no working day in it.
    assert owed(weekly(), Reporter(joined_on=MONDAY + ONE * 5, days=week()))[0] is Reason.DAY_OFF
    assert owed(weekly(), Reporter(left_on=wednesday, days=week()))[0] is Reason.LEFT
    assert owed(daily(), Reporter(left_on=MONDAY))[0] is Reason.LEFT
    assert not owed(daily(), Reporter(left_on=MONDAY + ONE))[0]
    # One that is due the next morning is not owed by whoever is gone by then.
    assert owed(daily(due_after=1), Reporter(left_on=MONDAY + ONE))[0] is Reason.LEFT


def test_a_report_that_came_counts_even_where_none_was_owed():
    at = shanghai(MONDAY, 17)
    assert judge(daily(), Reporter(days={MONDAY: AWAY}), at, at).state is State.ON_TIME


def test_versions_hold_for_the_periods_that_begin_in_their_time():
    thursday = MONDAY + ONE * 3
    first, second = version(1, MONDAY), version(2, thursday, cycle=Cycle.WEEKLY)
    found = list(periods([first, second], MONDAY, MONDAY + ONE * 13, ZONE))
    assert [(each.first, each.version.number) for each in found] == [
        (MONDAY, 1), (MONDAY + ONE, 1), (MONDAY + ONE * 2, 1), (MONDAY + ONE * 7, 2),
    ]  # fmt: skip
    # Of two versions from the same day on only the later one was ever in force.
    corrected = version(3, thursday, due_at=time(17))
    found = list(periods([first, second, corrected], thursday, thursday, ZONE))
    assert [each.version.number for each in found] == [3]


def test_a_weekly_template_set_up_on_a_wednesday_is_due_that_week():
    found = list(periods([version(1, MONDAY + ONE * 2, cycle=Cycle.WEEKLY)], MONDAY, MONDAY + ONE * 6, ZONE))
    assert [each.first for each in found] == [MONDAY]


def test_months_end_on_their_last_day_and_are_due_when_the_template_says():
    held = [version(cycle=Cycle.MONTHLY, due_after=3)]
    february = period_from(held, date(2026, 2, 1), ZONE)
    assert february.last == date(2026, 2, 28)
    assert february.due_at == shanghai(date(2026, 3, 3), 18)
    assert period_from(held, date(2026, 2, 2), ZONE) is None


def test_a_night_in_which_the_clocks_change_does_not_shorten_the_time_for_being_late():
    period = period_at(version(due_at=time(23), late_hours=6), date(2026, 3, 28), "Europe/Berlin")
    assert period.late_until - period.due_at.astimezone(UTC) == timedelta(hours=6)
    assert period.late_until.hour == 6  # 02:00 to 03:00 did not happen


def test_rules_that_cannot_be_meant_are_named():
    assert faults(Rule()) == {}
    wrong = Rule(weekdays=(0, 8), due_after=11, late_hours=-1, remind_minutes=5000, due_at=time(8, 0, 1))
    assert set(faults(wrong)) == {"weekdays", "due_after", "late_hours", "remind_minutes", "due_at"}
    assert set(faults(Rule(weekdays=(1, 1)))) == {"weekdays"}
