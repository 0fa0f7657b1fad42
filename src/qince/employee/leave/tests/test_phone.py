"""Leave on the phone: sent once whatever happens, counted before it is sent, fetched with its days."""

import json
from datetime import timedelta

import pytest
from django.test import Client

from qince.core.people.tests import factories as people
from qince.core.privacy.tests.factories import agree
from qince.employee.leave.models import LeaveRequest
from qince.employee.leave.tests.factories import balance
from qince.employee.leave.tests.scene import FRIDAY, MONDAY, NOW, approve, ask, send_back, whole
from qince.engines.sync.tests.factories import operation, push
from qince.kit import clock
from qince.kit.ids import uuid7
from tests.access.planting import phone_token

BASE = "/api/phone/v1/"


@pytest.fixture(autouse=True)
def agreed(company):
    agree(company.ann)


def days(first=MONDAY, last=FRIDAY, **more):
    return [{"first": first.isoformat(), "last": last.isoformat(), **more}]


def asked(company, segments=None, key=None, **more):
    payload = {
        "leave_id": str(key or uuid7()), "leave_type_id": str(company.annual.pk), "segments": segments or days(),
        **more,
    }  # fmt: skip
    return operation("leave.request", payload)


def send(company, *operations, now=NOW):
    return push(people.actor(company.ann, client="phone"), *operations, now=now)


def phone(company):
    token = phone_token(company.ann)
    return Client(headers={"Authorization": f"Bearer {token}", "Accept-Language": "en"})


def test_a_request_arrives_once_though_it_is_sent_twice(company):
    sent = asked(company)
    first, again = send(company, sent), send(company, sent)
    assert first[sent["id"]].state == again[sent["id"]].state == "accepted"  # the earlier answer, once more
    row = LeaveRequest.objects.get()
    assert (row.state, row.qty, balance(company.ann, company.annual)) == ("pending", 5, 15)


def test_what_is_refused_says_why_and_leaves_the_others(company):
    good, same = asked(company), asked(company)
    wrong = asked(company, days(FRIDAY, MONDAY))
    results = send(company, good, same, wrong)
    assert [results[each["id"]].code for each in (same, wrong)] == ["overlap", "ends_before_it_begins"]
    assert LeaveRequest.objects.count() == 1
    assert balance(company.ann, company.annual) == 15


def test_withdrawing_and_calling_off_from_the_phone(company):
    key = uuid7()
    request = asked(company, key=key)
    send(company, request)
    back = operation("leave.withdraw", {"leave_id": str(key)}, after=[request["id"]])
    assert send(company, back)[back["id"]].state == "accepted"
    assert balance(company.ann, company.annual) == 20
    row = approve(company, ask(company))
    kept = days(MONDAY, MONDAY + timedelta(days=1), ends="am")
    off = operation("leave.call_off", {"call_off_id": str(uuid7()), "leave_id": str(row.pk), "kept": kept})
    assert send(company, off)[off["id"]].state == "accepted"
    assert row.cancellations.get().qty == 5 - 1.5


def test_a_change_of_an_old_version_comes_back_with_what_is_there_now(company):
    row = send_back(company, ask(company))

    def changed(last, **more):
        body = {
            "leave_id": str(row.pk),
            "leave_type_id": str(company.annual.pk),
            "segments": days(MONDAY, last),
        }
        made = operation("leave.change", body, **more)
        return send(company, made)[made["id"]]

    first = changed(MONDAY, base=1)
    assert (first.state, first.result["version"]) == ("accepted", 2)
    assert changed(FRIDAY, base=1).code == "changed_meanwhile"  # also while it is under way
    row.refresh_from_db()
    send_back(company, row)
    late = changed(FRIDAY, base=1)
    assert (late.state, late.code, late.result["version"]) == ("conflict", "changed_meanwhile", 2)
    assert (late.result["current"]["revision"], late.result["current"]["last_on"]) == (2, MONDAY)
    row.refresh_from_db()
    assert (row.last_on, row.state) == (MONDAY, "returned")
    assert changed(FRIDAY, base=2).state == "accepted"
    assert balance(company.ann, company.annual) == 15


def test_apps_of_the_release_before_do_not_say_which_version_they_changed(company):
    row = send_back(company, ask(company))
    body = {
        "leave_id": str(row.pk),
        "leave_type_id": str(company.annual.pk),
        "segments": days(MONDAY, MONDAY),
    }
    made = operation("leave.change", body)
    assert send(company, made)[made["id"]].state == "accepted"


def test_a_stranger_s_request_does_not_exist(company):
    row = ask(company)
    other = people.employee("Other", roles=["rep"])
    agree(other)
    back = operation("leave.withdraw", {"leave_id": str(row.pk)})
    result = push(people.actor(other, client="phone"), back, now=NOW)[back["id"]]
    assert (result.state, result.code) == ("rejected", "not_found")


def test_the_preview_counts_by_the_same_rules_and_writes_nothing(company):
    first = clock.now().date() + timedelta(days=14)
    monday = first - timedelta(days=first.weekday())
    body = {
        "leave_type_id": str(company.annual.pk),
        "segments": days(monday, monday + timedelta(days=2), ends="am"),
    }
    answer = phone(company).post(f"{BASE}leave/preview", json.dumps(body), content_type="application/json")
    assert answer.status_code == 200, answer.text
    told = answer.json()
    counted = sum(float(each["qty"]) for each in told["days"])
    assert float(told["qty"]) == counted
    assert float(told["before"]) - float(told["after"]) == counted
    assert not LeaveRequest.objects.exists()


def test_a_request_that_came_back_does_not_stand_in_its_own_way(company):
    first = clock.now().date() + timedelta(days=14)
    monday = first - timedelta(days=first.weekday())
    row = send_back(company, ask(company, whole(monday, monday + timedelta(days=1))))
    longer = {
        "leave_type_id": str(company.annual.pk),
        "segments": days(monday, monday + timedelta(days=4)),
    }

    def previewed(**more):
        body = json.dumps({**longer, **more})
        return phone(company).post(f"{BASE}leave/preview", body, content_type="application/json")

    assert previewed().json()["code"] == "overlap"
    told = previewed(leave_id=str(row.pk)).json()
    assert (float(told["qty"]), float(told["before"]), float(told["after"])) == (5, 20, 15)
    assert previewed(leave_id=str(uuid7())).json()["code"] == "not_found"


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"leave_type_id": str(uuid7()), "segments": days()}, 404, "not_found"),
        ({"leave_type_id": "x", "segments": []}, 422, "invalid_request"),
    ],
)
def test_a_preview_of_nonsense_is_refused(company, body, status, code):
    answer = phone(company).post(f"{BASE}leave/preview", json.dumps(body), content_type="application/json")
    assert (answer.status_code in (400, status), answer.json()["code"]) == (True, code)


def test_a_pull_brings_balances_and_requests_with_their_days(company):
    week = clock.now().date() + timedelta(days=7)
    row = ask(company, whole(week, week + timedelta(days=6)), now=clock.now())
    found = phone(company).get(f"{BASE}pull").json()["collections"]
    [request] = found["leave_requests"]["upserts"]
    assert request["id"] == str(row.pk)
    assert len(request["days"]) == 7
    assert {each["why"] for each in request["days"]} >= {"work", "rest"}
    types = {each["name"]: each for each in found["leave_types"]["upserts"]}
    assert types["年假"]["balance"] == f"{balance(company.ann, company.annual):.2f}"
    assert types["病假"]["balance"] is None
