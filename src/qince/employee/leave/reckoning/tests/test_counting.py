"""How much a stretch counts: days off, halves, hours, bridges."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from qince.employee.leave.reckoning.counting import (
    Part,
    Reason,
    Segment,
    Unfit,
    by_date,
    count,
    middle_of,
    parts_of,
    total,
    within,
)
from qince.employee.leave.reckoning.terms import Basis, Bridge, Terms, Unit

D = Decimal
ZONE = ZoneInfo("Asia/Shanghai")
FRIDAY, MONDAY = date(2026, 5, 8), date(2026, 5, 11)


@dataclass
class Due:
    minutes: int = 480
    stretches: tuple = ()
    kind: str = "workday"


def minutes(on, instant):
    return int((instant - datetime(on.year, on.month, on.day, tzinfo=ZONE)).total_seconds() // 60)


def at(on, minute):
    return datetime(on.year, on.month, on.day, tzinfo=ZONE) + timedelta(minutes=minute)


def office(on):
    return Due(480, ((at(on, 540), at(on, 720)), (at(on, 780), at(on, 1080))))


def week(first, number, off=(), holidays=()):
    days = [first + timedelta(days=step) for step in range(number)]
    return {
        on: Due(0, (), "statutory" if on in holidays else "weekend")
        if on.weekday() > 4 or on in off or on in holidays
        else office(on)
        for on in days
    }


def counted(terms, *segments, due=None):
    days = [each for segment in segments for each in parts_of(terms, segment)]
    return count(terms, days, due or week(date(2026, 4, 27), 30), minutes)


def test_days_off_and_holidays_within_a_request_count_nothing_and_say_why():
    may_day = [date(2026, 5, 1)]
    found = counted(
        Terms(),
        Segment(date(2026, 4, 30), date(2026, 5, 4)),
        due=week(date(2026, 4, 27), 30, holidays=may_day),
    )
    assert [(each.qty, each.why) for each in found] == [
        (1, Reason.WORK), (0, Reason.HOLIDAY), (0, Reason.REST), (0, Reason.REST), (1, Reason.WORK),
    ]  # fmt: skip


def test_halves_say_where_leave_begins_and_ends():
    found = counted(Terms(), Segment(FRIDAY, MONDAY, Part.PM, Part.AM))
    assert [(each.part, each.qty) for each in found if each.qty] == [(Part.PM, D("0.5")), (Part.AM, D("0.5"))]
    assert total(found) == 1
    assert by_date(found) == {FRIDAY: D("0.5"), MONDAY: D("0.5")}


def test_the_other_half_is_still_worked():
    morning = parts_of(Terms(), Segment(FRIDAY, FRIDAY, Part.FULL, Part.AM))[0]
    assert within(morning, office(FRIDAY), minutes) == [(540, 720)]
    afternoon = parts_of(Terms(), Segment(FRIDAY, FRIDAY, Part.PM))[0]
    assert within(afternoon, office(FRIDAY), minutes) == [(780, 1080)]


@pytest.mark.parametrize(
    ("spans", "middle"),
    [
        ([(540, 720), (780, 1080)], 720),  # noon
        ([(1080, 1860)], 1470),  # a night without a break
        ([(540, 600), (615, 1080)], 817),  # ten minutes of coffee are not noon
        ([], 720),
    ],
)
def test_a_day_parts_at_its_long_break_or_in_its_middle(spans, middle):
    assert middle_of(spans) == middle


def test_hours_count_only_working_time_and_in_steps():
    terms = Terms(unit=Unit.HOUR, step=D("0.5"))
    found = counted(
        terms, Segment(FRIDAY, FRIDAY, from_minute=660, to_minute=800)
    )  # 11:00 to 13:20, noon is free
    assert total(found) == D("1.5")
    assert total(counted(terms, Segment(FRIDAY, MONDAY))) == 16
    assert total(counted(terms, Segment(FRIDAY, FRIDAY, Part.PM))) == 4


def test_calendar_days_count_them_all():
    found = counted(Terms(unit=Unit.DAY, basis=Basis.CALENDAR), Segment(FRIDAY, MONDAY))
    assert {each.why for each in found} == {Reason.CALENDAR}
    assert total(found) == 4


@pytest.mark.parametrize(
    ("begins", "ends", "days"),
    [
        (Part.FULL, Part.FULL, 4),
        (Part.PM, Part.AM, 3),  # away from Friday noon to Monday noon: the days between count
    ],
)
def test_a_bridge_counts_the_days_off_between_two_days_of_leave(begins, ends, days):
    terms = Terms(bridge=Bridge.WITHIN)
    assert total(counted(terms, Segment(FRIDAY, MONDAY, begins, ends))) == days


def test_no_bridge_where_one_comes_back_in_between_or_the_request_ends_with_days_off():
    terms = Terms(bridge=Bridge.WITHIN)
    sunday = date(2026, 5, 10)
    apart = (Segment(FRIDAY, FRIDAY, Part.FULL, Part.AM), Segment(date(2026, 5, 9), MONDAY))
    assert total(counted(terms, *apart)) == D("1.5")
    assert total(counted(terms, Segment(FRIDAY, sunday))) == 1


@pytest.mark.parametrize(
    ("terms", "segment", "code"),
    [
        (Terms(), Segment(MONDAY, FRIDAY), "ends_before_it_begins"),
        (Terms(), Segment(FRIDAY, FRIDAY, Part.PM, Part.AM), "ends_before_it_begins"),
        (Terms(), Segment(FRIDAY, FRIDAY, Part.AM), "unknown_part"),
        (Terms(unit=Unit.DAY), Segment(FRIDAY, MONDAY, Part.PM), "whole_days_only"),
        (Terms(), Segment(FRIDAY, FRIDAY, from_minute=540, to_minute=600), "no_hours"),
        (Terms(unit=Unit.HOUR), Segment(FRIDAY, MONDAY, from_minute=540, to_minute=600), "hours_of_one_day"),
        (
            Terms(unit=Unit.HOUR),
            Segment(FRIDAY, FRIDAY, from_minute=600, to_minute=600),
            "ends_before_it_begins",
        ),
        (Terms(), Segment(date(2026, 1, 1), date(2030, 1, 1)), "too_long"),
    ],
)
def test_what_cannot_be_meant_is_named(terms, segment, code):
    with pytest.raises(Unfit) as unfit:
        parts_of(terms, segment)
    assert unfit.value.code == code


def test_the_same_day_twice_is_refused_but_its_two_halves_are_not():
    morning, afternoon = Segment(FRIDAY, FRIDAY, Part.FULL, Part.AM), Segment(FRIDAY, FRIDAY, Part.PM)
    assert total(counted(Terms(), afternoon, morning)) == 1
    with pytest.raises(Unfit, match="overlap"):
        counted(Terms(), morning, Segment(FRIDAY, MONDAY))
