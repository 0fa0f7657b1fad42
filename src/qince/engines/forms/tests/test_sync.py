"""What a phone sends and fetches of forms."""

from datetime import timedelta

import pytest

from qince.core.accounts.models import Device
from qince.core.people.tests import factories as people
from qince.core.privacy.tests.factories import agree, allow
from qince.engines.forms import actions
from qince.engines.forms.models import Submission
from qince.engines.forms.tests import factories as forms
from qince.engines.sync.pull import pull
from qince.engines.sync.tests.factories import evidence, operation, push
from qince.kit import clock
from qince.kit.ids import uuid7

NOW = clock.now()
SHELF = [{"sha256": "a" * 64, "size": 10}]


@pytest.fixture
def scene(inside):
    manager = people.employee("李经理", roles=["manager"])
    rep = people.employee("王芳", leader=manager, roles=["rep"])
    agree(rep)
    device = Device.objects.create(
        account=rep.account, organization=rep.organization, employee_id=rep.pk, kind=Device.Kind.PHONE,
        token_digest=str(uuid7()), confirmed_at=NOW,
    )  # fmt: skip
    return (
        forms.administrator(),
        people.actor(manager),
        people.actor(rep, client="phone", device_id=device.pk),
        rep,
    )


def submit(form, *, version=1, id=None, **data):
    payload = {
        "submission_id": str(id or uuid7()), "form_id": str(form.pk), "version": version, "data": data,
        "evidence": evidence(at=NOW - timedelta(hours=2), manual="somewhere"),
    }  # fmt: skip
    return operation("forms.submit", payload)


def answer(actor, sent):
    return push(actor, sent)[sent["id"]]


def test_what_was_filled_in_offline_counts_at_its_own_time_and_once(scene):
    designer, _manager, rep, _employee = scene
    form, key = forms.form(designer), uuid7()
    sent = submit(form, id=key, store="A1", facings=2, price="1.5")
    assert answer(rep, sent).state == "accepted"
    assert answer(rep, sent).state in ("accepted", "duplicate")
    assert (
        answer(rep, submit(form, id=key, store="other")).state == "accepted"
    )  # another operation, the same form
    made = Submission.objects.select_related("form_version").get()
    assert (made.data["value"], made.source) == ("3", "phone")
    assert timedelta(hours=1) < made.received_at - made.filled_at < timedelta(hours=3)


def test_refusals_say_what_is_wrong_and_keep_nothing(scene):
    designer, _manager, rep, _employee = scene
    form = forms.form(designer)
    for sent, code in (
        (submit(form, facings=1), "answers_refused"),
        (submit(form, store="A", allergy="x"), "consent_required"),
        (submit(form, store="A", shelf=SHELF), "permission_revoked"),
        (submit(form, version=7, store="A"), "not_found"),
    ):
        found = answer(rep, sent)
        assert (found.state, found.code) == ("rejected", code)
    assert not Submission.objects.exists()


def test_a_photo_needs_the_camera_for_forms(scene):
    designer, _manager, rep, employee = scene
    form = forms.form(designer)
    allow(employee, "camera", "form_photo", at=NOW - timedelta(days=1))
    assert answer(rep, submit(form, store="A", shelf=SHELF)).state == "accepted"


def test_a_phone_holds_its_forms_tasks_and_own_work(scene):
    designer, manager, rep, employee = scene
    form = forms.form(designer, is_open_to_all=False)
    assert (
        "forms" not in pull(rep, "", now=NOW)["collections"]
        or not pull(rep, "", now=NOW)["collections"]["forms"]["upserts"]
    )
    task = actions.assign(
        designer, now=NOW, form=form, name="Daily", period="day", starts_on=NOW.date() - timedelta(days=1),
        due_at="23:59", employees=[employee],
    )  # fmt: skip
    task.refresh_from_db()
    held = pull(rep, "", now=NOW)["collections"]
    [held_form] = held["forms"]["upserts"]
    assert (held_form["version"], held_form["definition"]) == (1, form.draft)  # the one it is filled in on
    assert {row["is_done"] for row in held["form_tasks"]["upserts"]} == {False}
    made = actions.submit(
        rep,
        form=form,
        data={"store": "A1"},
        now=NOW,
        origin=actions.submitting.Origin(assignment=task, source="phone"),
    )
    actions.review_submission(manager, made, now=NOW, status="returned", text="again")
    held = pull(rep, "", now=NOW)["collections"]
    [own] = held["form_submissions"]["upserts"]
    assert (own["status"], own["review_note"], own["data"]) == ("returned", "again", {"store": "A1"})
    assert [line["text"] for line in own["lines"]] == ["A1"]
    edit = operation(
        "forms.edit_submission",
        {
            "submission_id": str(made.pk),
            "data": {"store": "A2"},
            "evidence": evidence(manual="x"),
        },
        base=own["version"],
    )
    found = answer(rep, edit)
    assert (found.state, found.result["version"]) == ("accepted", own["version"] + 1)
    assert Submission.objects.select_related("form_version").get().data == {"store": "A2"}


@pytest.mark.parametrize("says", ["the operation", "the payload, as apps of the release before"])
def test_an_edit_on_an_old_version_comes_back_with_what_is_there_now(scene, says):
    designer, manager, rep, _employee = scene
    made = actions.submit(rep, form=forms.form(designer), data={"store": "A1"}, now=NOW)
    actions.review_submission(manager, made, now=NOW, status="returned", text="again")

    def edit(store, version):
        payload = {"submission_id": str(made.pk), "data": {"store": store}, "evidence": evidence(manual="x")}
        if says == "the operation":
            return operation("forms.edit_submission", payload, base=version)
        return operation("forms.edit_submission", {**payload, "version": version})

    assert answer(rep, edit("A2", 2)).state == "accepted"
    late = answer(rep, edit("A3", 2))
    assert (late.state, late.code, late.result["version"]) == ("conflict", "changed_meanwhile", 3)
    assert [line["text"] for line in late.result["current"]["lines"]] == ["A2"]
    assert Submission.objects.select_related("form_version").get().data == {"store": "A2"}


def test_an_edit_that_does_not_say_what_it_saw_is_refused(scene):
    designer, _manager, rep, _employee = scene
    made = actions.submit(rep, form=forms.form(designer), data={"store": "A1"}, now=NOW)
    payload = {"submission_id": str(made.pk), "data": {"store": "A2"}, "evidence": evidence(manual="x")}
    assert answer(rep, operation("forms.edit_submission", payload)).code == "base_version_missing"
    assert Submission.objects.select_related("form_version").get().data == {"store": "A1"}
