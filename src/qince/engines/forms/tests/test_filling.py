"""Filling in: what is checked, where answers lie, which consents are asked, what happens to them afterwards."""

from datetime import timedelta

import pytest
from django.db import connection

from qince.core.files.actions import receive_chunk
from qince.core.people.tests import factories as people
from qince.core.privacy.gate import ConsentRequired
from qince.core.privacy.tests.factories import agree, decide
from qince.engines.forms import actions, queries
from qince.engines.forms.actions.designing import NotPublishable
from qince.engines.forms.actions.submitting import AnswersRefused, Origin
from qince.engines.forms.models import Form, Submission, SubmissionEdit, SubmissionFile
from qince.engines.forms.tests import factories as forms
from qince.kit import clock
from qince.kit.errors import Conflict, Forbidden, NotFound, Refusal
from qince.kit.ids import uuid7
from tests.access.planting import picture

NOW = clock.now()
DATA = {"store": "A1", "facings": 3, "price": "2.50"}


@pytest.fixture
def team(inside):
    """A manager, a rep of the line who agreed to sensitive answers, and another rep who did not."""
    manager = people.employee("李经理", roles=["manager"])
    rep = people.employee("王芳", leader=manager, roles=["rep"])
    other = people.employee("赵强", roles=["rep"])
    agree(rep, "form_sensitive", "location:at_the_act")
    agree(other)
    return people.actor(manager), people.actor(rep), people.actor(other)


def submit(actor, form, data=DATA, **origin):
    return actions.submit(actor, form=form, data=data, now=NOW, origin=Origin(**origin))


def test_what_was_filled_in_is_checked_and_reckoned_anew(team):
    _manager, rep, _other = team
    made = submit(rep, forms.form(), {**DATA, "allergy": "nuts", "value": "999"})
    assert made.data == {"store": "A1", "facings": 3, "price": "2.5", "value": "7.5", "allergy": "nuts"}
    assert queries.facts_of(made)["value"] == "7.5"


def test_what_does_not_fit_is_told_by_place_and_nothing_is_kept(team, in_english):
    _manager, rep, _other = team
    form = forms.form()
    with pytest.raises(AnswersRefused) as refused:
        submit(rep, form, {"facings": -1, "allergy": "nuts", "extra": 1, "lines": [{"_id": "a", "qty": "x"}]})
    assert refused.value.as_dict()["fields"] == {
        "store": "An answer is needed.",
        "facings": "Not below nought",
        "extra": "The form has no such field.",
        "lines.0.qty": "Enter a whole number.",
    }
    assert not Submission.objects.exists()


@pytest.mark.parametrize(
    "data", [None, [], "x", {"lines": "x"}, {"lines": [1]}, {"facings": 1e300}, {"price": 0.1}, {"store": {"a": 1}},
             {"shelf": [{"sha256": "x"}]}, {"place": {"lat": 91, "lng": 0}}, {"store": "\ud800"}, {"store": "x" * 5000}]
)  # fmt: skip
def test_bad_input_is_refused_in_words(team, data):
    _manager, rep, _other = team
    with pytest.raises(AnswersRefused) as refused:
        submit(rep, forms.form(), data)
    assert all(
        each["message"] and each["message"] != each["code"] for each in refused.value.details["problems"]
    )


def test_answers_lie_where_their_field_says(team):
    _manager, rep, _other = team
    rows = [{"_id": "a", "sku": "S1", "qty": 2, "said": "fine", "secret": "hush"}]
    data = {**DATA, "clerk": "Xu", "allergy": "peanuts", "lines": rows}
    made = submit(rep, forms.form(), data)
    made = Submission.objects.select_related("form_version").get(pk=made.pk)
    assert made.facts == {
        **DATA,
        "price": "2.5",
        "value": "7.5",
        "lines": [{"_id": "a", "sku": "S1", "qty": 2}],
    }
    assert made.answers == {"clerk": "Xu", "lines": [{"_id": "a", "said": "fine"}]}
    assert made.sealed == {"allergy": "peanuts", "lines": [{"_id": "a", "secret": "hush"}]}
    assert made.data["lines"] == rows
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(s)::text FROM forms_submission s WHERE id = %s", [made.pk])
        stored = cursor.fetchone()[0]
    assert "peanuts" not in stored
    assert "hush" not in stored


def test_a_sensitive_answer_needs_its_own_consent_and_may_be_left_out_without(team):
    _manager, _rep, other = team
    form = forms.form()
    with pytest.raises(ConsentRequired) as refused:
        submit(other, form, {**DATA, "allergy": "nuts"})
    assert refused.value.purpose == "form_sensitive"
    assert submit(other, form).data["store"] == "A1"  # required, but not for whoever did not agree


def test_after_a_withdrawal_nothing_sensitive_is_taken_any_more(team, inside):
    _manager, rep, _other = team
    form = forms.form()
    submit(rep, form, {**DATA, "allergy": "nuts"})
    employee = people.Employee.objects.get(pk=rep.employee_id)
    decide(employee, "form_sensitive", "withdrawn")
    with pytest.raises(ConsentRequired):
        submit(rep, form, {**DATA, "allergy": "nuts"})


def test_without_the_position_the_place_is_said_in_words(team):
    _manager, _rep, other = team
    form = forms.form()
    with pytest.raises(ConsentRequired) as refused:
        submit(other, form, {**DATA, "place": {"lat": 32.0, "lng": 118.0}})
    assert refused.value.purpose == "location"
    assert submit(other, form, {**DATA, "place": {"text": "at the gate"}}).data["place"] == {
        "text": "at the gate"
    }


def test_the_same_id_twice_is_one_submission(team):
    _manager, rep, other = team
    form, key = forms.form(), uuid7()
    first = submit(rep, form, {**DATA, "allergy": "x"}, id=key)
    assert submit(rep, form, {**DATA, "store": "changed"}, id=key) == first
    with pytest.raises(Conflict, match="id_taken"):
        submit(other, form, DATA, id=key)
    assert Submission.objects.count() == 1


def test_a_draft_on_an_old_version_finishes_on_it(team):
    _manager, rep, _other = team
    designer = forms.administrator()
    form = forms.form(designer)
    forms.revise(designer, form, forms.definition(forms.field("remark", "text", required="true()")))
    old = actions.submit(rep, form=form, data={**DATA, "allergy": "x"}, now=NOW, version=1)
    assert old.form_version.number == 1
    with pytest.raises(AnswersRefused):
        actions.submit(rep, form=form, data=DATA, now=NOW)
    with pytest.raises(NotFound):
        actions.submit(rep, form=form, data=DATA, now=NOW, version=9)


def test_a_closed_form_takes_nothing(team):
    _manager, rep, _other = team
    designer = forms.administrator()
    form = forms.form(designer)
    actions.close_form(designer, form, now=NOW)
    form.refresh_from_db()
    with pytest.raises(Refusal, match="form_closed"):
        submit(rep, form)


def test_a_file_is_tied_whether_it_comes_before_or_after(team, data_folder):
    import hashlib

    _manager, rep, _other = team
    form, content = forms.form(), picture("shelf")
    sha256 = hashlib.sha256(content).hexdigest()
    shelf = [{"sha256": sha256, "size": len(content)}]
    made = submit(rep, form, {**DATA, "allergy": "x", "shelf": shelf})
    assert SubmissionFile.objects.get(submission=made).blob is None
    blob = receive_chunk(rep, sha256=sha256, offset=0, size=len(content), chunk=content, is_evidence=True)
    assert SubmissionFile.objects.get(submission=made).blob == blob
    again = submit(rep, form, {**DATA, "allergy": "x", "shelf": shelf})
    assert SubmissionFile.objects.get(submission=again).blob == blob


def test_whose_answers_one_sees(team):
    manager, rep, other = team
    form = forms.form()
    seen, hidden = submit(rep, form, {**DATA, "allergy": "x"}), submit(other, form)
    assert list(queries.submissions_visible_to(manager)) == [seen]
    assert list(queries.submissions_visible_to(rep)) == [seen]
    with pytest.raises(NotFound):
        queries.get_submission(manager, hidden.pk)


def test_returned_changed_and_accepted(team):
    manager, rep, _other = team
    made = submit(rep, forms.form(decided_by="reviewer"), {**DATA, "allergy": "x"})
    with pytest.raises(Refusal, match="invalid"):
        actions.review_submission(manager, made, now=NOW, status="returned")
    actions.review_submission(manager, made, now=NOW, status="returned", text="count again")
    made.refresh_from_db()
    changed = actions.edit_submission(
        rep,
        made,
        now=NOW,
        data={**DATA, "facings": 5, "allergy": "x"},
        version=made.version,
        reason="recounted",
    )
    assert (changed.status, changed.data["facings"]) == ("submitted", 5)
    before = SubmissionEdit.objects.select_related("submission").get(submission=made)
    assert (before.facts["facings"], before.sealed, before.reason) == (3, {"allergy": "x"}, "recounted")
    actions.review_submission(manager, changed, now=NOW, status="accepted")
    changed.refresh_from_db()
    with pytest.raises(Conflict, match="not_editable"):
        actions.edit_submission(rep, changed, now=NOW, data=DATA, version=changed.version)


def test_two_who_change_at_once_are_told(team):
    _manager, rep, _other = team
    made = submit(rep, forms.form(), {**DATA, "allergy": "x"})
    actions.edit_submission(rep, made, now=NOW, data={**DATA, "allergy": "y"}, version=1)
    with pytest.raises(Conflict, match="changed_meanwhile"):
        actions.edit_submission(rep, made, now=NOW, data={**DATA, "allergy": "z"}, version=1)


def test_the_rows_rights_hold_for_review_change_and_deletion(team):
    manager, rep, other = team
    form = forms.form(editing=Form.Editing.NEVER)
    made, foreign = submit(rep, form, {**DATA, "allergy": "x"}), submit(other, form)
    with pytest.raises(NotFound):
        actions.review_submission(manager, foreign, now=NOW, status="accepted")
    with pytest.raises(Forbidden):
        actions.review_submission(rep, made, now=NOW, status="accepted")
    with pytest.raises(Forbidden):
        actions.edit_submission(manager, made, now=NOW, data=DATA, version=1)
    with pytest.raises(Conflict, match="not_editable"):
        actions.edit_submission(rep, made, now=NOW, data=DATA, version=1)
    with pytest.raises(Forbidden):
        actions.delete_submission(manager, made, now=NOW, reason="x")
    administrator = forms.administrator()
    actions.review_submission(administrator, made, now=NOW, status="accepted")
    with pytest.raises(Conflict, match="is_accepted"):
        actions.delete_submission(administrator, made, now=NOW, reason="x")
    actions.delete_submission(administrator, foreign, now=NOW, reason="a test")
    assert not Submission.objects.filter(pk=foreign.pk).exists()


def test_nobody_accepts_their_own_work(team):
    manager, _rep, _other = team
    made = submit(manager, forms.form(), DATA)
    with pytest.raises(Refusal, match="own_work"):
        actions.review_submission(manager, made, now=NOW, status="accepted")


@pytest.mark.clause("C2.2.5-08")
@pytest.mark.parametrize(
    ("privacy", "code"),
    [
        ({}, "unclassified"),
        ({"is_personal": True}, "no_category"),
        ({"is_personal": True, "category": "work"}, "no_purpose"),
        ({**forms.SENSITIVE, "reason": ""}, "no_reason"),
        ({**forms.SENSITIVE, "purpose": "basic"}, "wrong_purpose"),
    ],
)
def test_a_form_is_published_only_when_every_field_says_what_it_is(inside, privacy, code):
    designer = forms.administrator()
    made = forms.definition(
        forms.field("a", "text", privacy=forms.NOT_PERSONAL), forms.field("b", "text", privacy=privacy)
    )
    form = forms.form(designer, made, publish=False)
    with pytest.raises(NotPublishable) as refused:
        actions.publish_form(designer, form, now=NOW)
    assert [(each.code, each.field) for each in refused.value.problems] == [(code, "b")]
    assert Form.objects.get(pk=form.pk).number == 0


def test_a_place_and_a_signature_are_always_sensitive(inside):
    designer = forms.administrator()
    made = forms.definition(
        forms.field("here", "location", privacy=forms.NOT_PERSONAL),
        forms.field("sign", "signature", privacy=forms.PERSONAL),
    )
    with pytest.raises(NotPublishable) as refused:
        actions.publish_form(designer, forms.form(designer, made, publish=False), now=NOW)
    assert [each.code for each in refused.value.problems] == ["is_personal", "is_sensitive"]


def test_two_designers_at_once_are_told(inside):
    designer = forms.administrator()
    form = forms.form(designer, publish=False)
    actions.save_draft(designer, form, now=NOW, definition=forms.audit(), revision=1)
    with pytest.raises(Conflict, match="changed_meanwhile"):
        actions.save_draft(designer, form, now=NOW, definition=forms.audit(), revision=1)


def test_what_is_filled_in_for_a_task_counts_for_its_period(team, inside):
    manager, rep, other = team
    designer, form = forms.administrator(), forms.form(is_open_to_all=False)
    today = clock.local_date(NOW, inside.time_zone)
    task = actions.assign(
        designer, now=NOW, form=form, name="Daily", period="day", starts_on=today - timedelta(days=3),
        due_at="23:59", employees=[people.Employee.objects.get(pk=rep.employee_id)],
    )  # fmt: skip
    task.refresh_from_db()
    made = submit(rep, form, {**DATA, "allergy": "x"}, assignment=task)
    assert made.period_on == today
    with pytest.raises(Refusal, match="no_such_period"):
        submit(rep, form, {**DATA, "allergy": "x"}, assignment=task, period_on=today + timedelta(days=1))
    with pytest.raises(NotFound):
        submit(other, form, DATA, assignment=task)
    assert list(queries.fillable(rep)) == [form]
    assert list(queries.fillable(other)) == []
    assert manager.employee_id
