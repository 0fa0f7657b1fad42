"""Rules are read as the standard says, and refused with what is wrong."""

from datetime import datetime

import pytest

from qince.employee.calendar.recurrence.rules import BadRule, Rule, instant, parse, wall_of
from qince.employee.calendar.recurrence.series import Series, check, last_end

BERLIN = "Europe/Berlin"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "unreadable"),
        ("every monday", "unreadable"),
        ("FREQ=SECONDLY", "too_often"),
        ("FREQ=MINUTELY;COUNT=3", "too_often"),
        ("FREQ=HOURLY", "too_often"),
        ("INTERVAL=2", "no_frequency"),
        ("FREQ=FORTNIGHTLY", "no_frequency"),
        ("FREQ=DAILY;COUNT=1000000000", "out_of_range"),
        ("FREQ=DAILY;COUNT=0", "out_of_range"),
        ("FREQ=DAILY;COUNT=-1", "out_of_range"),
        ("FREQ=DAILY;COUNT=many", "no_number"),
        ("FREQ=DAILY;COUNT=٣", "no_number"),
        ("FREQ=DAILY;INTERVAL=100000", "out_of_range"),
        ("FREQ=DAILY;COUNT=3;UNTIL=20270101", "count_and_until"),
        ("FREQ=DAILY;UNTIL=20271301", "no_until"),
        ("FREQ=DAILY;UNTIL=soon", "no_until"),
        ("FREQ=DAILY;BYHOUR=9,17", "several_a_day"),
        ("FREQ=DAILY;FREQ=WEEKLY", "unreadable"),
        ("FREQ=YEARLY;BYWEEKNO=20", "unknown_part"),
        ("FREQ=WEEKLY;BYDAY=XX", "no_weekday"),
        ("FREQ=WEEKLY;BYDAY=2MO", "nth_of_nothing"),
        ("FREQ=WEEKLY;BYMONTHDAY=3", "not_in_weeks"),
        ("FREQ=WEEKLY;BYDAY=MO,TU;BYSETPOS=1", "not_in_weeks"),
        ("FREQ=MONTHLY;BYSETPOS=1", "position_of_nothing"),
        ("FREQ=MONTHLY;BYMONTHDAY=32", "out_of_range"),
        ("FREQ=MONTHLY;BYMONTHDAY=" + ",".join(["1"] * 80), "too_long"),
        ("FREQ=DAILY;" + "X" * 600, "unreadable"),
    ],
)
def test_what_is_no_rule_or_knows_no_bounds_is_refused_by_name(text, code):
    with pytest.raises(BadRule) as refused:
        parse(text, BERLIN, all_day=False)
    assert refused.value.code == code


@pytest.mark.parametrize(
    "text",
    [
        "FREQ=DAILY",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;WKST=SU",
        "FREQ=MONTHLY;COUNT=12;BYDAY=-1FR",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        "FREQ=YEARLY;UNTIL=20300601T070000Z;BYMONTHDAY=1;BYMONTH=6",
    ],
)
def test_a_rule_is_written_as_it_was_read(text):
    assert parse(text, BERLIN, all_day=False).as_text(BERLIN, all_day=False) == text


def test_until_is_utc_in_the_text_and_wall_time_inside():
    rule = parse("RRULE:FREQ=DAILY;UNTIL=20260701T070000Z", BERLIN, all_day=False)
    assert rule.until == datetime(2026, 7, 1, 9)
    assert parse("FREQ=DAILY;UNTIL=20260701", BERLIN, all_day=True).until == datetime(2026, 7, 1)
    assert parse("FREQ=DAILY;UNTIL=20260701", BERLIN, all_day=False).until == datetime(2026, 7, 1, 23, 59, 59)


def test_a_wall_time_in_a_gap_or_a_fold_is_read_as_the_standard_says():
    in_gap, twice = datetime(2026, 3, 29, 2, 30), datetime(2026, 10, 25, 2, 30)
    assert wall_of(instant(in_gap, BERLIN), BERLIN) == datetime(2026, 3, 29, 3, 30)
    assert (
        instant(twice, BERLIN).isoformat() == "2026-10-25T00:30:00+00:00"
    )  # the first, still in summer time


def _series(rule, starts=datetime(2026, 5, 4, 9)):
    return Series(BERLIN, starts, starts.replace(hour=10), rule=parse(rule, BERLIN, all_day=False))


def test_a_rule_that_never_happens_is_refused_without_a_search_through_all_years():
    for never in ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"):
        with pytest.raises(BadRule) as refused:
            check(_series(never))
        assert refused.value.code == "never"


def test_a_rule_that_begins_on_another_day_says_which():
    with pytest.raises(BadRule) as refused:
        check(_series("FREQ=WEEKLY;BYDAY=WE"))
    assert refused.value.code == "starts_elsewhere"
    assert refused.value.values["first"] == datetime(2026, 5, 6, 9)


def test_the_end_of_a_series_is_known_where_there_is_one():
    assert last_end(_series("FREQ=WEEKLY;COUNT=3")) == datetime(2026, 5, 18, 10)
    assert last_end(_series("FREQ=WEEKLY")) is None
    leap = _series("FREQ=DAILY;COUNT=3000;BYMONTH=2;BYMONTHDAY=29", datetime(2028, 2, 29, 9))
    assert last_end(leap) is None  # 3000 leap days last 12,000 years
    assert isinstance(leap.rule, Rule)
