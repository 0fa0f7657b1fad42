"""An administrator's word on a day: what it does, what stays, who is told, and where it is refused."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from qince.core.audit.models import Entry
from qince.core.letters.models import Letter
from qince.core.letters.registry import render
from qince.core.people.tests import factories as people
from qince.core.privacy.tests.factories import agree
from qince.employee.attendance import correct_actions, request_actions
from qince.employee.attendance.explaining import explain
from qince.employee.attendance.models import Correction, DayResult, MonthReport, Punch
from qince.employee.attendance.recompute import recompute, recompute_stale
from qince.employee.attendance.tests import factories as make
from qince.engines.sync.pull import pull
from qince.kit.errors import Forbidden, NotFound, Refusal
from qince.kit.ids import uuid7

MONDAY = date(2026, 3, 9)
NOW = make.local("2026-03-11 10:00")


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def team(inside):
    manager = people.employee("李经理", roles=["manager"])
    rep = people.employee("王芳", leader=manager, roles=["rep"])
    make.group(rep, week=make.office())
    make.punch(rep, "2026-03-09 09:25", "in")
    recompute([rep.pk], MONDAY, MONDAY, now=NOW)
    return people.actor(manager), rep


def correct(actor, rep, **fields):
    given = {"on": MONDAY, "end": "off", "reason": "监控可见 18:05 离开", **fields}
    return correct_actions.correct(actor, now=NOW, employee=rep, **given)


def day(rep, on=MONDAY):
    recompute_stale(today=NOW.date(), now=NOW)
    return DayResult.objects.get(employee=rep, on=on)


def refused(act, *args, **fields):
    with pytest.raises(Refusal) as error:
        act(*args, **fields)
    return error.value.code


def sentences(rep):
    return [said for line in explain(rep.pk, MONDAY, NOW).lines for said in line.sentences]


def test_a_time_added_by_word_counts_is_told_and_explained(team):
    actor, rep = team
    assert day(rep).status == "lack"
    row = correct(actor, rep, at=make.local("2026-03-09 18:05"))
    found = day(rep)
    assert (found.status, found.points[1]["supplement"], found.late_minutes) == ("late", "admin", 25)
    assert Punch.objects.count() == 1  # nobody pressed, and nobody is made to have pressed
    assert "Administrator's word: by 李经理 03-09 18:05 counts. 监控可见 18:05 离开" in sentences(rep)
    letter = Letter.objects.get(employee=rep)
    said = render(letter.kind, letter.values)
    assert "李经理 gives as the reason: 监控可见 18:05 离开" in said.body
    assert Entry.objects.get(action="attendance.correct").target_id == row.pk


def test_a_result_set_by_word_leaves_the_press_and_names_it(team):
    actor, rep = team
    press = Punch.objects.get()
    correct(actor, rep, end="on", result="normal", reason="地铁停运")
    found = day(rep)
    assert (found.points[0]["result"], found.late_times, found.late_minutes) == ("normal", 0, 0)
    press.refresh_from_db()
    assert press.counting == "counted"
    told = sentences(rep)
    assert "Administrator's word: 李经理 has set the result to “Normal”. 地铁停运" in told
    assert "The original press of 03-09 09:25 is kept." in told


def test_a_word_taken_back_gives_the_day_back_to_the_presses(team):
    actor, rep = team
    row = correct(actor, rep, end="on", result="normal")
    assert refused(correct, actor, rep, end="on", result="late") == "invalid"  # one word at a time
    correct_actions.take_back(actor, row, now=NOW, answer="查错人了")
    assert day(rep).late_minutes == 25
    row.refresh_from_db()
    assert (row.state, row.answer) == ("withdrawn", "查错人了")
    assert refused(correct_actions.take_back, actor, row, now=NOW, answer="x") == "not_in_force"
    assert [each.kind for each in Letter.objects.filter(employee=rep).order_by("id")] == [
        "attendance.corrected", "attendance.correction_taken_back",
    ]  # fmt: skip
    correct(actor, rep, end="on", result="late")
    assert day(rep).late_times == 1


def test_what_cannot_be_said_is_refused_and_leaves_nothing(team):
    actor, rep = team
    at = make.local("2026-03-09 18:05")
    assert refused(correct, actor, rep) == "one_of_two"
    assert refused(correct, actor, rep, at=at, result="normal") == "one_of_two"
    assert refused(correct, actor, rep, at=at, reason=" ") == "reason_required"
    assert refused(correct, actor, rep, at=at, slot=3) == "nothing_due"
    assert refused(correct, actor, rep, result="late") == "invalid_result"  # nobody leaves late
    assert refused(correct, actor, rep, at=make.local("2026-03-12 18:00")) == "in_the_future"
    assert refused(correct, actor, rep, at=make.local("2026-03-10 18:00")) == "not_that_day"
    sunday = make.local("2026-03-08 18:00")
    assert refused(correct, actor, rep, on=date(2026, 3, 8), at=sunday) == "nothing_due"
    assert not Correction.objects.exists()
    assert not Letter.objects.exists()


def test_a_locked_month_takes_adjustments_only(team):
    actor, rep = team
    row = correct(actor, rep, end="on", result="normal")
    MonthReport.objects.create(employee=rep, month=MONDAY.replace(day=1), totals={}, state="locked")
    before = day(rep)
    assert refused(correct, actor, rep, at=make.local("2026-03-09 18:05")) == "month_locked"
    assert refused(correct_actions.take_back, actor, row, now=NOW, answer="x") == "month_locked"
    assert (day(rep).points, Correction.objects.count()) == (before.points, 1)


def test_only_whom_one_leads_and_never_oneself(team):
    _actor, rep = team
    at = make.local("2026-03-09 18:05")
    with pytest.raises(NotFound):
        correct(people.actor(people.employee("外组经理", roles=["manager"])), rep, at=at)
    with pytest.raises(Forbidden):
        correct(people.actor(rep), rep, at=at)
    admin = people.employee("管理员", roles=["administrator"])
    assert refused(correct, people.actor(admin), admin, at=at) == "own_request"


def test_free_hours_are_corrected_too(inside):
    """A request approved, or a word said, about a day of free hours changes its minutes."""
    manager = people.employee("李经理", roles=["manager"])
    rep = people.employee("张三", leader=manager, roles=["rep"])
    make.group(rep, kind="free", week=["free"] * 7, free_minutes=420)
    make.punch(rep, "2026-03-09 09:00", "in")
    recompute([rep.pk], MONDAY, MONDAY, now=NOW)
    assert day(rep).status == "lack"
    asked = request_actions.ask_correction(
        people.actor(rep), now=NOW, on=MONDAY, end="off", at=make.local("2026-03-09 15:00"), reason="没电"
    )
    request_actions.approve(people.actor(manager), asked, now=NOW)
    found = day(rep)
    assert (found.status, found.worked_minutes, found.points[1]["supplement"]) == ("normal", 360, "remedy")
    tuesday = MONDAY + timedelta(days=1)
    for end in ("on", "off"):
        correct(people.actor(manager), rep, on=tuesday, end=end, result="normal")
    found = day(rep, tuesday)
    assert (found.status, found.worked_minutes, found.absent_minutes) == ("normal", 420, 0)


def test_the_phone_shows_who_corrected_and_why(team):
    actor, rep = team
    agree(rep)
    correct(actor, rep, end="on", result="normal", reason="地铁停运")
    device = people.actor(rep, client="phone", device_id=uuid7())
    [row] = pull(device, "", now=NOW)["collections"]["attendance_requests"]["upserts"]
    assert (row["by"], row["result"], row["starts_at"], row["reason"]) == (
        "admin",
        "normal",
        None,
        "地铁停运",
    )


def test_the_page_corrects_and_says_what_is_wrong(team):
    _actor, rep = team
    manager = rep.leader
    browser = people.browser(manager)
    explained = browser.get(reverse("attendance:explain", args=[rep.pk]), {"on": MONDAY.isoformat()})
    url = f"{reverse('attendance:correct', args=[rep.pk])}?on={MONDAY}"
    assert url in explained.content.decode()
    shown = browser.get(url)
    assert shown.context["form"].initial["point"] == "0-off"  # begins with what is missing
    given = {"point": "0-off", "what": "time", "at": "2026-03-09T18:05", "result": "", "reason": "监控"}
    wrong = browser.post(url, {**given, "at": ""})
    assert (wrong.status_code, "at" in wrong.context["form"].errors) == (422, True)
    late = browser.post(url, {**given, "at": "2026-03-10T18:00"})
    assert (late.status_code, "at" in late.context["form"].errors) == (422, True)
    assert browser.post(url, given).status_code == 302
    assert Correction.objects.get().at == make.local("2026-03-09 18:05")
    stranger = people.browser(people.employee("外组经理", roles=["manager"]))
    assert stranger.get(url).status_code == 404
    assert people.browser(rep).get(url).status_code == 403
    assert browser.get(f"{reverse('attendance:correct', args=[rep.pk])}?on=2999-01-01").status_code == 404


def test_of_a_locked_month_the_page_leads_to_the_adjustment(team):
    _actor, rep = team
    admin = people.employee("管理员", roles=["administrator"])
    report = MonthReport.objects.create(employee=rep, month=MONDAY.replace(day=1), totals={}, state="locked")
    shown = people.browser(admin).get(f"{reverse('attendance:correct', args=[rep.pk])}?on={MONDAY}")
    assert reverse("attendance:report_act", args=[report.pk, "adjust"]) in shown.content.decode()
    assert "<textarea" not in shown.content.decode()
