"""Leave that is decided after a month was locked: the sheet stays, an adjustment stands beside it, people are told."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from qince.core.letters.models import Letter
from qince.core.people.tests import factories as people
from qince.core.rights.models import CalendarDay
from qince.employee.attendance import month_actions
from qince.employee.attendance.models import Adjustment, DayResult, MonthReport
from qince.employee.attendance.recompute import recompute, recompute_stale
from qince.employee.attendance.tests import factories as attendance
from qince.employee.leave.actions import recounting
from qince.employee.leave.reckoning.counting import Part
from qince.employee.leave.tests.scene import (
    FRIDAY,
    MONDAY,
    approve,
    ask,
    call_off,
    instance_of,
    reject,
    whole,
)
from qince.engines.approvals.actions import applying, deciding
from qince.engines.approvals.models import Task
from qince.engines.sync.pull import pull
from qince.kit.ids import uuid7

AFTER = datetime(2026, 4, 2, 2, tzinfo=UTC)
DAY, AFTERNOON = 480, 300  # minutes


@pytest.fixture
def locked(company):
    """Ann was absent from Monday to Friday; her March is put together and locked."""
    attendance.group(company.ann, week=attendance.office())
    company.requests = [ask(company, whole(MONDAY, FRIDAY))]
    recompute([company.ann.pk], MONDAY, FRIDAY, now=AFTER)
    month_actions.put_together(company.admin, now=AFTER, month=MONDAY)
    company.report = MonthReport.objects.get(employee=company.ann)
    month_actions.lock_month(company.admin, company.report, now=AFTER)
    company.report.refresh_from_db()
    return company


def adjustments(company):
    rows = Adjustment.objects.filter(report=company.report)
    found = {}
    for figure, amount in rows.values_list("figure", "amount"):
        found[figure] = found.get(figure, 0) + amount
    return {figure: amount for figure, amount in found.items() if amount}


def told(kind):
    rows = Letter.objects.filter(kind=f"attendance.{kind}").order_by("created_at", "pk")
    return [(str(each.employee), each.rendered.title, each.rendered.body) for each in rows]


WEEK = {"absent": -5 * DAY, "absent_days": -5, "lack_times": -10, "leave": 5 * DAY}


def test_leave_approved_after_the_lock_stands_beside_the_figures_and_is_told(locked, in_english):
    row, frozen = locked.requests[0], dict(locked.report.totals)
    assert (frozen["absent"], frozen["leave"]) == (5 * DAY, 0)
    approve(locked, row, now=AFTER)
    assert adjustments(locked) == WEEK
    locked.report.refresh_from_db()
    assert (locked.report.totals, locked.report.state) == (frozen, "locked")
    with_them = month_actions.adjusted(locked.report)
    assert (with_them["absent"], with_them["leave"], with_them["due"]) == (0, 5 * DAY, frozen["due"])
    [(to, title, body)] = told("month_adjusted")
    assert (to, title) == ("Ann", "Your locked month 2026-03 was adjusted")
    assert "Leave approved" in body
    assert f"Leave, min +{5 * DAY}" in body
    [(closer, about, _body)] = told("month_of_adjusted")
    assert (closer, about) == ("Admin", "The locked month 2026-03 of Ann was adjusted")
    recompute_stale(today=AFTER.date(), now=AFTER)
    assert DayResult.objects.get(employee=locked.ann, on=MONDAY).status == "absent"  # the locked day stays
    shown = people.browser(locked.hr).get(
        reverse("attendance:report_tab", args=[locked.report.pk, "figures"])
    )
    assert "Leave approved" in shown.text


def test_the_phone_brings_the_adjusted_month_anew(locked):
    device = uuid7()

    def month(cursor=""):
        found = pull(people.actor(locked.ann, client="phone", device_id=device), cursor, now=AFTER)
        rows = found["collections"].get("attendance_months", {"upserts": []})["upserts"]
        return found["cursor"], rows

    cursor, [before] = month()
    assert before["adjusted"] == before["totals"]
    assert month(cursor)[1] == []
    approve(locked, locked.requests[0], now=AFTER)
    _cursor, [after] = month(cursor)
    assert after["totals"] == before["totals"]
    assert (after["adjusted"]["absent"], after["adjusted"]["leave"]) == (0, 5 * DAY)


def test_undoing_and_calling_off_take_back_what_was_added_and_no_more(locked):
    row = approve(locked, locked.requests[0], now=AFTER)
    off = call_off(locked, row, whole(MONDAY, MONDAY), now=AFTER)
    task = Task.objects.get(instance__target_id=off.pk, state=Task.State.PENDING)
    deciding.approve(people.actor(locked.boss), task_id=task.pk, now=AFTER)
    assert adjustments(locked) == {"absent": -DAY, "absent_days": -1, "lack_times": -2, "leave": DAY}
    asked = applying.revoke(
        people.actor(locked.ann), instance_id=instance_of(row).pk, comment="Not taken", now=AFTER
    )
    task = Task.objects.get(instance=asked, state=Task.State.PENDING)
    deciding.approve(people.actor(locked.boss), task_id=task.pk, now=AFTER)
    row.refresh_from_db()
    assert (row.state, adjustments(locked)) == ("cancelled", {})
    assert month_actions.adjusted(locked.report) == locked.report.totals
    assert len(told("month_adjusted")) == 3


def test_a_refusal_and_an_open_month_adjust_nothing(locked):
    reject(locked, locked.requests[0], now=AFTER)
    april = date(2026, 4, 8)
    approve(locked, ask(locked, whole(april, april), now=AFTER), now=AFTER)
    assert (Adjustment.objects.count(), told("month_adjusted")) == (0, [])


def test_half_a_day_over_the_edge_of_the_month_touches_the_locked_one_only(locked):
    last, first = date(2026, 3, 31), date(2026, 4, 1)
    row = ask(locked, whole(last, first, begins=Part.PM), now=AFTER)
    approve(locked, row, now=AFTER)
    assert adjustments(locked)["leave"] == AFTERNOON
    assert set(Adjustment.objects.values_list("report", flat=True)) == {locked.report.pk}


def test_a_calendar_changed_after_the_lock_is_not_adjusted_by_leave(locked):
    """The sheet was made by the calendar it was locked with; what leave counts anew is told to the person."""
    approve(locked, locked.requests[0], now=AFTER)
    before = adjustments(locked)
    CalendarDay.objects.create(on=FRIDAY, is_workday=False, note="公司日")
    assert recounting.recount(locked.admin, first=FRIDAY, last=FRIDAY, now=AFTER) == 1
    assert adjustments(locked) == before
    assert Letter.objects.filter(kind="leave.recounted").count() == 1


def test_a_month_nobody_locked_costs_one_question(locked, django_assert_num_queries):
    from qince.employee.attendance.adjusting import adjusting

    may = date(2026, 5, 4)
    with django_assert_num_queries(1), adjusting(locked.ann.pk, may, may, because="x", now=AFTER):
        pass
