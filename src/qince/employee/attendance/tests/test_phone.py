"""What a phone fetches of the own days and sends about them."""

from datetime import timedelta

import pytest

from qince.core.people.tests import factories as people
from qince.core.privacy.tests.factories import agree
from qince.employee.attendance.models import Correction, MonthReport, TimeRequest
from qince.employee.attendance.recompute import recompute
from qince.employee.attendance.sync import DAYS_AHEAD
from qince.employee.attendance.tests import factories as make
from qince.engines.sync.pull import pull
from qince.engines.sync.tests.factories import operation, push
from qince.kit import clock
from qince.kit.ids import uuid7

NOW = clock.now()
TODAY = clock.local_date(NOW, "Asia/Shanghai")
YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def reps(inside):
    manager = people.employee("李经理", roles=["manager"])
    found = [people.employee(name, leader=manager, roles=["rep"]) for name in ("王芳", "张三")]
    for each in found:
        agree(each)
    make.group(*found, week=[make.office()] * 7, uses_holidays=False)
    make.punch(found[0], make.local(f"{YESTERDAY} 09:20"), "in")
    recompute([each.pk for each in found], YESTERDAY, YESTERDAY, now=NOW)
    return found


def phone(employee):
    return people.actor(employee, client="phone", device_id=uuid7())


def fetched(employee, name):
    return pull(phone(employee), "", now=NOW)["collections"][name]["upserts"]


def send(employee, operation_type, **payload):
    [result] = push(phone(employee), operation(operation_type, payload), now=NOW).values()
    return result


def test_the_own_days_arrive_with_what_is_due_and_why(reps):
    days = {row["id"]: row for row in fetched(reps[0], "attendance_days")}
    late = days[YESTERDAY.isoformat()]
    assert (late["late"], late["points"][0]["result"], late["points"][0]["limit"]) == (20, "late", 0)
    assert late["rule"].endswith("v1")
    ahead = days[(TODAY + timedelta(days=DAYS_AHEAD)).isoformat()]
    assert (ahead["status"], len(ahead["due"])) == ("", 1)
    other = {row["id"]: row for row in fetched(reps[1], "attendance_days")}
    assert other[YESTERDAY.isoformat()]["late"] == 0


def test_a_correction_is_asked_for_once_however_often_it_is_sent(reps):
    asked = {
        "correction_id": str(uuid7()), "on": YESTERDAY.isoformat(), "end": "off", "slot": 0, "reason": "忘记打卡",
        "at": make.local(f"{YESTERDAY} 18:00").isoformat(),
    }  # fmt: skip
    sent = operation("attendance.ask_correction", asked)
    for _time in range(2):
        [result] = push(phone(reps[0]), sent, now=NOW).values()
        assert result.state in ("accepted", "duplicate")
    assert Correction.objects.get().employee == reps[0]
    [row] = fetched(reps[0], "attendance_requests")
    assert (row["kind"], row["state"]) == ("correction", "pending")
    assert fetched(reps[1], "attendance_requests") == []
    taken = send(reps[1], "attendance.ask_correction", **asked)
    assert (taken.state, taken.code) == ("rejected", "id_taken")


def test_what_is_refused_says_why_and_leaves_nothing(reps):
    future = (TODAY + timedelta(days=2)).isoformat()
    asked = {"correction_id": str(uuid7()), "on": future, "end": "off", "reason": "x"}
    refused = send(
        reps[0], "attendance.ask_correction", at=make.local(f"{future} 18:00").isoformat(), **asked
    )
    assert (refused.state, refused.code) == ("rejected", "in_the_future")
    odd = send(reps[0], "attendance.ask_time", request_id=str(uuid7()), kind="holiday", reason="x",
               starts_at=NOW.isoformat(), ends_at=(NOW + timedelta(hours=1)).isoformat())  # fmt: skip
    assert (odd.state, odd.code) == ("rejected", "invalid_payload")
    assert not Correction.objects.exists()
    assert not TimeRequest.objects.exists()


def test_a_month_is_confirmed_or_disputed_by_its_owner_in_the_version_seen(reps):
    report = MonthReport.objects.create(
        employee=reps[0], month=YESTERDAY.replace(day=1), state="asked", version=2, totals={"due_days": 1}
    )
    [row] = fetched(reps[0], "attendance_months")
    assert (row["report_version"], row["totals"]) == (2, {"due_days": 1})
    old = send(reps[0], "attendance.answer_month", report_id=str(report.pk), version=1)
    assert old.code == "other_version"
    foreign = send(reps[1], "attendance.answer_month", report_id=str(report.pk), version=2)
    assert foreign.code == "not_found"
    disputed = send(
        reps[0], "attendance.answer_month", report_id=str(report.pk), version=2, objection="少算一天"
    )
    assert disputed.result["state"] == "disputed"
    confirmed = send(reps[0], "attendance.answer_month", report_id=str(report.pk), version=2)
    assert confirmed.result["state"] == "confirmed"
    report.refresh_from_db()
    assert report.confirmed_at is not None
