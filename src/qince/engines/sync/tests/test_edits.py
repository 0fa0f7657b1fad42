"""A phone's branch: edits that build on one another, and an edit from elsewhere that comes between them."""

import pytest

from qince.core.people.tests import factories as people
from qince.core.privacy.tests.factories import agree
from qince.employee.calendar.models import Event
from qince.engines.sync.models import Operation
from qince.engines.sync.tests.factories import operation, push
from qince.kit.ids import uuid7


@pytest.fixture
def rep(inside):
    found = people.employee("王芳", roles=["rep"])
    agree(found)
    return people.actor(found, client="phone")


def event(title="周会", key=None, **more):
    return {
        "event_id": str(key or uuid7()), "title": title, "zone": "Asia/Shanghai", "starts": "2026-03-09T09:00:00",
        "ends": "2026-03-09T10:00:00", **more,
    }  # fmt: skip


def entered(rep):
    made = operation("calendar.create", event())
    push(rep, made)
    return made["payload"]["event_id"]


def change(key, title, **more):
    return operation("calendar.change", event(title, key), **more)


def title():
    return Event.objects.get().title


def test_edits_made_one_after_the_other_without_signal_arrive_together(rep):
    made = operation("calendar.create", event("一"))
    key = made["payload"]["event_id"]
    second = change(key, "二", after=[made["id"]])
    third = change(key, "三", after=[made["id"], second["id"]])
    answers = push(rep, made, second, third)
    assert [answers[each["id"]].result["version"] for each in (made, second, third)] == [1, 2, 3]
    assert title() == "三"


def test_an_edit_is_made_on_what_its_branch_made_though_the_phone_saw_an_older_version(rep):
    key = entered(rep)
    first = change(key, "一", base=1)
    second = change(key, "二", base=1, after=[first["id"]])
    assert [each.state for each in push(rep, first, second).values()] == ["accepted", "accepted"]
    assert title() == "二"


def test_an_edit_of_another_phone_between_two_of_a_branch_is_not_overwritten(rep):
    key = entered(rep)
    first = change(key, "一", base=1)
    push(rep, first)
    push(rep, change(key, "别处", base=2))
    second = change(key, "二", after=[first["id"]])
    found = push(rep, second)[second["id"]]
    assert (found.state, found.code, found.result["version"]) == ("conflict", "changed_meanwhile", 3)
    assert title() == "别处"


def test_what_builds_on_an_edit_that_came_too_late_waits_for_it(rep):
    key = entered(rep)
    push(rep, change(key, "别处", base=1))
    late = change(key, "一", base=1)
    after = change(key, "二", base=1, after=[late["id"]])
    answers = push(rep, late, after)
    assert [answers[each["id"]].code for each in (late, after)] == [
        "changed_meanwhile",
        "predecessor_rejected",
    ]
    answers = push(
        rep, {**late, "base_version": 2}, after
    )  # sent all the same: the person has seen what is there
    assert {each.state for each in answers.values()} == {"accepted"}
    assert title() == "二"


def test_a_predecessor_that_edited_another_record_says_nothing_of_this_one(rep):
    key, other = entered(rep), entered(rep)
    push(rep, change(key, "别处", base=1))
    elsewhere = change(other, "一", base=1)
    late = change(key, "二", base=1, after=[elsewhere["id"]])
    answers = push(rep, elsewhere, late)
    assert [answers[each["id"]].state for each in (elsewhere, late)] == ["accepted", "conflict"]


def test_the_branch_is_kept_beside_the_operation_and_what_is_there_now_is_not(rep):
    key = entered(rep)
    first, late = change(key, "一", base=1), change(key, "二", base=1)
    push(rep, first)
    push(rep, late)
    rows = Operation.objects.filter(type="calendar.change").order_by("id")
    assert [(str(row.record_id), row.base_version, row.version, row.state) for row in rows] == [
        (key, 1, 2, "accepted"),
        (key, 1, None, "rejected"),
    ]
    assert rows[1].result == {"version": 2}


def test_a_repeat_of_a_stale_edit_is_stale_again(rep):
    key = entered(rep)
    push(rep, change(key, "别处", base=1))
    late = change(key, "二", base=1)
    assert [push(rep, late)[late["id"]].code for _ in range(2)] == ["changed_meanwhile"] * 2
