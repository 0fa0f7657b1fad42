"""The pages of approvals and what the phone gets."""

import json

import pytest
from django.test import Client

from qince.core.people.tests import factories as people
from qince.core.privacy.tests.factories import agree
from qince.engines.approvals.flow.schema import Flow, Leader, People, as_stored
from qince.engines.approvals.models import Flow as FlowOf
from qince.engines.approvals.models import FlowVersion, Instance
from qince.engines.approvals.simulating import simulate
from qince.engines.approvals.tests.scene import NOW, apply, approve, flow, state, step, task, waiting
from qince.kit.tenancy import tenant
from tests.access.planting import phone_token


@pytest.fixture
def made(company):
    flow(company, step("Direct", Leader()), step("HR", People(ids=[company.HR1.pk, company.HR2.pk])))
    return apply(company, days=2)


def page(who, path):
    return people.browser(who).get(path)


def test_the_inbox_shows_what_waits_and_decides_it_in_bulk(company, made):
    browser = people.browser(company.leader)
    listed = browser.get("/approvals/tasks/?state=pending")
    assert listed.status_code == 200
    assert made.number in listed.text
    key = str(task(made, company.leader).pk)
    browser.post("/approvals/tasks/acts/approve/", {"ids": [key], "confirmed": "1", "comment": "Fine"})
    assert waiting(made) == ["HR1", "HR2"]


def test_the_request_shows_its_way_and_what_is_to_come(company, made):
    shown = page(company.leader, f"/approvals/requests/{made.pk}/")
    assert shown.status_code == 200
    for words in ("Direct", "HR1、HR2", "It is your turn", "A thing"):
        assert words in shown.text
    assert "It is your turn" not in page(company.ann, f"/approvals/requests/{made.pk}/").text
    assert page(company.leader, f"/approvals/requests/{made.pk}/print/").status_code == 200


def test_somebody_outside_sees_nothing(company, made):
    stranger = people.employee("Stranger", roles=["rep"])
    assert page(stranger, f"/approvals/requests/{made.pk}/").status_code == 404
    assert made.number not in page(stranger, "/approvals/requests/").text


def test_each_decision_has_its_form(company, made):
    browser = people.browser(company.leader)
    key = task(made, company.leader).pk
    for act in ("approve", "reject", "return", "transfer", "add"):
        assert browser.get(f"/approvals/tasks/{key}/acts/{act}/").status_code == 200
    browser.post(f"/approvals/tasks/{key}/acts/reject/", {"confirmed": "1", "comment": ""})
    assert state(made) == "running"
    browser.post(f"/approvals/tasks/{key}/acts/reject/", {"confirmed": "1", "comment": "No"})
    assert state(made) == "rejected"


def test_the_designer_keeps_publishes_and_tells_what_is_wrong(company, made):
    browser = people.browser(company.admin)
    version = FlowVersion.objects.get(pk=made.version_id)
    path = f"/approvals/flows/{version.flow_id}"
    assert "flow-data" in browser.get(f"{path}/").text
    send = {"content_type": "application/json", "headers": {"accept": "application/json"}}
    wrong = as_stored(Flow(steps=[step("a", People(ids=[]))]))
    told = browser.post(f"{path}/draft/", json.dumps(wrong), **send).json()
    assert [each["node"] for each in told["problems"]] == ["a"]
    refused = browser.post(f"{path}/publish/", "", **send)
    assert (refused.status_code, refused.json()["code"]) == (422, "flow_has_problems")
    assert browser.post(f"{path}/draft/", "{}", **send).json()["code"] == "not_a_flow"
    assert browser.post(f"{path}/draft/", "{", **send).status_code == 400
    fine = as_stored(Flow(steps=[step("a", Leader())]))
    assert browser.post(f"{path}/draft/", json.dumps(fine), **send).json() == {"problems": []}
    assert browser.post(f"{path}/publish/", "", **send).json() == {"version": 2}
    found = browser.get("/choose/flow_people?q=HR").json()["results"]
    assert sorted(each["label"] for each in found) == ["HR1", "HR2"]


def test_a_draft_is_tried_on_past_requests(company, made):
    drawn = Flow(steps=[step("a", Leader())])
    found = simulate(made.version.flow, drawn, now=NOW)
    assert (found.total, found.changed) == (1, 1)
    assert (found.decisions_before, found.decisions_after) == (3, 1)
    assert [name for name, _people in found.turned[0].after] == ["a"]
    same = simulate(made.version.flow, made.version.drawn, now=NOW)
    assert same.changed == 0


class Phone:
    """Somebody's phone: signed in, the notice agreed to."""

    def __init__(self, who):
        agree(who)
        headers = {"Authorization": f"Bearer {phone_token(who)}", "Accept-Language": "en"}
        self._client = Client(headers=headers)

    def get(self, path):
        return self._client.get(f"/api/phone/v1{path}")

    def post(self, path, body):
        return self._client.post(f"/api/phone/v1{path}", json.dumps(body), content_type="application/json")


def test_the_phone_lists_shows_and_decides(company, made, organization):
    phone = Phone(company.leader)
    listed = phone.get("/approvals").json()
    assert (listed["waiting"], [each["number"] for each in listed["requests"]]) == (1, [made.number])
    shown = phone.get(f"/approvals/{made.pk}").json()
    assert "approve" in shown["may"]
    assert [each["name"] for each in shown["coming"]] == ["HR"]
    after = phone.post(f"/approvals/tasks/{shown['task']}/approve", {"comment": "Fine"})
    assert (after.status_code, after.json()["task"]) == (200, None)
    again = phone.post(f"/approvals/tasks/{shown['task']}/approve", {})
    assert (again.status_code, again.json()["code"]) == (409, "already_decided")
    assert phone.get(f"/approvals/{made.pk}").status_code == 200
    with tenant(organization):
        approve(made, company.HR1)
        assert Instance.objects.get(pk=made.pk).status == "approved"


def test_of_two_flows_that_fit_the_one_with_the_lower_number_decides(company):
    flow(company, step("Direct", Leader()))
    second = flow(company, step("HR", People(ids=[company.HR1.pk])))
    assert waiting(apply(company)) == ["Leader"]
    FlowOf.objects.exclude(pk=second.pk).update(sequence=5)
    fields = {"name": second.name, "is_active": "on"}
    admin = people.browser(company.admin)
    refused = admin.post(f"/approvals/flows/{second.pk}/edit/", {**fields, "sequence": "-1"})
    assert (refused.status_code, FlowOf.objects.get(pk=second.pk).sequence) == (422, 1)
    assert admin.post(f"/approvals/flows/{second.pk}/edit/", {**fields, "sequence": "2"}).status_code == 302
    assert waiting(apply(company)) == ["HR1"]
