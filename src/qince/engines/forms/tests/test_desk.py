"""Filling in at a desk: the same rules as on the phone, other ways of getting files, people and places."""

import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from qince.core.people.tests import factories as people
from qince.core.privacy.tests.factories import agree, decide
from qince.engines.forms.actions import review_submission
from qince.engines.forms.models import Submission, SubmissionFile
from qince.engines.forms.tests import factories as forms
from qince.kit import clock
from qince.kit.ids import uuid7
from qince.kit.tenancy import tenant


@pytest.fixture
def desk(organization, data_folder):
    """Somebody without a phone at a desk, a form open to all, and its designer."""
    with tenant(organization):
        designer = forms.administrator()
        clerk = people.employee("王芳", roles=["rep"])
        agree(clerk)
        form = forms.form(designer)
        return people.browser(clerk), clerk, form, designer


def send(client, address, *, version=1, id=None, **data):
    body = json.dumps({"id": str(id or uuid7()), "version": version, "data": data})
    return client.post(address, body, content_type="application/json", headers={"accept": "application/json"})


def fill_of(form):
    return reverse("forms:fill", args=[form.pk])


def page_data(client, address):
    text = client.get(address).content.decode()
    return json.loads(text.split('id="fill-data" type="application/json">')[1].split("</script>")[0])


def picture():
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, "JPEG")
    return SimpleUploadedFile("货架.jpg", out.getvalue(), "image/jpeg")


def test_whoever_has_no_phone_finds_the_form_fills_it_in_and_it_counts_once(desk):
    client, clerk, form, _designer = desk
    listed = client.get(reverse("forms:choose")).content.decode()
    assert fill_of(form) in listed
    page = page_data(client, fill_of(form))
    assert page["definition"]["title"] == {"en": "Store audit"}
    assert (page["send"], page["answers"]) == (fill_of(form), None)
    key = uuid7()
    first = send(client, page["send"], id=key, store="A1", facings=2, price="1.5")
    again = send(client, page["send"], id=key, store="A1", facings=2, price="1.5")
    assert (first.status_code, again.status_code) == (200, 200)
    assert first.json() == again.json()
    with tenant(clerk.organization_id):
        made = Submission.objects.select_related("form_version").get()
    assert (made.pk, made.employee_id, made.source) == (key, clerk.pk, "console")
    assert made.data["value"] == "3"
    assert client.get(first.json()["url"]).status_code == 200


def test_the_server_judges_again_and_says_what_does_not_fit(desk):
    client, clerk, form, _designer = desk
    refused = send(client, fill_of(form), facings=-1)
    assert (refused.status_code, refused.json()["code"]) == (422, "answers_refused")
    assert set(refused.json()["fields"]) == {"store", "facings"}
    for body in ("", "[]", '{"id": 1}', '{"id": "x", "data": {}}'):
        answer = client.post(
            fill_of(form), body, content_type="application/json", headers={"accept": "application/json"}
        )
        assert 400 <= answer.status_code < 500
    with tenant(clerk.organization_id):
        assert not Submission.objects.exists()


def test_a_picture_chosen_at_the_desk_is_kept_with_the_answer(desk):
    client, clerk, form, _designer = desk
    kept = client.post(
        reverse("forms:fill_file"), {"file": picture()}, headers={"accept": "application/json"}
    )
    assert kept.status_code == 200
    file = kept.json()
    assert send(client, fill_of(form), store="A1", shelf=[file]).status_code == 200
    with tenant(clerk.organization_id):
        held = SubmissionFile.objects.select_related("blob").get()
    assert (held.sha256, held.blob.media_type) == (file["sha256"], "image/jpeg")
    none = client.post(reverse("forms:fill_file"), {}, headers={"accept": "application/json"})
    assert (none.status_code, none.json()["code"]) == (422, "no_file")


def test_sensitive_questions_wait_for_the_separate_consent(desk):
    client, clerk, form, _designer = desk
    assert {"allergy", "secret"} <= set(page_data(client, fill_of(form))["waived"])
    refused = send(client, fill_of(form), store="A1", allergy="花生")
    assert (refused.status_code, refused.json()["code"]) == (403, "consent_required")
    assert send(client, fill_of(form), store="A1").status_code == 200  # left empty, it counts
    with tenant(clerk.organization_id):
        decide(clerk, "form_sensitive")
    assert page_data(client, fill_of(form))["waived"] == []
    assert send(client, fill_of(form), store="A2", allergy="花生").status_code == 200


def test_what_came_back_is_changed_on_its_own_version_and_not_over_another_change(desk):
    client, clerk, form, designer = desk
    send(client, fill_of(form), store="A1", facings=2)
    with tenant(clerk.organization_id):
        made = Submission.objects.get()
        review_submission(designer, made, now=clock.now(), status="returned", text="哪家店？")
    assert "哪家店？" in client.get(reverse("forms:choose")).content.decode()
    address = reverse("forms:change", args=[made.pk])
    page = page_data(client, address)
    assert (page["answers"]["store"], page["version"]) == ("A1", 2)
    assert send(client, address, version=2, store="A1 新街口", facings=3).status_code == 200
    late = send(client, address, version=2, store="late")
    assert (late.status_code, late.json()["code"]) == (409, "changed_meanwhile")
    with tenant(clerk.organization_id):
        made.refresh_from_db()
        assert (made.status, made.data["store"], made.edits.count()) == ("submitted", "A1 新街口", 1)


def test_forms_and_answers_of_others_look_absent(desk):
    client, clerk, form, designer = desk
    with tenant(clerk.organization_id):
        closed = forms.form(designer, is_open_to_all=False)
        other = people.employee("李娜", roles=["rep"])
        agree(other)
        nobody = people.browser(people.employee("旁人"))
        others = people.browser(other)
    send(client, fill_of(form), store="A1")
    with tenant(clerk.organization_id):
        made = Submission.objects.get()
    assert client.get(fill_of(closed)).status_code == 404
    assert others.get(reverse("forms:change", args=[made.pk])).status_code == 404
    assert send(others, reverse("forms:change", args=[made.pk]), store="x").status_code == 404
    for address in (reverse("forms:choose"), fill_of(form), reverse("forms:fill_options")):
        assert nobody.get(address).status_code == 403


def test_people_and_things_are_found_as_far_as_one_sees_them(desk):
    client, _clerk, _form, _designer = desk
    found = client.get(reverse("forms:fill_options"), {"kind": "person", "q": "王"}).json()["options"]
    assert [each["label"] for each in found] == ["王芳"]
    assert client.get(reverse("forms:fill_options"), {"kind": "person", "q": "周"}).json()["options"] == []
    assert client.get(reverse("forms:fill_options"), {"kind": "text"}).status_code == 404
