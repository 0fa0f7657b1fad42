"""Which days people are due: roster, special day, holiday, week, in this order."""

from datetime import date, timedelta

import pytest

from qince.core.people.models import Membership
from qince.core.people.tests import factories as people
from qince.core.rights.models import CalendarDay
from qince.employee.attendance.due import due_days
from qince.employee.attendance.models import GroupVersion, Member, ShiftVersion, SpecialDay
from qince.employee.attendance.tests import factories as make
from qince.kit import clock


def due(employee, first, last=None):
    """`{date: minutes}` of those days that are due."""
    found = due_days([employee.pk], first, last or first)[employee.pk]
    return {on: each.minutes for on, each in found.items() if each.is_due}


@pytest.fixture
def rep(inside):
    return people.employee("王芳")


def test_a_make_up_sunday_is_due_and_the_spring_festival_is_not(rep):
    """Acceptance: Sunday 2025-01-26 is due; 28 January to 4 February is not."""
    make.group(rep, week=make.office())
    found = due(rep, date(2025, 1, 20), date(2025, 2, 9))
    assert found[date(2025, 1, 26)] == 480
    off = [date(2025, 1, 28) + timedelta(days=step) for step in range(8)]
    assert off[-1] == date(2025, 2, 4)
    assert not set(off) & set(found)
    assert {date(2025, 1, 27), date(2025, 2, 5), date(2025, 2, 8)} <= set(found)
    assert date(2025, 1, 25) not in found  # an ordinary Saturday


def test_kinds_of_days_tell_statutory_holidays_from_swapped_rest(rep):
    make.group(rep, week=make.office())
    found = due_days([rep.pk], date(2025, 1, 25), date(2025, 2, 4))[rep.pk]
    assert {on.day: each.kind for on, each in found.items()} == {
        25: "weekend", 26: "workday", 27: "workday", 28: "statutory", 29: "statutory", 30: "statutory",
        31: "statutory", 1: "weekend", 2: "weekend", 3: "swapped_rest", 4: "swapped_rest",
    }  # fmt: skip


def test_a_six_day_week_rests_on_the_saturday_of_a_holiday(rep):
    make.group(rep, week=[make.office()] * 6 + [None])
    found = due(rep, date(2025, 1, 25), date(2025, 2, 8))
    assert date(2025, 1, 25) in found
    assert date(2025, 2, 1) not in found


def test_each_word_goes_before_the_next(rep):
    usual, other = make.office(), make.shift((600, 900))
    group = make.group(rep, week=usual)
    holiday, special, rostered = date(2026, 10, 1), date(2026, 10, 2), date(2026, 10, 5)
    SpecialDay.objects.create(group=group, on=special, shift=other)
    SpecialDay.objects.create(group=group, on=rostered, shift=other)
    make.roster(rep, rostered)
    make.roster(rep, date(2026, 10, 6), usual)
    found = due(rep, holiday, date(2026, 10, 8))
    assert found == {special: 300, date(2026, 10, 6): 480, date(2026, 10, 8): 480}


def test_the_organizations_own_calendar_corrects_the_holidays(rep):
    make.group(rep, week=make.office())
    CalendarDay.objects.create(on=date(2026, 10, 1), is_workday=True)
    CalendarDay.objects.create(on=date(2026, 11, 3), is_workday=False)
    assert date(2026, 10, 1) in due(rep, date(2026, 10, 1))
    assert due(rep, date(2026, 11, 3)) == {}


def test_rules_and_shifts_hold_from_their_date_on(rep):
    shift = make.office()
    group = make.group(rep, week=shift, effective_from=date(2026, 3, 2))
    ShiftVersion.objects.create(
        shift=shift, version=2, starts_on=date(2026, 3, 4), created_at=clock.now(),
        definition={"slots": [{"on": 540, "off": 960}]},
    )  # fmt: skip
    other = make.shift((600, 660))
    GroupVersion.objects.create(
        group=group, version=2, effective_from=date(2026, 3, 5), created_at=clock.now(),
        definition={"week": [str(other.pk)] * 5 + [None] * 2},
    )  # fmt: skip
    found = due_days([rep.pk], date(2026, 2, 27), date(2026, 3, 5))[rep.pk]
    assert [found[date(2026, 3, day)].minutes for day in (2, 3, 4, 5)] == [480, 480, 420, 60]
    assert found[date(2026, 2, 27)].is_assumed


def test_people_join_and_leave_in_the_middle_of_a_month(inside):
    joiner = people.employee("李新", hired_on=date(2026, 3, 11))
    leaver = people.employee("赵走", left_on=date(2026, 3, 12))
    make.group(joiner, leaver, week=make.office())
    week = (date(2026, 3, 9), date(2026, 3, 13))
    assert [on.day for on in due(joiner, *week)] == [11, 12, 13]
    assert [on.day for on in due(leaver, *week)] == [9, 10, 11, 12]


def test_the_person_goes_before_the_nearest_department(inside):
    above = people.department("总部")
    below = people.department("仓库", parent=above)
    rep, boss = people.employee("张三", department=below), people.employee("老板", department=above)
    Membership.objects.update(starts_on=make.LONG_AGO)
    make.group(above, week=make.shift((0, 60)))
    assert due(rep, date(2026, 3, 9)) == {date(2026, 3, 9): 60}
    make.group(below, week=make.shift((0, 120)))
    assert due(rep, date(2026, 3, 9)) == {date(2026, 3, 9): 120}
    assert due(boss, date(2026, 3, 9)) == {date(2026, 3, 9): 60}
    own = make.group(rep, week=make.shift((0, 180)))
    assert due(rep, date(2026, 3, 9)) == {date(2026, 3, 9): 180}
    Member.objects.filter(group=own).update(ends_on=date(2026, 3, 10))
    assert due(rep, date(2026, 3, 10)) == {date(2026, 3, 10): 120}


def test_a_roster_group_is_due_only_where_it_is_put_down_and_a_free_group_by_minutes(inside):
    rostered, free = people.employee("夜班"), people.employee("外勤")
    night = make.shift((1320, 1800), rests=[[1500, 1560]])
    make.group(rostered, kind="roster")
    make.group(free, kind="free", week="free", free_minutes=360)
    make.roster(rostered, date(2026, 3, 9), night)
    week = (date(2026, 3, 9), date(2026, 3, 15))
    assert due(rostered, *week) == {date(2026, 3, 9): 420}
    assert due(free, *week) == {date(2026, 3, day): 360 for day in range(9, 14)}
    [day] = due_days([rostered.pk], *(date(2026, 3, 9),) * 2)[rostered.pk].values()
    assert day.stretches == (
        (make.local("2026-03-09 22:00"), make.local("2026-03-10 01:00")),
        (make.local("2026-03-10 02:00"), make.local("2026-03-10 06:00")),
    )


def test_people_in_no_group_are_counted_by_the_usual_office_week(rep):
    found = due_days([rep.pk], date(2026, 3, 13), date(2026, 3, 14))[rep.pk]
    assert [(each.minutes, each.is_assumed) for each in found.values()] == [(480, True), (0, True)]


def test_the_number_of_queries_does_not_grow_with_people(inside, django_assert_num_queries):
    some = [people.employee(f"人{number}") for number in range(8)]
    make.group(*some, week=make.office())
    with django_assert_num_queries(10):
        due_days([each.pk for each in some[:2]], date(2026, 3, 1), date(2026, 3, 31))
    with django_assert_num_queries(10):
        due_days([each.pk for each in some], date(2026, 3, 1), date(2026, 3, 31))
