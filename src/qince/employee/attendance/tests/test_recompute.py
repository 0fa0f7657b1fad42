"""Stored results: computed from what is in the database, again after a change, and never in a locked month."""

from datetime import date, timedelta

import pytest

from qince.core.people.tests import factories as people
from qince.employee.attendance import supplements
from qince.employee.attendance.models import (
    Correction,
    DayResult,
    Member,
    MonthReport,
    Punch,
    StaleDay,
    TimeRequest,
)
from qince.employee.attendance.recompute import recompute, recompute_stale
from qince.employee.attendance.supplements import Supplement
from qince.employee.attendance.tests import factories as make
from qince.kit.ids import uuid7

MONDAY = date(2026, 3, 9)
NOW = make.local("2026-04-02 09:00")


@pytest.fixture
def rep(inside):
    found = people.employee("王芳")
    make.group(found, week=make.office())
    return found


def day(employee, on=MONDAY):
    return DayResult.objects.get(employee=employee, on=on)


def test_a_late_day_is_stored_with_what_it_came_from(rep):
    coming = make.punch(rep, "2026-03-09 09:20", "in")
    make.punch(rep, "2026-03-09 18:01", "out")
    assert recompute([rep.pk], MONDAY, MONDAY, now=NOW) == 1
    found = day(rep)
    assert (found.status, found.late_minutes, found.due_minutes, found.worked_minutes) == (
        "late",
        20,
        480,
        460,
    )
    assert found.points[0]["punch"] == str(coming.pk)
    assert found.points[0]["by"] == "late_as_late"
    assert found.rule
    assert found.shift


def test_doing_it_twice_changes_nothing(rep):
    make.punch(rep, "2026-03-09 09:20", "in")
    recompute([rep.pk], MONDAY, MONDAY + timedelta(days=6), now=NOW)
    before = list(DayResult.objects.order_by("on").values())
    recompute([rep.pk], MONDAY, MONDAY + timedelta(days=6), now=NOW)
    assert list(DayResult.objects.order_by("on").values()) == before
    assert len(before) == 7


def test_who_leaves_the_group_has_no_results_any_more(rep):
    recompute([rep.pk], MONDAY, MONDAY + timedelta(days=2), now=NOW)
    Member.objects.update(ends_on=MONDAY + timedelta(days=1))
    recompute([rep.pk], MONDAY, MONDAY + timedelta(days=2), now=NOW)
    assert [each.on for each in DayResult.objects.all()] == [MONDAY]


def test_presses_that_do_not_count_are_left_out(rep):
    make.punch(rep, "2026-03-09 08:50", "in", counting=Punch.Counting.WAITING)
    make.punch(rep, "2026-03-09 18:01", "out")
    recompute([rep.pk], MONDAY, MONDAY, now=NOW)
    assert [each["result"] for each in day(rep).points] == ["lack", "normal"]


def test_an_approved_correction_and_an_approved_outing_enter(rep):
    make.punch(rep, "2026-03-09 08:50", "in")
    asked = {"employee": rep, "reason": "x", "asked_at": NOW, "state": "approved"}
    Correction.objects.create(on=MONDAY, end="off", at=make.local("2026-03-09 18:00"), **asked)
    Correction.objects.create(
        on=MONDAY, end="on", at=make.local("2026-03-09 11:00"), **{**asked, "state": "pending"}
    )
    TimeRequest.objects.create(
        kind="out", starts_at=make.local("2026-03-10 09:00"), ends_at=make.local("2026-03-10 18:00"), **asked
    )
    recompute([rep.pk], MONDAY, MONDAY + timedelta(days=1), now=NOW)
    assert (day(rep).status, day(rep).points[1]["supplement"]) == ("normal", "remedy")
    assert (day(rep, date(2026, 3, 10)).status, day(rep, date(2026, 3, 10)).away_minutes) == ("away", 480)


def test_a_room_above_supplies_leave_and_says_when_it_changes(rep, monkeypatch):
    monkeypatch.setattr(supplements, "_providers", [])
    leave = []
    supplements.provide(lambda ids, first, last: [each for each in leave if each.employee_id in ids])
    recompute([rep.pk], MONDAY, MONDAY, now=NOW)
    assert day(rep).status == "absent"
    leave.append(
        Supplement(rep.pk, uuid7(), "leave", make.local("2026-03-09 00:00"), make.local("2026-03-10 00:00"))
    )
    supplements.changed([rep.pk], MONDAY, MONDAY)
    assert set(StaleDay.objects.values_list("on", flat=True)) == {MONDAY, MONDAY + timedelta(days=1)}
    supplements.changed([rep.pk], MONDAY, MONDAY)  # known already
    recompute_stale(today=NOW.date(), now=NOW)
    assert (day(rep).status, day(rep).leave_minutes) == ("leave", 480)
    assert not StaleDay.objects.exists()


def test_a_locked_month_stays_as_it_is(rep):
    recompute([rep.pk], MONDAY, MONDAY, now=NOW)
    MonthReport.objects.create(employee=rep, month=date(2026, 3, 1), state="locked", totals={})
    make.punch(rep, "2026-03-09 08:50", "in")
    make.punch(rep, "2026-03-09 18:00", "out")
    assert recompute([rep.pk], date(2026, 3, 1), date(2026, 3, 31), now=NOW) == 0
    assert day(rep).status == "absent"
    Member.objects.all().delete()
    recompute([rep.pk], date(2026, 3, 1), date(2026, 3, 31), now=NOW)
    assert day(rep).status == "absent"


def test_the_number_of_queries_does_not_grow_with_people(inside, django_assert_max_num_queries):
    some = [people.employee(f"人{number}") for number in range(12)]
    make.group(*some, week=make.office())
    for each in some:
        make.punch(each, "2026-03-09 08:50", "in")
    with django_assert_max_num_queries(20):
        recompute([each.pk for each in some], date(2026, 3, 1), date(2026, 3, 31), now=NOW)
    assert DayResult.objects.count() == 12 * 31
