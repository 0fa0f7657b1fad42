"""On the phone: several approvals at once, each with its own result; and a deputy named for a while."""

from datetime import timedelta

import pytest

from qince.core.audit.models import Entry
from qince.engines.approvals.flow.schema import Choice, People
from qince.engines.approvals.models import Delegation, Task
from qince.engines.approvals.tests.scene import apply, approve, flow, state, step, task, waiting
from qince.engines.approvals.tests.test_screens import Phone
from qince.kit import clock
from qince.kit.ids import uuid7

SEVERAL = "/approvals/several/approve"


@pytest.fixture
def asked(company):
    """Three requests wait for one of HR1 and HR2."""
    flow(company, step("hr", People(ids=[company.HR1.pk, company.HR2.pk])))
    company.made = [apply(company) for _number in range(3)]
    company.phone = Phone(company.HR1)
    return company


def parts(phone):
    return [each["task"] for each in phone.get("/approvals").json()["requests"]]


def test_several_are_approved_at_once_and_one_decided_by_another_says_so(asked):
    keys = {made: str(task(made, asked.HR1).pk) for made in asked.made}
    assert set(parts(asked.phone)) == set(keys.values())
    approve(asked.made[1], asked.HR2)
    answer = asked.phone.post(SEVERAL, {"tasks": list(keys.values()), "comment": "Fine"})
    assert answer.status_code == 200
    told = answer.json()
    results = {each["task"]: each for each in told["results"]}
    assert [results[keys[made]]["is_done"] for made in asked.made] == [True, False, True]
    late = results[keys[asked.made[1]]]
    assert (late["code"], "Nothing was changed" in late["message"]) == ("already_decided", True)
    assert told["waiting"] == 0
    assert [state(made) for made in asked.made] == ["approved"] * 3
    words = Task.objects.filter(assignee=asked.HR1, state=Task.State.APPROVED)
    assert [each.comment for each in words] == ["Fine", "Fine"]
    assert Entry.objects.filter(action="approvals.approve", actor_name="HR1").count() == 2
    again = asked.phone.post(SEVERAL, {"tasks": list(keys.values())}).json()["results"]
    assert [each["code"] for each in again] == ["already_decided"] * 3
    assert len(asked.thing.done) == 3


def test_parts_of_others_and_of_nobody_are_passed_over_and_leave_the_rest(asked):
    own, others = task(asked.made[0], asked.HR1).pk, task(asked.made[1], asked.HR2).pk
    told = asked.phone.post(SEVERAL, {"tasks": [str(others), str(own), str(own), str(uuid7())]}).json()
    assert [each["code"] for each in told["results"]] == ["not_found", "", "not_found"]
    assert [waiting(made) for made in asked.made[:2]] == [[], ["HR1", "HR2"]]


@pytest.mark.parametrize(
    "body", [{"tasks": []}, {"tasks": ["x"]}, {}, {"tasks": [str(uuid7()) for _n in range(51)]}, {"tasks": 1}]
)
def test_what_is_no_list_of_parts_is_refused(asked, body):
    assert asked.phone.post(SEVERAL, body).status_code == 400
    assert waiting(asked.made[0]) == ["HR1", "HR2"]


def test_where_somebody_is_to_be_chosen_nothing_can_be_ticked(company):
    flow(company, step("chosen", Choice()))
    made = apply(company)
    phone = Phone(company.ann)
    [head] = phone.get("/approvals").json()["requests"]
    assert (head["number"], head["task"]) == (made.number, None)
    told = phone.post(SEVERAL, {"tasks": [str(task(made, company.ann).pk)]}).json()["results"]
    assert [each["code"] for each in told] == ["to_choose"]


# --- A deputy ---


def period(first=0, last=3):
    now = clock.now()
    return {
        "starts_at": (now + timedelta(days=first)).isoformat(), "ends_at": (now + timedelta(days=last)).isoformat(),
    }  # fmt: skip


def test_a_deputy_is_named_on_the_phone_and_decides_until_the_end_is_said(company):
    phone = Phone(company.leader)
    assert phone.get("/deputies").json()["deputies"] == []
    named = phone.post("/deputies", {"to": str(company.Other.pk), **period()})
    assert named.status_code == 200
    [row] = named.json()["deputies"]
    assert (row["name"], row["kinds"], row["is_over"]) == ("Other", [], False)
    assert ["approvals.thing", "Thing"] in named.json()["kinds"]
    assert waiting(apply(company, now=clock.now())) == ["Other"]
    ended = phone._client.delete(f"/api/phone/v1/deputies/{row['id']}")
    assert [each["is_over"] for each in ended.json()["deputies"]] == [True]
    assert waiting(apply(company, now=clock.now())) == ["Leader"]


def test_a_deputy_may_be_limited_to_kinds(company):
    phone = Phone(company.leader)
    only = {"to": str(company.Other.pk), "kinds": ["leave.request"], **period()}
    assert len(phone.post("/deputies", only).json()["deputies"][0]["kinds"]) == 1
    assert waiting(apply(company, now=clock.now())) == ["Leader"]


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"to": "self"}, "to_oneself"),
        ({"to": str(uuid7())}, "not_there"),
        (period(3, 1), "period"),
        (period(-4, -1), "period"),
        ({"kinds": ["nothing.such"]}, "unknown_kind"),
        ({"starts_at": "soon"}, "invalid_request"),
    ],
)
def test_what_makes_no_deputy_is_refused_in_words(company, more, code):
    phone = Phone(company.leader)
    body = {"to": str(company.Other.pk), **period(), **more}
    body["to"] = str(company.leader.pk) if body["to"] == "self" else body["to"]
    refused = phone.post("/deputies", body)
    assert (refused.status_code in (400, 422), refused.json()["code"]) == (True, code)
    assert not Delegation.objects.exists()


def test_nobody_ends_the_deputy_of_another(company):
    Phone(company.leader).post("/deputies", {"to": str(company.Other.pk), **period()})
    [row] = Delegation.objects.all()
    refused = Phone(company.boss)._client.delete(f"/api/phone/v1/deputies/{row.pk}")
    assert (refused.status_code, refused.json()["code"]) == (404, "not_found")
    row.refresh_from_db()
    assert row.ends_at > clock.now()
