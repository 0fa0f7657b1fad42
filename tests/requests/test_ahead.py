"""Before a request is handed in: who would decide, by the resolver of the run, and for which of one's departments."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from qince.core.people.models import Membership
from qince.core.people.tests import factories as people
from qince.core.privacy.tests.factories import agree
from qince.employee.attendance.approving import CORRECTION, TIME
from qince.employee.attendance.models import Correction, TimeRequest
from qince.employee.attendance.tests import factories as attendance
from qince.employee.leave.models import LeaveRequest
from qince.employee.leave.reckoning.terms import Basis, Granting, Terms
from qince.employee.leave.rules import REQUEST
from qince.employee.leave.tests.factories import leave_type
from qince.engines.approvals.actions import deciding, designing
from qince.engines.approvals.flow.schema import (
    Approve,
    Branch,
    Comparison,
    Condition,
    Flow,
    Head,
    Leader,
    People,
    as_stored,
)
from qince.engines.approvals.models import FlowVersion, Instance, Task
from qince.engines.approvals.registry import code_in
from qince.engines.approvals.tests.test_screens import Phone
from qince.engines.forms import actions as forms
from qince.engines.forms.approving import PREFIX
from qince.engines.forms.models import Form, Submission
from qince.engines.forms.tests import factories as form_factories
from qince.engines.sync.pull import pull
from qince.engines.sync.tests.factories import evidence, operation, push
from qince.kit import clock
from qince.kit.ids import uuid7

NOW = clock.now()
MONDAY = NOW.date() + timedelta(days=14 - NOW.date().weekday())


@pytest.fixture
def firm(inside):
    """Ann, mainly in sales, also in service; each department has a head, and a boss leads her."""
    found = SimpleNamespace()
    found.boss = people.employee("Boss", roles=["manager"])
    found.sales, found.service = people.department("Sales"), people.department("Service")
    for name, department in (("HeadSales", found.sales), ("HeadService", found.service)):
        head = people.employee(name, department=department, roles=["manager"])
        Membership.objects.filter(employee=head).update(is_head=True)
    found.ann = people.employee("Ann", leader=found.boss, department=found.sales, roles=["rep"])
    Membership.objects.filter(employee=found.ann).update(is_main=True)
    today = NOW.date()
    Membership.objects.create(employee=found.ann, department=found.service, starts_on=today, is_main=False)
    found.other = people.department("Elsewhere")
    found.treasurer = people.employee("Treasurer", roles=["manager"])
    found.admin = people.actor(people.employee("Admin", roles=["administrator"]))
    for each in (found.ann, found.boss):
        agree(each)
    attendance.group(found.ann, week=attendance.office())
    terms = Terms(grant=Granting.NONE, basis=Basis.CALENDAR)
    found.kind = leave_type(found.admin, "事假", now=NOW, terms=terms)
    found.phone = Phone(found.ann)
    return found


def draw(firm, subject, fact=None, limit=3):
    """The head of the department applied for, above a limit the treasurer too."""
    steps = [Approve(id="head", name="Head", approvers=Head())]
    if fact:
        over = Branch(
            id="over", name="Over", when=[[Comparison(fact=fact, is_="gt", value=limit)]],
            steps=[Approve(id="sign", name="Countersign", approvers=People(ids=[firm.treasurer.pk]))],
        )  # fmt: skip
        steps.append(Condition(id="long", name="Long", branches=[over, Branch(id="else", name="Else")]))
    made = designing.create_flow(firm.admin, subject=subject, name="F", now=NOW)
    assert designing.save_draft(firm.admin, flow_id=made.pk, body=as_stored(Flow(steps=steps)), now=NOW) == []
    designing.publish_flow(firm.admin, flow_id=made.pk, now=NOW)
    return made


def names(way):
    return [each["people"] for each in way]


def asked_of(target_id):
    rows = Task.objects.filter(instance__target_id=target_id, state=Task.State.PENDING)
    return sorted(rows.values_list("assignee__name", flat=True))


def span(days):
    return [{"first": MONDAY.isoformat(), "last": (MONDAY + timedelta(days=days - 1)).isoformat()}]


def wish(firm, days, **more):
    return {"leave_type_id": str(firm.kind.pk), "segments": span(days), **more}


def ask_leave(firm, days, **more):
    sent = operation("leave.request", {"leave_id": str(uuid7()), **wish(firm, days, **more)})
    return push(people.actor(firm.ann, client="phone"), sent, now=NOW)[sent["id"]]


# --- Leave ---


def test_the_phone_tells_who_decides_before_leave_is_handed_in_and_is_right(firm):
    draw(firm, REQUEST, "days")
    short, long = (firm.phone.post("/leave/preview", wish(firm, days)).json()["way"] for days in (2, 5))
    assert names(short) == [["HeadSales"]]
    assert names(long) == [["HeadSales"], ["Treasurer"]]
    assert [each["name"] for each in long] == ["Head", "Countersign"]
    assert not LeaveRequest.objects.exists()
    assert not Instance.objects.exists()
    assert ask_leave(firm, 5).state == "accepted"
    row = LeaveRequest.objects.get()
    assert asked_of(row.pk) == ["HeadSales"]
    head = Task.objects.get(instance__target_id=row.pk, state=Task.State.PENDING)
    deciding.approve(people.actor(head.assignee), task_id=head.pk, now=NOW)
    assert asked_of(row.pk) == ["Treasurer"]


def test_without_a_flow_the_preview_names_the_leader_and_keeps_nothing(firm):
    told = firm.phone.post("/leave/preview", wish(firm, 1)).json()["way"]
    assert ([each["name"] for each in told], names(told)) == (["Direct leader"], [["Boss"]])
    assert not FlowVersion.objects.exists()


def test_what_came_back_is_told_the_way_of_the_version_it_keeps(firm):
    flow = draw(firm, REQUEST, "days")
    ask_leave(firm, 2)
    row = LeaveRequest.objects.get()
    head = Task.objects.get(instance__target_id=row.pk, state=Task.State.PENDING)
    deciding.send_back(people.actor(head.assignee), task_id=head.pk, comment="Longer", now=NOW)
    only_boss = Flow(steps=[Approve(id="leader", name="Leader", approvers=Leader())])
    designing.save_draft(firm.admin, flow_id=flow.pk, body=as_stored(only_boss), now=NOW)
    designing.publish_flow(firm.admin, flow_id=flow.pk, now=NOW)
    again = firm.phone.post("/leave/preview", wish(firm, 5, leave_id=str(row.pk))).json()["way"]
    assert names(again) == [["HeadSales"], ["Treasurer"]]
    later = (MONDAY + timedelta(days=9)).isoformat()
    new = {**wish(firm, 1), "segments": [{"first": later, "last": later}]}
    assert names(firm.phone.post("/leave/preview", new).json()["way"]) == [["Boss"]]


def form_of(firm, days, **more):
    last = MONDAY + timedelta(days=days - 1)
    return {"type": firm.kind.pk, "first": MONDAY, "last": last, "begins": "full", "ends": "full", **more}


def test_the_console_shows_length_and_way_beside_the_form(firm):
    draw(firm, REQUEST, "days")
    desk = people.browser(firm.ann)
    assert "/leave/ahead/" in desk.get("/leave/requests/new/").text
    long = desk.post("/leave/ahead/", form_of(firm, 5)).text
    assert all(words in long for words in ("5 days", "HeadSales", "Treasurer", "Countersign"))
    assert "Treasurer" not in desk.post("/leave/ahead/", form_of(firm, 2)).text
    assert "Say from when to when" in desk.post("/leave/ahead/", {"type": firm.kind.pk}).text
    backwards = desk.post("/leave/ahead/", form_of(firm, 0)).text
    assert "ends before it begins" in backwards
    assert not LeaveRequest.objects.exists()
    auditor = people.employee("Auditor", roles=["auditor"])
    assert people.browser(auditor).post("/leave/ahead/", form_of(firm, 1)).status_code == 403


# --- For which department ---


def test_who_is_in_several_departments_chooses_one_and_its_head_decides(firm):
    draw(firm, REQUEST)
    service = str(firm.service.pk)
    told = firm.phone.post("/leave/preview", wish(firm, 1, department_id=service)).json()["way"]
    assert names(told) == [["HeadService"]]
    assert ask_leave(firm, 1, department_id=service).state == "accepted"
    row = LeaveRequest.objects.get()
    assert asked_of(row.pk) == ["HeadService"]
    assert Instance.objects.get().department == firm.service


def test_a_department_one_is_not_in_is_refused_and_nothing_is_handed_in(firm):
    draw(firm, REQUEST)
    elsewhere = str(firm.other.pk)
    refused = ask_leave(firm, 1, department_id=elsewhere)
    assert (refused.state, refused.code) == ("rejected", "not_your_department")
    assert not LeaveRequest.objects.exists()
    told = firm.phone.post("/leave/preview", wish(firm, 1, department_id=elsewhere))
    assert (told.status_code, told.json()["code"]) == (422, "not_your_department")


def test_only_who_is_in_several_departments_is_asked(firm):
    desk = people.browser(firm.ann)
    assert 'name="department"' in desk.get("/leave/requests/new/").text
    desk.post("/leave/requests/new/", form_of(firm, 1, department=firm.service.pk))
    assert Instance.objects.get().department == firm.service
    assert [each["name"] for each in me(firm.ann)["departments"]] == ["Sales", "Service"]
    Membership.objects.filter(employee=firm.ann, department=firm.service).update(ends_on=NOW.date())
    assert 'name="department"' not in desk.get("/leave/requests/new/").text
    assert me(firm.ann)["departments"] == []


def me(person):
    found = pull(people.actor(person, client="phone", device_id=uuid7()), "", now=clock.now())
    [row] = found["collections"]["me"]["upserts"]
    return row


# --- Attendance ---


def overtime(hours, **more):
    at = NOW.replace(microsecond=0) - timedelta(days=1)
    return {"starts_at": at.isoformat(), "ends_at": (at + timedelta(hours=hours)).isoformat(), **more}


def test_corrections_and_overtime_tell_their_way_before_they_are_asked_for(firm):
    draw(firm, TIME, "hours")
    draw(firm, CORRECTION)
    address = "/attendance/requests/way"
    short, long = (
        firm.phone.post(address, {"kind": "overtime", **overtime(h)}).json()["way"] for h in (2, 5)
    )
    assert (names(short), names(long)) == ([["HeadSales"]], [["HeadSales"], ["Treasurer"]])
    day = {"kind": "correction", "on": NOW.date().isoformat(), "starts_at": NOW.isoformat()}
    in_service = {**day, "department_id": str(firm.service.pk)}
    assert names(firm.phone.post(address, day).json()["way"]) == [["HeadSales"]]
    assert names(firm.phone.post(address, in_service).json()["way"]) == [["HeadService"]]
    assert not Correction.objects.exists()
    assert not TimeRequest.objects.exists()


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"kind": "correction", "starts_at": NOW.isoformat()}, "invalid_payload"),
        ({"kind": "nap", **overtime(1)}, "invalid_payload"),
        ({"kind": "overtime", **overtime(0)}, "invalid_times"),
        ({"kind": "overtime"}, "invalid_request"),
    ],
)
def test_what_is_no_request_is_refused_in_words(firm, asked, code):
    refused = firm.phone.post("/attendance/requests/way", asked)
    assert (refused.status_code in (400, 422), refused.json()["code"]) == (True, code)


def test_overtime_goes_by_the_chosen_department(firm):
    draw(firm, TIME)
    payload = {"request_id": str(uuid7()), "kind": "overtime", **overtime(2), "reason": "x"}
    chosen = operation("attendance.ask_time", {**payload, "department_id": str(firm.service.pk)})
    other = operation(
        "attendance.ask_time",
        {**payload, "request_id": str(uuid7()), "department_id": str(firm.other.pk)},
    )
    actor = people.actor(firm.ann, client="phone")
    assert push(actor, other, now=NOW)[other["id"]].code == "not_your_department"
    assert push(actor, chosen, now=NOW)[chosen["id"]].state == "accepted"
    assert asked_of(TimeRequest.objects.get().pk) == ["HeadService"]


# --- Forms ---


@pytest.fixture
def purchase(firm):
    questions = form_factories.definition(
        form_factories.field("item", "text", "What", required="true()"),
        form_factories.field("qty", "integer", "Quantity"),
        title="Purchase",
    )
    made = form_factories.form(firm.admin, questions, decided_by=Form.Decider.FLOW)
    draw(firm, code_in(PREFIX, made.pk), "qty")
    return made


JSON = {"content_type": "application/json", "headers": {"accept": "application/json"}}


def test_at_a_desk_the_answers_tell_who_decides_on_them(firm, purchase):
    desk = people.browser(firm.ann)
    address = f"/forms/filling/{purchase.pk}/ahead/"
    few, many = (
        desk.post(address, {"version": 1, "data": {"item": "Shelf", "qty": qty}}, **JSON).json()["way"]
        for qty in (2, 9)
    )
    assert (names(few), names(many)) == ([["HeadSales"]], [["HeadSales"], ["Treasurer"]])
    service = {"version": 1, "data": {"item": "Shelf"}, "department": str(firm.service.pk)}
    assert names(desk.post(address, service, **JSON).json()["way"]) == [["HeadService"]]
    refused = desk.post(address, {"version": 1, "data": {}}, **JSON)
    assert (refused.status_code, refused.json()["code"]) == (422, "answers_refused")
    assert not Submission.objects.exists()
    shown = desk.get(f"/forms/filling/{purchase.pk}/").text
    assert "Service" in shown
    assert address in shown


def test_what_is_changed_at_a_desk_tells_its_way_too_and_is_nobody_elses(firm, purchase):
    made = forms.submit(people.actor(firm.ann), form=purchase, data={"item": "Shelf", "qty": 1}, now=NOW)
    head = Task.objects.get(instance__target_id=made.pk, state=Task.State.PENDING)
    deciding.send_back(people.actor(head.assignee), task_id=head.pk, comment="More", now=NOW)
    address = f"/form-answers/{made.pk}/filling/ahead/"
    body = {"version": 2, "data": {"item": "Shelf", "qty": 9}}
    assert names(people.browser(firm.ann).post(address, body, **JSON).json()["way"]) == [
        ["HeadSales"], ["Treasurer"],
    ]  # fmt: skip
    assert people.browser(firm.boss).post(address, body, **JSON).status_code == 404
    made.refresh_from_db()
    assert made.data["qty"] == 1


def test_a_form_goes_by_the_chosen_department_also_from_the_phone(firm, purchase):
    desk = people.browser(firm.ann)
    body = {"id": str(uuid7()), "version": 1, "data": {"item": "Shelf"}, "department": str(firm.service.pk)}
    assert desk.post(f"/forms/filling/{purchase.pk}/", body, **JSON).status_code == 200
    sent = operation(
        "forms.submit",
        {
            "submission_id": str(uuid7()), "form_id": str(purchase.pk), "version": 1, "data": {"item": "Lamp"},
            "evidence": evidence(manual="x"), "department_id": str(firm.service.pk),
        },
    )  # fmt: skip
    assert push(people.actor(firm.ann, client="phone"), sent, now=NOW)[sent["id"]].state == "accepted"
    assert [asked_of(each.pk) for each in Submission.objects.all()] == [["HeadService"]] * 2


def test_the_phone_knows_which_forms_go_by_a_flow_and_sends_their_version_back(firm, purchase):
    forms.set_form(firm.admin, purchase, now=NOW, editing="always", decided_by="flow", is_open_to_all=True)
    found = pull(people.actor(firm.ann, client="phone", device_id=uuid7()), "", now=clock.now())
    [row] = found["collections"]["forms"]["upserts"]
    assert (row["by_flow"], row["version"]) == (True, 1)
    sent = operation(
        "forms.submit",
        {
            "submission_id": str(uuid7()), "form_id": str(row["id"]), "version": row["version"],
            "data": {"item": "Lamp"}, "evidence": evidence(manual="x"), "department_id": None,
        },
    )  # fmt: skip
    assert push(people.actor(firm.ann, client="phone"), sent, now=NOW)[sent["id"]].state == "accepted"
