"""What remains of a request that went back and to another: who, which step, what, when, and which words."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from qince.core.audit.models import Entry
from qince.core.people.tests import factories as people
from qince.core.privacy.tests.factories import agree
from qince.engines.approvals.actions import applying
from qince.engines.approvals.flow.schema import Leader, People
from qince.engines.approvals.models import Instance, Task
from qince.engines.approvals.tests.scene import NOW, apply, flow, step, task
from tests.access.planting import phone_token

API = "/api/phone/v1/approvals"
WORDS = ("几天？写清楚", "补成五天", "请你代看", "同意，已核对", "可以")


class Phone:
    """Somebody's phone, as far as approvals go."""

    def __init__(self, person):
        agree(person)
        self.person = person
        headers = {"Authorization": f"Bearer {phone_token(person)}", "Accept-Language": "en"}
        self.client = Client(headers=headers)

    def decide(self, made, verdict, **said):
        mine = task(made, self.person)
        address = f"{API}/tasks/{mine.pk}/{verdict}"
        return self.client.post(address, json.dumps(said), content_type="application/json")

    def sees(self, made):
        return self.client.get(f"{API}/{made.pk}")


@pytest.fixture
def gone_round(company):
    """Leader, one of personnel, boss; personnel returns it, the applicant changes it, personnel passes it on."""
    flow(company, step("leader", Leader()), step("hr", People(ids=[company.HR1.pk])),
         step("boss", People(ids=[company.boss.pk])))  # fmt: skip
    made = apply(company, days=2)
    phones = {name: Phone(getattr(company, name)) for name in ("leader", "HR1", "HR2", "boss")}
    again, fixed, please, checked, fine = WORDS
    assert phones["leader"].decide(made, "approve").status_code == 200
    assert phones["HR1"].decide(made, "return", comment=again).status_code == 200
    ann = people.actor(company.ann)
    applying.remark(ann, instance_id=made.pk, text=fixed, now=NOW)
    applying.resubmit(ann, instance_id=made.pk, title="A thing", facts={"days": 5}, now=NOW)
    assert phones["leader"].decide(made, "approve").status_code == 200
    passed_on = phones["HR1"].decide(made, "transfer", to=str(company.HR2.pk), comment=please)
    assert passed_on.status_code == 200
    assert phones["HR2"].decide(made, "approve", comment=checked).status_code == 200
    assert phones["boss"].decide(made, "approve", comment=fine).status_code == 200
    made.refresh_from_db()
    return company, made, phones


WAY = [
    (1, "leader", "Leader", "approved", ""),
    (1, "hr", "HR1", "returned", WORDS[0]),
    (2, "leader", "Leader", "approved", ""),
    (2, "hr", "HR1", "transferred", WORDS[2]),
    (2, "hr", "HR2", "approved", WORDS[3]),
    (2, "boss", "Boss", "approved", WORDS[4]),
]


@pytest.mark.clause("C2.1.2-06")
def test_three_steps_with_a_return_and_a_passing_on_keep_the_whole_way(gone_round):
    company, made, phones = gone_round
    assert made.status == Instance.Status.APPROVED
    assert company.thing.done == [("returned", made.number), ("approved", made.number)]
    shown = phones["boss"].sees(made).json()
    way = [
        (each["round"], each["name"], part["name"], part["state"], part["comment"])
        for each in shown["way"]
        for part in each["parts"]
    ]
    assert way == WAY
    assert [(each["name"], each["text"]) for each in shown["remarks"]] == [("Ann", WORDS[1])]


@pytest.mark.clause("C2.2.3-02")
def test_the_log_of_a_returned_request_says_who_which_step_what_when_and_with_which_words(gone_round):
    """On the request's page for whoever may see it, in the same order, each with its time; and in the sealed trail."""
    company, made, phones = gone_round
    for part in [part for each in phones["leader"].sees(made).json()["way"] for part in each["parts"]]:
        assert part["at"]
    page = people.browser(company.leader).get(
        reverse("approvals:requests_detail", args=[made.pk]), headers={"accept-language": "en"}
    )
    text = page.content.decode()
    places = [text.index(words) for words in (WORDS[0], WORDS[2], WORDS[3], WORDS[4])]
    assert places == sorted(places)
    assert text.count("Returned") >= 1
    rows = Entry.objects.filter(target_id=made.pk, action__startswith="approvals.").order_by("at", "pk")
    logged = [(each.action.removeprefix("approvals."), each.actor_name) for each in rows]
    assert [each for each in logged if each[0] not in ("submit", "remark", "resubmit", "mark_read")] == [
        ("approve", "Leader"), ("return", "HR1"), ("approve", "Leader"), ("transfer", "HR1"), ("approve", "HR2"),
        ("approve", "Boss"),
    ]  # fmt: skip
    for (
        each
    ) in rows:  # the trail refers to the step and the decision; the words stay with the request, sealed
        assert each.at
        assert not any(words in json.dumps(each.changes, ensure_ascii=False) for words in WORDS)


def test_the_way_of_a_request_is_nobody_elses_business(gone_round):
    company, made, _phones = gone_round
    assert Phone(company.Other).sees(made).status_code == 404
    assert people.browser(company.Other).get(
        reverse("approvals:requests_detail", args=[made.pk])
    ).status_code == 404  # fmt: skip


def test_nothing_of_the_way_can_be_taken_back_by_deciding_again(gone_round):
    company, made, _phones = gone_round
    kept = list(
        Task.objects.filter(instance=made).order_by("pk").values("pk", "state", "acted_by", "decided_at")
    )
    old = Task.objects.get(instance=made, assignee=company.HR1, state=Task.State.RETURNED)
    again = Phone(company.HR1).client.post(
        f"{API}/tasks/{old.pk}/approve", "{}", content_type="application/json"
    )
    assert (again.status_code, again.json()["code"]) == (409, "already_decided")
    assert (
        list(
            Task.objects.filter(instance=made).order_by("pk").values("pk", "state", "acted_by", "decided_at")
        )
        == kept
    )
