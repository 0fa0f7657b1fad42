"""Pages of forms: designing, publishing, versions, XLSForm, results, tasks, keys."""

import io
import json
from datetime import time
from pathlib import Path

import openpyxl
import pytest
from django.urls import reverse

from qince.core.people.models import Employee
from qince.core.people.tests import factories as people
from qince.core.privacy.tests.factories import agree
from qince.engines.forms import actions, schema
from qince.engines.forms.models import AppToken, Form, FormVersion
from qince.engines.forms.tests import factories as forms
from qince.kit import clock
from qince.kit.tenancy import tenant

EXAMPLES = Path(__file__).resolve().parents[5] / "examples/forms"
NOW = clock.now()


@pytest.fixture
def desk(organization):
    """The administrator's browser, and the administrator as actor."""
    with tenant(organization):
        employee = people.employee("周主任", roles=["administrator"])
        return people.browser(employee), people.actor(employee), organization


def post(client, name, form, **body):
    address = reverse(f"forms:{name}", args=[form.pk])
    return client.post(
        address, json.dumps(body), content_type="application/json", headers={"accept": "application/json"}
    )


@pytest.mark.clause("C2.2.4-05")
def test_a_form_with_an_unclassified_field_is_not_published(desk):
    """Every kind of field, rules, a sub-table, photo, place and signature; one says nothing of what it is about."""
    client, actor, organization = desk
    with tenant(organization):
        made = forms.audit()
        made.fields.append(
            schema.read(
                {"title": {"en": "x"}, "fields": [forms.field("sign", "signature", privacy=forms.SENSITIVE)]}
            ).fields[0]
        )
        unsaid = schema.read(
            {"title": {"en": "x"}, "fields": [forms.field("about", "text", "Remark", privacy={})]}
        ).fields[0]
        made.fields.append(unsaid)
        form = forms.form(actor, made, publish=False)
    refused = post(client, "publication", form)
    assert refused.status_code == 422
    assert refused.json()["code"] == "not_publishable"
    assert refused.json()["fields"] == {"about": "Say whether the answer is about a person."}
    with tenant(organization):
        assert not FormVersion.objects.exists()
    unsaid.privacy = schema.Privacy(is_personal=False)
    kept = post(client, "draft", form, definition=schema.write(made), revision=1)
    assert (kept.status_code, kept.json()["problems"]) == (200, [])
    published = post(client, "publication", form, reason="first")
    assert (published.status_code, published.json()) == (200, {"version": 1})


def test_a_draft_may_hold_faults_and_tells_them(desk):
    client, actor, organization = desk
    with tenant(organization):
        form = forms.form(actor, publish=False)
        faulty = forms.definition(
            forms.field("a", "integer", "A", visible_if="${gone} = 1", constraint=". > ")
        )
    kept = post(client, "draft", form, definition=schema.write(faulty), revision=1)
    assert kept.status_code == 200
    assert [each["message"] for each in kept.json()["problems"]] == [
        "shown if: there is no field called “gone”",
        "constraint: “the end” does not belong there",
    ]
    clash = post(client, "draft", form, definition=schema.write(faulty), revision=1)
    assert (clash.status_code, clash.json()["code"]) == (409, "changed_meanwhile")


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"definition": 1}', b'{"definition": {"title": 3}}'])
def test_a_broken_draft_is_refused_in_words(desk, body):
    client, actor, organization = desk
    with tenant(organization):
        form = forms.form(actor, publish=False)
    address = reverse("forms:draft", args=[form.pk])
    answer = client.post(
        address, body, content_type="application/json", headers={"accept": "application/json"}
    )
    assert answer.status_code in (400, 422)
    assert answer.json()["message"]


def test_pages_show_what_came_in(desk):
    client, actor, organization = desk
    with tenant(organization):
        rep = people.employee("王芳", roles=["rep"])
        agree(rep, "form_sensitive", "location:at_the_act")
        form = forms.form(actor)
        data = {"store": "甲店", "facings": 3, "price": "2", "allergy": "nuts", "place": {"lat": 32.0, "lng": 118.0},
                "lines": [{"_id": "1", "sku": "S1", "secret": "hush"}]}  # fmt: skip
        made = actions.submit(people.actor(rep), form=form, data=data, now=NOW)
        task = actions.assign(
            actor, now=NOW, form=form, name="Daily", period="day", starts_on=NOW.date(), due_at=time(23, 59),
            employees=[rep],
        )  # fmt: skip
        forms.revise(actor, form, forms.definition(forms.field("store", "text", "Shop")))
    page = reverse("forms:form_detail", args=[form.pk])
    for show, text in (("table", "甲店"), ("charts", "Facings"), ("map", "118.0"), ("nonsense", "甲店")):
        answer = client.get(page, {"show": show})
        assert answer.status_code == 200
        assert text in answer.content.decode()
    versions = client.get(reverse("forms:versions", args=[form.pk])).content.decode()
    assert "Shop" in versions
    assert "Removed" in versions
    answers = client.get(reverse("forms:submission_detail", args=[made.pk])).content.decode()
    assert all(text in answers for text in ("nuts", "hush", "S1", "32.000000, 118.000000"))
    missing = client.get(reverse("forms:assignment_detail", args=[task.pk])).content.decode()
    assert "王芳" in missing
    assert (
        client.get(reverse("forms:assignment_detail", args=[task.pk]), {"on": "2020-01-01"}).status_code
        == 404
    )
    book = openpyxl.load_workbook(
        io.BytesIO(b"".join(client.get(reverse("forms:export", args=[form.pk])).streaming_content))
    )
    assert [cell.value for cell in book.worksheets[0][1]][5:7] == ["Shop", "Facings"]


def test_an_xlsform_becomes_a_draft_or_is_told_cell_by_cell(desk):
    client, _actor, organization = desk
    with (EXAMPLES / "household.xlsx").open("rb") as file:
        answer = client.post(reverse("forms:bring"), {"file": file})
    with tenant(organization):
        form = Form.objects.get(code="household_drinks")
    assert answer.headers["Location"] == reverse("forms:designer", args=[form.pk])
    assert client.get(answer.headers["Location"]).status_code == 200
    with (EXAMPLES / "unsupported.xlsx").open("rb") as file:
        told = client.post(reverse("forms:bring"), {"file": file}).content.decode()
    assert "geotrace" in told
    assert "Use “geopoint”; lines are not supported." in told
    out = b"".join(client.get(reverse("forms:xlsform", args=[form.pk])).streaming_content)
    assert openpyxl.load_workbook(io.BytesIO(out)).sheetnames == ["survey", "choices", "settings"]


def test_a_key_is_shown_once_and_revoked(desk):
    client, actor, organization = desk
    made = client.post(reverse("forms:keys"), {"employee": str(actor.employee_id), "name": "Collect"})
    assert "/odk/key/" in made.content.decode()
    assert "/odk/key/" not in client.get(reverse("forms:keys")).content.decode().replace("after /key/", "")
    with tenant(organization):
        token = AppToken.objects.get()
    assert client.post(reverse("forms:revoke", args=[token.pk])).status_code == 302
    assert client.post(reverse("forms:revoke", args=[token.pk])).status_code == 404
    with tenant(organization):
        assert AppToken.objects.get().revoked_at is not None
        assert Employee.objects.count() == 1
