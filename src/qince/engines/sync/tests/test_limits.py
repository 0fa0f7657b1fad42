"""What the protocol says of its limits: how much, how long, how large, and how old an app may be."""

import json

import pytest
from django.test import Client

from qince.core.people.tests import factories as people
from qince.employee.attendance.models import Punch
from qince.engines.sync import actions
from qince.engines.sync.models import Operation
from qince.engines.sync.protocol import MAX_BODY, MAX_OPERATIONS, MINIMUM_PROTOCOL, PROTOCOL
from qince.engines.sync.tests.factories import operation, punch, push
from qince.sales.visits.tests import factories as field
from tests.access.planting import phone_token

PUSH, PULL = "/api/phone/v1/push", "/api/phone/v1/pull"


@pytest.fixture
def rep(inside):
    return field.rep()


def phone(rep, **headers):
    return Client(headers={"Authorization": f"Bearer {phone_token(rep)}", "Accept-Language": "en", **headers})


def sent(client, body):
    return client.post(
        PUSH, body if isinstance(body, str) else json.dumps(body), content_type="application/json"
    )


# --- How old ---


@pytest.mark.parametrize(
    "spoken", [MINIMUM_PROTOCOL - 1, PROTOCOL + 1, "", "one", "1.0", "-1", "9" * 40, "１"]
)
def test_an_app_that_speaks_no_served_protocol_is_told_to_update_and_nothing_is_taken(rep, spoken):
    client = phone(rep, **{"Qince-Protocol": str(spoken)})
    for answer in (sent(client, {"operations": [punch()]}), client.get(PULL)):
        assert answer.status_code == 426
        said = answer.json()
        assert (said["code"], said["minimum"]) == ("update_required", MINIMUM_PROTOCOL)
        assert "nothing on the phone is lost" in said["message"]
    assert not Operation.objects.exists()
    assert not Punch.objects.exists()


@pytest.mark.parametrize("headers", [{}, {"Qince-Protocol": str(PROTOCOL)}])
def test_the_protocol_of_today_is_served_also_to_who_does_not_say(rep, headers):
    client = phone(rep, **headers)
    assert sent(client, {"operations": [punch()]}).status_code == client.get(PULL).status_code == 200


# --- How many ---


def test_as_many_operations_as_the_page_says_are_taken_at_once_and_one_more_is_refused(rep):
    """Most of them follow one that has not arrived: each is stored, which is what the number limits."""
    first = punch()
    rest = [
        operation("attendance.punch", punch()["payload"], after=[first["id"]]) for _ in range(MAX_OPERATIONS)
    ]
    client = phone(rep)
    too_many = sent(client, {"operations": [first, *rest]})
    assert (too_many.status_code, too_many.json()["code"]) == (400, "invalid_request")
    assert not Operation.objects.exists()
    answer = sent(client, {"operations": rest})
    assert answer.status_code == 200
    assert [each["id"] for each in answer.json()["results"]] == [each["id"] for each in rest]
    assert {each["state"] for each in answer.json()["results"]} == {"waiting"}
    assert Operation.objects.count() == MAX_OPERATIONS == 500


def test_an_empty_push_is_refused(rep):
    assert sent(phone(rep), {"operations": []}).json()["code"] == "invalid_request"


# --- How large ---


def test_a_body_up_to_the_limit_is_read_and_a_larger_one_is_not(rep):
    body = json.dumps({"operations": [punch()]})
    client = phone(rep)
    larger = sent(client, body + " " * (MAX_BODY - len(body) + 1))
    assert (larger.status_code, larger.json()["code"], larger.json()["limit"]) == (
        413,
        "request_too_large",
        2 * 1024 * 1024,
    )
    assert not Operation.objects.exists()
    assert sent(client, body + " " * (MAX_BODY - len(body))).json()["results"][0]["state"] == "accepted"


# --- How long ---


def test_what_the_time_allowance_does_not_reach_comes_later_and_is_taken_when_sent_again(inside, monkeypatch):
    rep = people.actor(field.rep(), client="phone")
    monkeypatch.setattr(actions, "CHUNK", 2)
    seconds = iter([0.0, 1.0, actions.ALLOWANCE_S, actions.ALLOWANCE_S + 0.1])  # begun, and before each chunk
    monkeypatch.setattr(actions.time, "monotonic", lambda: next(seconds))
    work = [punch() for _ in range(6)]
    answers = push(rep, *work)
    assert [answers[each["id"]].state for each in work] == ["accepted"] * 4 + ["later"] * 2
    assert Operation.objects.count() == Punch.objects.count() == 4
    monkeypatch.undo()
    again = push(rep, *work)
    assert [again[each["id"]].repeat for each in work] == [True] * 4 + [False] * 2
    assert {each.state for each in again.values()} == {"accepted"}
    assert Punch.objects.count() == 6
