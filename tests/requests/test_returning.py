"""What can be returned to its applicant can be changed there and handed in again: every kind of request there is."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from qince.core.people.tests import factories as people
from qince.core.privacy.tests.factories import agree
from qince.employee.attendance import month_actions, request_actions
from qince.employee.attendance.models import MonthReport
from qince.employee.attendance.recompute import recompute
from qince.employee.attendance.tests import factories as attendance
from qince.employee.leave.actions import cancelling, requesting
from qince.employee.leave.reckoning.counting import Segment
from qince.employee.leave.reckoning.terms import Basis, Granting, Terms
from qince.employee.leave.tests.factories import leave_type
from qince.engines.approvals import presenting
from qince.engines.approvals.actions import applying, deciding
from qince.engines.approvals.models import Instance, Task
from qince.engines.approvals.registry import families, subjects
from qince.engines.approvals.tests.test_screens import Phone
from qince.engines.forms import actions as forms
from qince.engines.forms.models import Form
from qince.engines.forms.tests import factories as form_factories
from qince.engines.sync.tests.factories import evidence, operation, push
from qince.kit import clock
from qince.kit.errors import Conflict, Refusal
from qince.kit.ids import uuid7

NOW = attendance.local("2026-03-11 10:00")
MONDAY = date(2026, 3, 9)
ROUTES = Path(__file__).parents[2] / "pwa" / "main.js"


@pytest.fixture
def firm(inside):
    boss = people.employee("Boss", roles=["manager"])
    ann = people.employee("Ann", leader=boss, roles=["rep"])
    admin = people.actor(people.employee("Admin", roles=["administrator"]))
    for each in (boss, ann):
        agree(each)
    attendance.group(ann, week=attendance.office())
    terms = Terms(grant=Granting.NONE, basis=Basis.CALENDAR)
    kind = leave_type(admin, "事假", now=NOW, terms=terms)
    return SimpleNamespace(boss=boss, ann=ann, admin=admin, kind=kind, actor=people.actor(ann))


def stretch(days):
    return [Segment(MONDAY, MONDAY + timedelta(days=days - 1))]


def stretches(days):
    return [{"first": MONDAY.isoformat(), "last": (MONDAY + timedelta(days=days - 1)).isoformat()}]


def leave(firm):
    wish = requesting.Wish(firm.kind.pk, stretch(4))
    return requesting.hand_in(firm.actor, request_id=uuid7(), wish=wish, now=NOW)


def calling_off(firm):
    row = leave(firm)
    deciding.approve(people.actor(firm.boss), task_id=task_of(row.pk).pk, now=NOW)
    return cancelling.call_off(
        firm.actor, cancellation_id=uuid7(), request_id=row.pk, kept=stretch(3), now=NOW
    )


def correction(firm):
    at = attendance.local("2026-03-09 18:05")
    return request_actions.ask_correction(firm.actor, now=NOW, on=MONDAY, end="off", at=at, reason="忘记打卡")


def overtime(firm):
    span = {
        "starts_at": attendance.local("2026-03-09 19:00"),
        "ends_at": attendance.local("2026-03-09 21:00"),
    }
    return request_actions.ask_time(firm.actor, now=NOW, kind="overtime", reason="盘点", **span)


def form(firm):
    questions = form_factories.definition(form_factories.field("item", "text", "What"), title="Purchase")
    made = form_factories.form(firm.admin, questions, decided_by=Form.Decider.FLOW)
    return forms.submit(firm.actor, form=made, data={"item": "Shelf"}, now=clock.now())


@dataclass(frozen=True)
class Kind:
    """How one is asked for, and what the phone and the console's page send to change it."""

    ask: object
    operation: str
    payload: object
    posted: object
    changed: object  # what of the row the change must have altered


def at_seven(row):
    return attendance.local("2026-03-09 19:10")


KINDS = {
    "leave.request": Kind(
        leave, "leave.change",
        lambda row: {"leave_id": str(row.pk), "leave_type_id": str(row.type_id), "segments": stretches(2)},
        lambda row: {"type": row.type_id, "first": MONDAY, "last": MONDAY, "begins": "full", "ends": "full"},
        lambda row: row.qty,
    ),
    "leave.cancellation": Kind(
        calling_off, "leave.change_call_off",
        lambda row: {"call_off_id": str(row.pk), "kept": stretches(1), "reason": "Back"},
        lambda row: {"last": MONDAY + timedelta(days=1), "ends": "full", "reason": "Early"},
        lambda row: row.qty,
    ),
    "attendance.correction": Kind(
        correction, "attendance.change_correction",
        lambda row: {
            "correction_id": str(row.pk), "end": "off", "at": at_seven(row).isoformat(), "reason": "Camera",
        },
        lambda row: {"end": "off", "at": "2026-03-09T18:20", "reason": "Seen"},
        lambda row: row.at,
    ),
    "attendance.time": Kind(
        overtime, "attendance.change_time",
        lambda row: {
            "request_id": str(row.pk), "starts_at": row.starts_at.isoformat(),
            "ends_at": (row.ends_at + timedelta(hours=1)).isoformat(), "reason": "Longer",
        },
        lambda row: {"starts_at": "2026-03-09T19:30", "ends_at": "2026-03-09T21:00", "reason": "Later"},
        lambda row: (row.starts_at, row.ends_at),
    ),
    "forms.form": Kind(
        form, "forms.edit_submission",
        lambda row: {
            "submission_id": str(row.pk), "version": row.version, "data": {"item": "Lamp"},
            "evidence": evidence(manual="x"),
        },
        None,
        lambda row: row.data,
    ),
}  # fmt: skip


def task_of(target_id):
    return Task.objects.select_related("instance").get(
        instance__target_id=target_id, state=Task.State.PENDING
    )


def instance_of(row):
    return Instance.objects.filter(target_id=row.pk).latest("submitted_at")


def returned(firm, row):
    deciding.send_back(people.actor(firm.boss), task_id=task_of(row.pk).pk, comment="Which?", now=NOW)
    row.refresh_from_db()
    return instance_of(row)


def test_every_kind_of_request_is_tried_here():
    """An exchange of shifts holds the word of two people: it is decided or asked for anew, never changed."""
    never = {code for code, each in subjects.items() if not each.is_changeable}
    assert never == {"attendance.swap"}
    assert {*subjects, *families} - never == set(KINDS)


def has_route(path):
    """Whether the phone's app has a page at this address."""
    shapes = re.findall(r'^  \["(/[^"]*)"', ROUTES.read_text(), re.MULTILINE)
    return any(re.fullmatch(re.sub(r":\w+", "[^/]+", shape), path) for shape in shapes)


@pytest.mark.parametrize("name", KINDS)
def test_what_comes_back_is_changed_on_the_phone_and_goes_another_round(firm, name):
    kind = KINDS[name]
    row = kind.ask(firm)
    made, before = returned(firm, row), kind.changed(row)
    assert (made.status, row_state(row)) == ("returned", "returned")
    path = presenting.phone_page(firm.actor, made)
    assert path.startswith("/")
    assert has_route(path)
    assert presenting.phone_page(people.actor(firm.boss), made) == ""
    sent = operation(kind.operation, kind.payload(row))
    result = push(people.actor(firm.ann, client="phone"), sent, now=NOW)[sent["id"]]
    assert result.state == "accepted", result
    row.refresh_from_db()
    made.refresh_from_db()
    assert (made.status, made.round, row_state(row) != "returned") == ("running", 2, True)
    assert kind.changed(row) != before
    again = operation(kind.operation, kind.payload(row))
    refused = push(people.actor(firm.ann, client="phone"), again, now=NOW)[again["id"]]
    assert refused.state in (
        "rejected",
        "conflict",
    )  # it is under way: nothing is changed under the deciders' eyes
    deciding.approve(people.actor(firm.boss), task_id=task_of(row.pk).pk, now=NOW)
    row.refresh_from_db()
    assert row_state(row) in ("approved", "accepted")


def row_state(row):
    return getattr(row, "state", None) or row.status


@pytest.mark.parametrize("name", KINDS)
def test_what_comes_back_is_changed_at_a_desk(firm, name):
    kind = KINDS[name]
    row = kind.ask(firm)
    made = returned(firm, row)
    desk, before = people.browser(firm.ann), kind.changed(row)
    shown = desk.get(f"/approvals/requests/{made.pk}/")
    page = presenting.edit_page(firm.actor, made)
    assert f'href="{page}"' in shown.text
    assert desk.get(page).status_code == 200
    with clock.at(NOW):
        if kind.posted:
            desk.post(page, {**kind.posted(row), "confirmed": "1"})
        else:
            body = {"version": row.version, "data": {"item": "Desk"}}
            desk.post(page, body, content_type="application/json")
    row.refresh_from_db()
    made.refresh_from_db()
    assert (made.status, made.round) == ("running", 2)
    assert kind.changed(row) != before
    assert presenting.edit_page(firm.actor, made) == ""


@pytest.mark.parametrize("name", KINDS)
def test_nobody_else_changes_what_came_back(firm, name):
    kind = KINDS[name]
    row = kind.ask(firm)
    returned(firm, row)
    sent = operation(kind.operation, kind.payload(row))
    result = push(people.actor(firm.boss, client="phone"), sent, now=NOW)[sent["id"]]
    assert (result.state, result.code) == ("rejected", "not_found")


# A form's submission has tests of its own, beside the reports and events.
VERSIONED = sorted(set(KINDS) - {"forms.form"})


@pytest.mark.parametrize("name", VERSIONED)
def test_an_edit_of_an_old_version_changes_nothing_and_brings_what_is_there_now(firm, name):
    """Handed in again elsewhere meanwhile, perhaps returned once more: the later arrival does not win by being late."""
    kind = KINDS[name]
    row = kind.ask(firm)
    returned(firm, row)

    def changed(base):
        sent = operation(kind.operation, kind.payload(row), base=base)
        return push(people.actor(firm.ann, client="phone"), sent, now=NOW)[sent["id"]]

    first = changed(1)
    assert (first.state, first.result["version"]) == ("accepted", 2)
    row.refresh_from_db()
    before = kind.changed(row)
    assert changed(1).code == "changed_meanwhile"  # also while it is under way
    returned(firm, row)
    late = changed(1)
    assert (late.state, late.code, late.result["version"]) == ("conflict", "changed_meanwhile", 2)
    there = late.result["current"]
    held = there["call_off"] if name == "leave.cancellation" else there
    assert (held["revision"], held["state"]) == (2, "returned")
    row.refresh_from_db()
    assert (kind.changed(row), row_state(row)) == (before, "returned")
    assert changed(2).state == "accepted"
    row.refresh_from_db()
    assert row.revision == 3


@pytest.mark.parametrize("name", VERSIONED)
def test_nobody_learns_of_anothers_record_by_a_version(firm, name):
    kind = KINDS[name]
    row = kind.ask(firm)
    returned(firm, row)
    sent = operation(kind.operation, kind.payload(row), base=7)
    result = push(people.actor(firm.boss, client="phone"), sent, now=NOW)[sent["id"]]
    assert (result.state, result.code, result.result) == ("rejected", "not_found", {})


def test_a_returned_correction_keeps_its_place_in_the_months_number_and_is_asked_for_once(firm):
    row = correction(firm)
    returned(firm, row)
    row.refresh_from_db()
    assert (row.state, row.answer) == ("returned", "Which?")
    with pytest.raises(Refusal):
        correction(firm)
    assert request_actions.withdraw(firm.actor, row, now=NOW).state == "withdrawn"
    assert correction(firm).state == "pending"


def test_asking_for_an_undoing_is_not_returned_to_its_applicant_since_nothing_in_it_can_be_changed(firm):
    row = leave(firm)
    deciding.approve(people.actor(firm.boss), task_id=task_of(row.pk).pk, now=NOW)
    applying.revoke(firm.actor, instance_id=instance_of(row).pk, comment="Not needed", now=clock.now())
    task = task_of(row.pk)
    phone = Phone(firm.boss)
    told = phone.get(f"/approvals/{task.instance_id}").json()
    assert (told["back_to"], "return" in told["may"]) == ([], False)
    refused = phone.post(f"/approvals/tasks/{task.pk}/return", {"comment": "Which?"})
    assert (refused.status_code, refused.json()["code"]) == (422, "nothing_to_change")
    assert (
        "acts/return/" not in people.browser(firm.boss).get(f"/approvals/requests/{task.instance_id}/").text
    )


def test_a_kind_without_a_page_to_change_it_on_is_not_returned_to_its_applicant(firm, monkeypatch):
    from dataclasses import replace

    monkeypatch.setitem(subjects, "attendance.time", replace(subjects["attendance.time"], phone_page=None))
    task = task_of(overtime(firm).pk)
    with pytest.raises(Refusal, match="nothing_to_change"):
        deciding.send_back(people.actor(firm.boss), task_id=task.pk, comment="Which?", now=NOW)
    assert "return" not in presenting.allowed(people.actor(firm.boss), task, NOW)


# --- After a month is locked ---


@pytest.fixture
def locked(firm):
    """Locks Ann's March."""

    def lock():
        recompute([firm.ann.pk], MONDAY, MONDAY, now=NOW)
        month_actions.put_together(firm.admin, now=NOW, month=MONDAY)
        report = MonthReport.objects.get(employee=firm.ann)
        month_actions.lock_month(firm.admin, report, now=NOW)
        return report

    return lock


@pytest.mark.parametrize("ask", [correction, overtime])
def test_after_the_lock_a_correction_is_refused_at_the_decision_and_not_as_an_effect(firm, locked, ask):
    row = ask(firm)
    locked()
    boss, task = people.actor(firm.boss), task_of(row.pk)
    with pytest.raises(Conflict, match="month_locked"):
        deciding.approve(boss, task_id=task.pk, now=NOW)
    refused = Phone(firm.boss).post(f"/approvals/tasks/{task.pk}/approve", {})
    assert (refused.status_code, refused.json()["code"]) == (409, "month_locked")
    assert "locked" in refused.json()["message"]
    made = instance_of(row)
    assert (made.status, made.effect_state) == ("running", "none")
    deciding.reject(boss, task_id=task.pk, comment="Locked", now=NOW)  # what can still be done
    row.refresh_from_db()
    assert row.state == "rejected"


@pytest.mark.parametrize("ask", [correction, overtime])
def test_after_the_lock_nothing_approved_is_undone(firm, locked, ask):
    row = ask(firm)
    deciding.approve(people.actor(firm.boss), task_id=task_of(row.pk).pk, now=NOW)
    asked = applying.revoke(
        firm.actor, instance_id=instance_of(row).pk, comment="Not needed", now=clock.now()
    )
    locked()
    with pytest.raises(Conflict, match="month_locked"):
        deciding.approve(people.actor(firm.boss), task_id=task_of(row.pk).pk, now=NOW)
    applying.withdraw(firm.actor, instance_id=asked.pk, now=NOW)
    with pytest.raises(Conflict, match="month_locked"):
        applying.revoke(firm.actor, instance_id=asked.revokes_id, comment="Not needed", now=NOW)
    row.refresh_from_db()
    assert row.state == "approved"
