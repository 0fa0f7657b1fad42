"""Forms on which an approval flow decides."""

from datetime import timedelta

import pytest
from django.test.utils import CaptureQueriesContext

from qince.core.people.tests import factories as people
from qince.core.privacy.tests.factories import agree, decide
from qince.engines.approvals.actions import applying, deciding, designing
from qince.engines.approvals.flow.schema import (
    Approve,
    Branch,
    Comparison,
    Condition,
    Contact,
    Flow,
    Leader,
    People,
    as_stored,
)
from qince.engines.approvals.models import Instance, Task
from qince.engines.approvals.presenting import summary
from qince.engines.approvals.registry import find, menu, name_of
from qince.engines.forms import actions, assigning
from qince.engines.forms.approving import code_of
from qince.engines.forms.models import Form, Submission
from qince.engines.forms.tests import factories as forms
from qince.engines.sync.tests.factories import evidence, operation, push
from qince.kit import clock
from qince.kit.errors import Conflict, Refusal
from qince.kit.ids import uuid7

NOW = clock.now()
Status, State = Submission.Status, Instance.Status
ORDER = forms.definition(
    forms.field("item", "text", "What", required="true()"),
    forms.field("price", "number", "Price"),
    forms.field("qty", "integer", "Quantity"),
    forms.field("total", "formula", "Total", formula="${price} * ${qty}"),
    forms.field("whom", "person", "Who signs", privacy=forms.PERSONAL),
    forms.field("allergy", "text", "Allergy", privacy=forms.SENSITIVE),
    title="Purchase",
)


class Company:
    def __init__(self):
        self.boss = people.employee("Boss", roles=["manager"])
        self.ann = people.employee("Ann", leader=self.boss, roles=["rep"])
        self.office = forms.administrator()
        agree(self.ann)
        decide(self.ann, "form_sensitive")
        self.form = forms.form(self.office, ORDER, decided_by=Form.Decider.FLOW)

    def fill(self, **answers):
        data = {"item": "Shelf", "price": "100", "qty": 2, **answers}
        return actions.submit(people.actor(self.ann), form=self.form, data=data, now=NOW)

    def flow(self, *steps):
        made = designing.create_flow(
            self.office, subject=f"forms.form:{self.form.pk}", name="Purchases", now=NOW
        )
        assert (
            designing.save_draft(
                self.office, flow_id=made.pk, body=as_stored(Flow(steps=list(steps))), now=NOW
            )
            == []
        )
        designing.publish_flow(self.office, flow_id=made.pk, now=NOW)

    def decide(self, made, who, act=deciding.approve, **more):
        task = Task.objects.get(instance=request(made), assignee=who, state="pending")
        act(people.actor(who), task_id=task.pk, now=NOW, **more)
        made.refresh_from_db()
        return made.status


@pytest.fixture
def company(inside):
    return Company()


def request(made):
    return Instance.objects.filter(target_id=made.pk).latest("submitted_at")


def waiting(made):
    rows = Task.objects.filter(instance=request(made), state="pending")
    return sorted(rows.values_list("assignee__name", flat=True))


def over(limit, *steps):
    test = Comparison(fact="total", is_="gt", value=limit)
    branches = [
        Branch(id="over", name="Over", when=[[test]], steps=list(steps)),
        Branch(id="else", name="Else"),
    ]
    return Condition(id="much", name="Much", branches=branches)


def step(key, rule):
    return Approve(id=key, name=key, approvers=rule)


def test_without_a_flow_the_leader_decides_and_the_form_follows(company):
    made = company.fill()
    assert (made.status, waiting(made)) == (Status.SUBMITTED, ["Boss"])
    assert company.decide(made, company.boss) == Status.ACCEPTED
    refused = company.fill()
    assert company.decide(refused, company.boss, deciding.reject, comment="Too dear") == Status.REJECTED


def test_conditions_ask_the_answers_and_a_person_named_in_the_form_decides(company):
    chief = people.employee("Chief", roles=["manager"])
    company.flow(
        over(500, step("chief", People(ids=[chief.pk]))),
        Approve(id="named", name="Named", approvers=Contact(field="whom"), own="decide"),
    )
    small, large = company.fill(whom=str(company.ann.pk)), company.fill(qty=9, whom=str(company.ann.pk))
    assert (waiting(small), waiting(large)) == (["Ann"], ["Chief"])
    company.decide(large, chief)
    assert waiting(large) == ["Ann"]
    assert company.decide(large, company.ann) == Status.ACCEPTED


def test_what_came_back_is_changed_and_goes_the_way_of_its_new_answers(company):
    chief = people.employee("Chief", roles=["manager"])
    company.flow(step("leader", Leader()), over(500, step("chief", People(ids=[chief.pk]))))
    made = company.fill()
    assert company.decide(made, company.boss, deciding.send_back, comment="More") == Status.RETURNED
    made = actions.edit_submission(
        people.actor(company.ann),
        made,
        now=NOW,
        version=made.version,
        data={"item": "Shelf", "price": "100", "qty": 9},
    )
    assert (made.status, request(made).status, request(made).round) == (Status.SUBMITTED, State.RUNNING, 2)
    assert company.decide(made, company.boss) == Status.SUBMITTED
    assert waiting(made) == ["Chief"]
    assert company.decide(made, chief) == Status.ACCEPTED
    assert Instance.objects.count() == 1


def test_nothing_changes_under_the_eyes_of_those_who_decide(company):
    made, ann = company.fill(), people.actor(company.ann)
    with pytest.raises(Conflict, match="under_way"):
        actions.edit_submission(ann, made, now=NOW, version=made.version, data={"item": "Other"})
    with pytest.raises(Conflict, match="under_way"):
        actions.delete_submission(company.office, made, now=NOW, reason="Doubled")
    with pytest.raises(Refusal, match="flow_decides"):
        actions.review_submission(company.office, made, now=NOW, status="accepted")
    applying.withdraw(ann, instance_id=request(made).pk, now=NOW)
    made.refresh_from_db()
    assert made.status == Status.WITHDRAWN
    with pytest.raises(Conflict, match="is_rejected"):
        actions.edit_submission(ann, made, now=NOW, version=made.version, data={"item": "Other"})


def test_undoing_an_approval_takes_the_form_out_of_the_count(company):
    made, ann = company.fill(), people.actor(company.ann)
    company.decide(made, company.boss)
    applying.revoke(
        ann, instance_id=request(made).pk, comment="Ordered elsewhere", now=NOW + timedelta(hours=1)
    )
    assert company.decide(made, company.boss) == Status.WITHDRAWN


def test_a_refused_form_is_still_owed(company):
    task = actions.assign(
        company.office, now=NOW, form=company.form, name="Daily", period="day", due_at="23:59",
        starts_on=NOW.date() - timedelta(days=1), employees=[company.ann],
    )  # fmt: skip
    origin = actions.submitting.Origin(assignment=task)
    made = actions.submit(
        people.actor(company.ann), form=company.form, data={"item": "Shelf"}, now=NOW, origin=origin
    )
    company.decide(made, company.boss, deciding.reject, comment="No")
    [owed] = assigning.owed(company.office, task, made.period_on, NOW)
    assert owed.submission is None


def test_sealed_answers_are_no_facts_and_not_shown_to_deciders(company):
    made = company.fill(allergy="peanuts")
    found = request(made)
    assert "allergy" not in found.facts
    assert {"total", "qty", "whom"} & set(found.facts) == {"total", "qty"}
    told = dict(summary(found))
    assert (told["What"], told["Total"]) == ("Shelf", "200")
    assert "peanuts" not in str(summary(found)) + found.title
    assert found.title == "Shelf · 100 · 2"
    about_the_sealed = Comparison(fact="allergy", is_="eq", value="x")
    branches = [Branch(id="a", name="A", when=[[about_the_sealed]]), Branch(id="b", name="B")]
    drawn = Flow(steps=[Condition(id="c", name="C", branches=branches)])
    made = designing.create_flow(company.office, subject=found.subject, name="Purchases", now=NOW)
    assert designing.save_draft(company.office, flow_id=made.pk, body=as_stored(drawn), now=NOW) != []


def test_sent_twice_it_is_one_request(company):
    sent = operation("forms.submit", {
        "submission_id": str(uuid7()), "form_id": str(company.form.pk), "version": 1,
        "data": {"item": "Shelf"}, "evidence": evidence(manual="somewhere"),
    })  # fmt: skip
    phone = people.actor(company.ann, client="phone")
    assert push(phone, sent)[sent["id"]].state == "accepted"
    push(phone, sent)
    assert Instance.objects.count() == 1


def test_each_form_is_a_kind_of_its_own(company, organization):
    other = forms.form(company.office, ORDER)
    code = code_of(company.fill())
    assert code in dict(menu())
    assert f"forms.form:{other.pk}" not in dict(menu())
    assert (name_of(code), find(code).name) == ("Purchase", "Purchase")
    assert find("forms.form:nonsense") is None
    assert find(f"forms.form:{uuid7()}") is None


def test_a_list_of_requests_asks_no_more_for_more_of_them(company, in_english):
    from django.db import connection

    browser = people.browser(company.boss)

    def queries():
        with CaptureQueriesContext(
            connection,
        ) as caught:
            assert browser.get("/approvals/tasks/").status_code == 200
        return len(caught)

    company.fill()
    queries()
    few = queries()
    for _number in range(5):
        company.fill()
    assert queries() == few
