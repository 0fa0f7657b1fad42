"""Every operation takes effect once, whatever order, repetition or collision it arrives in."""

import msgspec
import pytest

from qince.core.people.tests import factories as people
from qince.employee.attendance.models import Punch
from qince.engines.sync.actions import take_in
from qince.engines.sync.models import Operation
from qince.engines.sync.protocol import Push
from qince.engines.sync.tests.factories import operation, punch, push
from qince.kit import clock
from qince.sales.visits.models import CheckEvent, StepRecord, Visit
from qince.sales.visits.tests import factories as field


@pytest.fixture
def rep(inside):
    return people.actor(field.rep(), client="phone")


def test_a_repeat_gets_the_earlier_answer_and_changes_nothing(rep):
    sent = punch()
    first, second = (push(rep, sent)[sent["id"]] for _ in range(2))
    assert (first.state, second.state, second.repeat) == ("accepted", "accepted", True)
    assert second.result == first.result
    assert Punch.objects.count() == 1


def test_the_same_id_with_another_content_is_a_conflict_and_overwrites_nothing(rep):
    sent = punch()
    push(rep, sent)
    other = {**punch(kind="out"), "id": sent["id"]}
    assert push(rep, other)[sent["id"]].code == "id_reused"
    assert Punch.objects.get().kind == "in"


def test_the_same_id_twice_in_one_push_with_other_content_is_a_conflict(rep):
    sent = punch()
    other = {**punch(kind="out"), "id": sent["id"]}
    body = msgspec.json.encode({"operations": [sent, other, sent]})
    results = take_in(rep, msgspec.json.decode(body, type=Push), now=clock.now())
    assert [result.state for result in results] == ["accepted", "conflict", "accepted"]
    assert Punch.objects.get().kind == "in"


def test_another_persons_operation_id_is_a_conflict(rep, inside):
    sent = punch()
    push(rep, sent)
    stranger = people.actor(field.rep("李强"), client="phone")
    assert push(stranger, sent)[sent["id"]].code == "id_reused"


def test_a_damaged_payload_is_rejected_and_not_stored(rep):
    sent = {**punch(), "hash": "0" * 64}
    assert push(rep, sent)[sent["id"]].code == "hash_mismatch"
    assert Punch.objects.count() == 0


def test_operations_wait_for_their_predecessors_even_in_another_push(rep, inside):
    store = field.store(inside_employee(rep))
    arrive = field.check_in(store)
    visit = arrive["payload"]["visit_id"]
    leave = field.check_out(visit, after=[arrive["id"]])
    assert push(rep, leave)[leave["id"]].state == "waiting"
    assert Visit.objects.count() == 0
    push(rep, arrive)
    assert Visit.objects.get().state == Visit.State.COMPLETED
    assert push(rep, leave)[leave["id"]].repeat


def test_a_push_in_reverse_order_is_put_right(rep):
    store = field.store(inside_employee(rep))
    template = field.template()
    arrive = field.check_in(store, template=template)
    visit = arrive["payload"]["visit_id"]
    shelf = field.record_step(visit, "shelf", photos=["a" * 64], after=[arrive["id"]])
    checks = field.record_step(visit, "list", {"price": "pass", "stock": "na"}, after=[arrive["id"]])
    leave = field.check_out(visit, after=[shelf["id"], checks["id"]])
    answers = push(rep, leave, checks, shelf, arrive)
    assert {result.state for result in answers.values()} == {"accepted"}
    assert (CheckEvent.objects.count(), StepRecord.objects.count()) == (2, 2)


def test_what_follows_a_rejected_operation_is_rejected_with_the_reason(rep):
    missing = field.check_in(field.store())  # assigned to nobody
    leave = field.check_out(missing["payload"]["visit_id"], after=[missing["id"]])
    answers = push(rep, leave, missing)
    assert answers[missing["id"]].code == "not_found"
    assert answers[leave["id"]].code == "predecessor_rejected"


def test_a_rejected_operation_may_be_sent_again_when_its_cause_is_gone(rep):
    store = field.store()
    sent = field.check_in(store)
    assert push(rep, sent)[sent["id"]].state == "rejected"
    field.Assignment.objects.create(customer=store, employee=inside_employee(rep), starts_on="2026-01-01")
    assert push(rep, sent)[sent["id"]].state == "accepted"


def test_one_bad_operation_harms_no_other(rep):
    good, bad = punch(), punch()
    bad["payload"]["kind"] = "sideways"
    bad = operation("attendance.punch", bad["payload"])
    unknown = operation("dance", {})
    states = {key: result.state for key, result in push(rep, bad, good, unknown).items()}
    assert states == {bad["id"]: "rejected", good["id"]: "accepted", unknown["id"]: "rejected"}


def test_two_operations_about_the_same_record_make_one_record(rep):
    sent = punch()
    twin = operation("attendance.punch", sent["payload"])
    states = sorted(result.state for result in push(rep, sent, twin).values())
    assert states == ["accepted", "rejected"]
    assert Punch.objects.count() == 1


def test_a_character_no_database_can_hold_is_refused(rep):
    sent = punch()
    sent["payload"]["note"] = "a\x00b"
    sent = operation("attendance.punch", sent["payload"])
    assert push(rep, sent)[sent["id"]].code == "invalid_payload"


def test_without_location_consent_a_position_is_refused_and_a_manual_place_taken(inside):
    person = field.rep(location=False)
    actor = people.actor(person, client="phone")
    with_position, manual = punch(), punch(manual="公司楼下")
    answers = push(actor, with_position, manual)
    assert answers[with_position["id"]].code == "consent_required"
    assert answers[manual["id"]].result["verdict"] == "manual"
    assert Punch.objects.get().lat is None


def test_the_body_is_kept_only_while_the_operation_waits(rep):
    sent = punch()
    push(rep, sent)
    assert Operation.objects.get().body is None


def inside_employee(actor):
    from qince.core.people.models import Employee

    return Employee.objects.get(pk=actor.employee_id)
