"""Forms that ask about somebody else: whoever gives that affirms to be allowed to, once, on record (C1.2-10)."""

import json
import re
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from qince.core.audit.models import Entry
from qince.core.people.models import Employee
from qince.core.people.tests import factories as people
from qince.core.privacy.tests.factories import agree
from qince.engines.forms import actions, others
from qince.engines.forms.actions.submitting import Origin
from qince.engines.forms.models import FormVersion, Submission
from qince.engines.forms.openrosa import writing
from qince.engines.forms.queries import in_force, published
from qince.engines.forms.schema import read, write
from qince.engines.forms.schema.validating import ROW_ID
from qince.engines.forms.tests import factories as forms
from qince.engines.forms.xlsform.reading import read_xlsform
from qince.engines.forms.xlsform.writing import workbook
from qince.engines.sync.tests.factories import evidence, operation, push
from qince.kit import clock
from qince.kit.errors import Refusal
from qince.kit.ids import uuid7

NOW = clock.now()
OTHERS = {"is_personal": True, "category": "contact", "purpose": "basic", "is_of_others": True}
NAMED = {"store": "A1", "contact": "王店长 13900001111"}
IDENTITY = {"is_personal": True, "category": "identity", "purpose": "basic"}
IN_A_ROW = {"store": "A1", "family": [{ROW_ID: "1", "member": "王小明"}]}
ALONE = {"store": "A1"}


def household(privacy=OTHERS):
    return forms.definition(
        forms.field("store", "text", "Store", required="true()"),
        forms.field("contact", "text", "Whom to call", privacy=privacy),
        forms.field(
            "family", "table", "Family", fields=[forms.field("member", "text", "Member", privacy=privacy)]
        ),
    )


@pytest.fixture
def rep(inside):
    found = people.employee("王芳", roles=["rep"])
    agree(found)
    return people.actor(found, client="phone", device_id=uuid7())


@pytest.fixture
def form(inside):
    return forms.form(made=household())


def submit(rep, form, data, **more):
    return actions.submit(rep, form=form, data=data, now=NOW, origin=Origin(id=uuid7()), **more)


def statement(made, action="forms.submit"):
    return Entry.objects.get(action=action, target_id=made.pk).changes.get("attested")


@pytest.mark.clause("C1.2-10")
@pytest.mark.parametrize("data", [NAMED, IN_A_ROW], ids=["a question", "a row of a table"])
def test_who_tells_of_somebody_else_affirms_it_or_nothing_is_kept(rep, form, data):
    with pytest.raises(Refusal, match="attestation_required") as caught:
        submit(rep, form, data)
    assert "attested" in caught.value.fields
    assert not Submission.objects.exists()
    made = submit(rep, form, data, attested=True)
    assert made.is_attested
    assert statement(made) == str(others.KNOWS)


def test_who_tells_of_nobody_else_affirms_nothing(rep, form):
    made = submit(rep, form, ALONE)
    assert (made.is_attested, statement(made)) == (False, None)
    own = forms.form(made=household({**OTHERS, "is_of_others": False}))
    assert not submit(rep, own, NAMED).is_attested


def test_once_for_each_submission_and_a_change_that_first_names_somebody_asks_for_it(rep, form):
    actions.set_form(forms.administrator(), form, now=NOW, editing="always")
    made = submit(rep, form, ALONE)
    with pytest.raises(Refusal, match="attestation_required"):
        actions.edit_submission(rep, made, now=NOW, data=NAMED, version=1)
    changed = actions.edit_submission(rep, made, now=NOW, data=NAMED, version=1, attested=True)
    assert changed.is_attested
    again = actions.edit_submission(rep, made, now=NOW, data={**NAMED, "contact": "李店长"}, version=2)
    assert again.is_attested
    noted = [
        each.changes.get("attested")
        for each in Entry.objects.filter(action="forms.edit_submission").order_by("at", "id")
    ]
    assert noted == [str(others.KNOWS), None]


def test_a_phone_says_it_with_the_answers(rep, form):
    def send(**more):
        payload = {
            "submission_id": str(uuid7()), "form_id": str(form.pk), "version": 1, "data": NAMED,
            "evidence": evidence(at=NOW), **more,
        }  # fmt: skip
        [result] = push(rep, operation("forms.submit", payload, at=NOW), now=NOW).values()
        return result

    assert send().code == "attestation_required"
    assert send(attested=True).state == "accepted"
    assert Submission.objects.get().is_attested


def test_a_desk_shows_the_statement_and_sends_it(rep, form):
    browser = people.browser(Employee.objects.get(pk=rep.employee_id))
    page = browser.get(f"/forms/filling/{form.pk}/")
    assert page.context["data"]["statement"] == str(others.KNOWS)
    sent = {"id": str(uuid4()), "version": 1, "data": NAMED}
    for attested, status in ((False, 422), ("yes", 422), (True, 200)):
        answer = browser.post(
            f"/forms/filling/{form.pk}/", json.dumps({**sent, "attested": attested}), "application/json"
        )
        assert answer.status_code == status
    assert Submission.objects.get().is_attested


def test_collect_has_to_acknowledge_it(rep, form):
    version = published(form)
    xform = writing.xform(rep, version)
    assert re.search(r'<bind[^>]*nodeset="/data/qince_affirmed"[^>]*required="true\(\)"', xform)
    assert "<trigger" in xform
    assert "qince_affirmed" not in writing.xform(rep, published(forms.form()))
    _row, token = actions.make_token(
        forms.administrator(), now=NOW, employee=Employee.objects.get(pk=rep.employee_id), name="Collect",
    )  # fmt: skip

    def send(affirmed):
        xml = (
            f'<data id="{form.code}" version="1"><store>A1</store><contact>王店长</contact>'
            f"<qince_affirmed>{affirmed}</qince_affirmed><meta><instanceID>uuid:{uuid4()}</instanceID></meta></data>"
        )
        part = SimpleUploadedFile("submission.xml", xml.encode(), "text/xml")
        return Client().post(f"/odk/key/{token}/submission", {"xml_submission_file": part})

    assert send("").status_code == 422
    assert not Submission.objects.exists()
    assert send("OK").status_code == 201
    assert Submission.objects.get().is_attested


def test_the_mark_survives_a_workbook_and_the_definition(form):
    version = published(form)
    assert read(write(version.read)).fields[1].privacy.is_of_others
    brought = read_xlsform(workbook(version.read, code=form.code, version=1))
    assert {each.name: each.privacy.is_of_others for each in brought.definition.fields}["contact"] is True


# --- Published before a question could be marked ---


def before(**privacy):
    """A form as it stood in force before: the version does not know of the mark."""
    found = forms.form(
        made=household({"is_personal": True, "category": "contact", "purpose": "basic", **privacy})
    )
    FormVersion.objects.filter(form=found).update(can_mark_others=False)
    return found


def listed(**asked):
    page = people.browser(people.employee("设计", roles=["administrator"])).get("/forms/", asked).text
    return page, "Store audit" in page


def test_a_form_from_before_says_so_to_its_designer_until_it_is_published_anew(inside):
    found, designer = before(), forms.administrator()
    browser = people.browser(Employee.objects.get(pk=designer.employee_id))
    viewer = people.browser(people.holding(people.employee("旁人"), "forms.view"))
    page, told = f"/forms/{found.pk}/", "Published before a statement about others could be asked for"
    assert told in browser.get(page).text
    assert told not in viewer.get(page).text
    assert "Publish anew" in browser.get("/forms/").text
    assert "Publish anew" not in viewer.get("/forms/").text
    assert [listed(unsaid=each)[1] for each in "10"] == [True, False]
    again = actions.publish_form(
        designer, found, now=NOW
    )  # as it is: its publisher says no of every question
    assert (again.number, again.can_mark_others) == (2, True)
    assert told not in browser.get(page).text
    assert [listed(unsaid=each)[1] for each in "10"] == [False, True]
    with pytest.raises(Refusal, match="unchanged"):
        actions.publish_form(designer, found, now=NOW)


@pytest.mark.parametrize(
    ("made", "is_told"),
    [
        (household({"is_personal": True, "category": "family", "purpose": "basic"}), True),
        (household({"is_personal": True, "category": "work", "purpose": "basic"}), False),
        (household({"is_personal": False}), False),
        (household(OTHERS), False),  # marked between the mark and this
        (forms.definition(forms.field("who", "person", privacy=forms.PERSONAL)), True),
        (
            forms.definition(
                forms.field("rows", "table", fields=[forms.field("name", "text", privacy=IDENTITY)])
            ),
            True,
        ),
    ],
    ids=["family", "work", "nobody", "marked", "a colleague", "in a table"],
)  # fmt: skip
def test_only_a_question_that_names_somebody_makes_a_form_one_of_those(inside, made, is_told):
    found = forms.form(made=made)
    assert not others.unsaid(in_force(found)).exists()  # published now: it could have been said
    FormVersion.objects.filter(form=found).update(can_mark_others=False)
    assert others.unsaid(in_force(found)).exists() is is_told
