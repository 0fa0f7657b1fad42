"""Corrections, overtime and field check-ins: who may ask, who may decide, and what it does to the sheet."""

from datetime import date, timedelta

import pytest

from qince.core.people.models import Employee
from qince.core.people.tests import factories as people
from qince.employee.attendance import approving, month_actions, request_actions, roster_actions
from qince.employee.attendance.models import (
    Correction,
    DayResult,
    MonthReport,
    Punch,
    RosterEntry,
    StaleDay,
    TimeRequest,
)
from qince.employee.attendance.recompute import recompute, recompute_stale
from qince.employee.attendance.tests import factories as make
from qince.engines.approvals.actions import deciding, designing
from qince.engines.approvals.flow.schema import Approve, Flow, Leader, as_stored
from qince.engines.approvals.models import Task
from qince.kit.errors import Conflict, Forbidden, NotFound, Refusal

MONDAY = date(2026, 3, 9)
NOW = make.local("2026-03-11 10:00")


@pytest.fixture
def team(inside):
    manager = people.employee("李经理", roles=["manager"])
    rep = people.employee("王芳", leader=manager, roles=["rep"])
    make.group(rep, week=make.office())
    make.punch(rep, "2026-03-09 08:55", "in")
    recompute([rep.pk], MONDAY, MONDAY, now=NOW)
    return people.actor(manager), people.actor(rep), rep


def ask(actor, **fields):
    given = {"on": MONDAY, "end": "off", "at": make.local("2026-03-09 18:05"), "reason": "忘记打卡", **fields}
    return request_actions.ask_correction(actor, now=NOW, **given)


def refused(act, *args, **fields):
    with pytest.raises(Refusal) as error:
        act(*args, **fields)
    return error.value.code


def day(rep):
    recompute_stale(today=NOW.date(), now=NOW)
    return DayResult.objects.get(employee=rep, on=MONDAY)


@pytest.mark.clause("C2.1.2-03")
def test_an_approved_correction_changes_the_sheet_and_keeps_the_press(team):
    manager, actor, rep = team
    assert day(rep).status == "lack"
    row = ask(actor)
    assert day(rep).status == "lack"  # asking alone changes nothing
    request_actions.approve(manager, row, now=NOW, answer="同意")
    found = day(rep)
    assert (found.status, found.points[1]["supplement"]) == ("normal", "remedy")
    assert Punch.objects.get().kind == "in"
    late = make.punch(rep, "2026-03-10 09:25", "in")
    recompute([rep.pk], late.work_date, late.work_date, now=NOW)
    result = DayResult.objects.get(employee=rep, on=late.work_date)
    assert (result.points[0]["result"], result.late_minutes) == ("late", 25)


def test_a_rejected_correction_changes_nothing(team):
    manager, actor, rep = team
    request_actions.reject(manager, ask(actor), now=NOW, answer="监控未见")
    assert day(rep).status == "lack"
    assert not StaleDay.objects.exists()
    assert Correction.objects.get().answer == "监控未见"


def test_a_month_has_only_so_many_corrections_and_a_deadline(team):
    _manager, actor, _rep = team
    for number in range(3):
        ask(
            actor,
            on=MONDAY - timedelta(days=number),
            at=make.local("2026-03-09 18:00") - timedelta(days=number),
        )
    again = {"on": date(2026, 3, 6), "at": make.local("2026-03-06 18:00")}
    assert refused(ask, actor, **again) == "quota_used"
    early = {"on": date(2026, 3, 3), "at": make.local("2026-03-03 18:00")}
    assert refused(ask, actor, **early) == "too_late"


def test_corrections_lie_in_the_past_and_on_their_day(team):
    _manager, actor, _rep = team
    assert refused(ask, actor, on=date(2026, 3, 12), at=make.local("2026-03-12 18:00")) == "in_the_future"
    assert refused(ask, actor, at=make.local("2026-03-08 18:00")) == "not_that_day"
    assert ask(actor, at=make.local("2026-03-10 06:00")).state == "pending"  # the morning after a night


def test_the_same_end_is_corrected_once(team):
    _manager, actor, _rep = team
    ask(actor)
    assert refused(ask, actor) == "invalid"


def test_nobody_decides_about_the_own_request_or_about_people_out_of_reach(team):
    manager, actor, rep = team
    row = ask(actor)
    with pytest.raises(Forbidden):
        request_actions.approve(actor, row, now=NOW)
    stranger = people.actor(people.employee("别组经理", roles=["manager"]))
    with pytest.raises(NotFound):
        request_actions.approve(stranger, row, now=NOW)
    own = Correction.objects.create(
        employee_id=manager.employee_id, on=MONDAY, end="off", at=NOW, reason="x", asked_at=NOW
    )
    assert refused(request_actions.approve, manager, own, now=NOW) == "own_request"
    with pytest.raises(NotFound):
        request_actions.withdraw(manager, row, now=NOW)
    assert request_actions.withdraw(actor, row, now=NOW).state == "withdrawn"
    assert rep.pk == row.employee_id


def test_a_decision_is_made_once(team):
    manager, actor, _rep = team
    row = ask(actor)
    request_actions.approve(manager, row, now=NOW)
    assert refused(request_actions.reject, manager, row, now=NOW) == "decided_already"


def test_approved_overtime_is_counted_and_asked_for_once(team):
    manager, actor, rep = team
    span = {"starts_at": make.local("2026-03-09 19:00"), "ends_at": make.local("2026-03-09 21:00")}
    row = request_actions.ask_time(actor, now=NOW, kind="overtime", reason="盘点", **span)
    assert (
        refused(request_actions.ask_time, actor, now=NOW, kind="overtime", reason="x", **span) == "overlaps"
    )
    assert day(rep).overtime_minutes == 0
    request_actions.approve(manager, row, now=NOW)
    assert day(rep).overtime_minutes == 120
    assert TimeRequest.objects.get().decided_by_id == manager.employee_id


def test_a_field_check_in_waits_where_the_group_says_so(team):
    manager, _actor, rep = team
    field = {"is_field": True, "counting": "waiting", "confirm_for": "field", "note": "客户处"}
    press = make.punch(rep, "2026-03-09 18:01", "out", **field)
    recompute([rep.pk], MONDAY, MONDAY, now=NOW)
    assert day(rep).status == "lack"
    request_actions.confirm_press(manager, press, now=NOW)
    found = day(rep)
    assert (found.status, found.points[1]["supplement"]) == ("normal", "field")
    assert refused(request_actions.refuse_press, manager, press, now=NOW, answer="不在") == "decided_already"


# --- Roster ---


def test_a_planned_day_is_computed_anew_and_can_be_left_to_the_week_again(team):
    manager, _actor, rep = team
    roster_actions.plan_roster(manager, now=NOW, cells=[(rep.pk, MONDAY)], shift="rest")
    assert day(rep).status == "off"
    roster_actions.plan_roster(manager, now=NOW, cells=[(rep.pk, MONDAY)], shift="clear")
    assert not RosterEntry.objects.exists()
    assert day(rep).status == "lack"


def test_nobody_plans_for_people_out_of_reach(team):
    manager, actor, rep = team
    stranger = people.employee("外组")
    with pytest.raises(NotFound):
        roster_actions.plan_roster(manager, now=NOW, cells=[(stranger.pk, MONDAY)], shift="rest")
    with pytest.raises(NotFound):
        roster_actions.plan_roster(manager, now=NOW, cells=[(rep.pk, MONDAY)], shift="no-shift")
    with pytest.raises(Forbidden):
        roster_actions.plan_roster(actor, now=NOW, cells=[(rep.pk, MONDAY)], shift="rest")


# --- The month ---


@pytest.fixture
def closing(team):
    manager, actor, rep = team
    admin = people.actor(people.employee("管理员", roles=["administrator"]))
    month_actions.put_together(admin, now=NOW, month=MONDAY)
    return admin, manager, actor, rep, MonthReport.objects.get(employee=rep)


def test_a_month_is_summed_up_confirmed_and_locked(closing):
    admin, _manager, actor, rep, report = closing
    assert (report.state, report.totals["lack_times"], report.totals["due_days"]) == ("asked", 1, 1)
    month_actions.confirm_month(actor, report, now=NOW, version=1)
    month_actions.lock_month(admin, report, now=NOW)
    assert refused(ask, actor) == "month_locked"
    assert refused(month_actions.confirm_month, actor, report, now=NOW, version=1) == "locked_already"
    month_actions.adjust_month(admin, report, now=NOW, figure="lack_times", amount=-1, reason="补打卡")
    assert report.totals["lack_times"] == 1
    assert month_actions.adjusted(report)["lack_times"] == 0
    assert month_actions.put_together(admin, now=NOW, month=MONDAY) == 0
    assert rep.pk == report.employee_id


def test_other_figures_are_a_new_version_that_is_confirmed_anew(closing):
    admin, manager, actor, rep, report = closing
    month_actions.confirm_month(actor, report, now=NOW, version=1)
    request_actions.approve(manager, ask(actor), now=NOW)
    day(rep)
    assert month_actions.put_together(admin, now=NOW, month=MONDAY) == 1
    report.refresh_from_db()
    assert (report.version, report.state, report.totals["worked"]) == (2, "asked", 480)
    assert refused(month_actions.confirm_month, actor, report, now=NOW, version=1) == "other_version"
    assert month_actions.put_together(admin, now=NOW, month=MONDAY) == 0


def test_a_disputed_month_is_not_locked_and_nobody_answers_for_others(closing):
    admin, manager, actor, _rep, report = closing
    assert (
        refused(month_actions.dispute_month, actor, report, now=NOW, version=1, objection=" ") == "say_what"
    )
    month_actions.dispute_month(actor, report, now=NOW, version=1, objection="9号我在岗")
    assert refused(month_actions.lock_month, admin, report, now=NOW) == "disputed"
    with pytest.raises(NotFound):
        month_actions.confirm_month(manager, report, now=NOW, version=1)
    with pytest.raises(Forbidden):
        month_actions.lock_month(manager, report, now=NOW)
    with pytest.raises(Refusal):
        month_actions.adjust_month(admin, report, now=NOW, figure="lack_times", amount=1, reason="x")


def test_a_decision_in_a_locked_month_is_refused(closing):
    admin, manager, actor, _rep, report = closing
    row = ask(actor)
    month_actions.lock_month(admin, report, now=NOW)
    with pytest.raises(Conflict):
        request_actions.approve(manager, row, now=NOW)


# --- Through the approval engine ---


def test_a_request_stands_in_the_leaders_inbox_and_is_settled_from_there(team):
    manager, actor, rep = team
    row = ask(actor)
    task = Task.objects.get(assignee=manager.employee_id, state=Task.State.PENDING)
    assert task.instance.target_id == row.pk
    deciding.approve(manager, task_id=task.pk, comment="同意", now=NOW)
    row.refresh_from_db()
    assert (row.state, row.decided_by_id, row.answer) == ("approved", manager.employee_id, "同意")
    assert day(rep).status == "normal"


def test_a_drawn_flow_decides_who_decides(team):
    """Two steps: the leader's approval alone changes nothing yet."""
    manager, actor, rep = team
    boss = people.employee("总监", roles=["manager"])
    Employee.objects.filter(pk=manager.employee_id).update(leader=boss)
    admin = people.actor(people.employee("管理员", roles=["administrator"]))
    made = designing.create_flow(admin, subject=approving.CORRECTION, name="补卡", now=NOW)
    steps = [Approve(id=f"s{level}", name=f"s{level}", approvers=Leader(level=level)) for level in (1, 2)]
    assert designing.save_draft(admin, flow_id=made.pk, body=as_stored(Flow(steps=steps)), now=NOW) == []
    designing.publish_flow(admin, flow_id=made.pk, now=NOW)
    row = ask(actor)
    assert request_actions.approve(manager, row, now=NOW).state == "pending"
    assert refused(request_actions.approve, manager, row, now=NOW) == "not_your_turn"
    assert day(rep).status == "lack"
    assert request_actions.approve(people.actor(boss), row, now=NOW).state == "approved"
    assert day(rep).status == "normal"


def test_taking_a_request_back_ends_its_way(team):
    _manager, actor, _rep = team
    row = ask(actor)
    assert request_actions.withdraw(actor, row, now=NOW).state == "withdrawn"
    assert not Task.objects.filter(state=Task.State.PENDING).exists()
    assert ask(actor).state == "pending"  # and may be asked for again
