"""The steps of a visit: who sets them, what is refused, and what happens to visits already begun."""

import re

import pytest
from django.urls import reverse

from qince.core.people.tests import factories as people
from qince.kit import clock
from qince.kit.errors import Forbidden, Refusal
from qince.kit.tenancy import tenant
from qince.sales.visits.models import VisitTemplate
from qince.sales.visits.template_actions import save_template
from qince.sales.visits.tests import factories, records

PHOTO = {"id": "shelf", "kind": "photo", "title": "货架", "required": True, "minimum": 2}


@pytest.fixture
def admin(inside):
    return people.employee("唐德胜", roles=["administrator"])


def save(admin, template=None, **fields):
    fields = {"name": "标准拜访", "steps": [PHOTO], "is_active": True, **fields}
    return save_template(people.actor(admin), template, now=clock.now(), **fields)


def test_a_change_makes_the_next_version_and_leaves_open_visits_alone(admin):
    template = save(admin)
    rep = factories.rep()
    visit = records.visit(
        rep, factories.store(rep), template=template, template_version=1, steps=template.steps, minutes=None
    )
    changed = save(admin, template, steps=[PHOTO, {"kind": "note", "title": "小结", "required": False}])
    assert (template.version, changed.version) == (1, 2)
    visit.refresh_from_db()
    assert (visit.template_version, [step["id"] for step in visit.steps]) == (1, ["shelf"])


def test_saving_without_a_change_keeps_the_version(admin):
    template = save(admin)
    assert save(admin, template).version == 1


@pytest.mark.parametrize(
    ("steps", "code"),
    [
        ([], "no_steps"),
        ([PHOTO] * 31, "too_many_steps"),
        ([PHOTO, PHOTO], "repeated_step"),
        ([{**PHOTO, "title": " "}], "step_title"),
        ([{**PHOTO, "kind": "dance"}], "unknown_kind"),
        ([{**PHOTO, "minimum": -1}], "step_minimum"),
        ([{**PHOTO, "minimum": "many"}], "step_minimum"),
        ([{"kind": "checklist", "title": "检查", "items": []}], "step_items"),
    ],
)
def test_steps_that_cannot_be_done_are_refused(admin, steps, code):

    with pytest.raises(Refusal) as refused:
        save(admin, steps=steps)
    assert refused.value.code == code
    assert not VisitTemplate.objects.exists()


def test_a_manager_may_not_set_steps(inside):
    with pytest.raises(Forbidden):
        save(people.employee("陈晓东", roles=["manager"]))


def posted(*steps, name="标准拜访"):
    columns = {f"step_{key}": [step.get(key, "") for step in steps]
               for key in ("id", "kind", "title", "required", "minimum", "items")}  # fmt: skip
    return {"name": name, "is_active": "1", **columns}


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_editor_keeps_the_ids_of_what_stays(organization, language):
    with tenant(organization):
        browser = people.browser(people.employee("唐德胜", roles=["administrator"]), language)
    assert browser.get(reverse("visits:template_new")).status_code == 200
    check = {"kind": "checklist", "title": "检查", "required": "1", "items": "价签\n有货"}
    assert browser.post(reverse("visits:template_new"), posted(check)).status_code == 302
    with tenant(organization):
        first = VisitTemplate.objects.get()
    step = first.steps[0]
    url = reverse("visits:template_edit", args=[first.pk])
    again = {**check, "id": step["id"], "items": "有货\n价签\n堆头"}
    photo = {"kind": "photo", "title": "照片", "required": "0", "minimum": "2"}
    assert browser.post(url, posted(photo, again)).status_code == 302
    with tenant(organization):
        second = VisitTemplate.objects.get()
    assert (second.version, [each["kind"] for each in second.steps]) == (2, ["photo", "checklist"])
    assert second.steps[1]["id"] == step["id"]
    ids = {item["title"]: item["id"] for item in step["items"]}
    kept = {item["title"]: item["id"] for item in second.steps[1]["items"] if item["title"] in ids}
    assert kept == ids


def test_a_refused_form_says_why_and_keeps_what_was_typed(organization):
    with tenant(organization):
        browser = people.browser(people.employee("唐德胜", roles=["administrator"]))
    answer = browser.post(
        reverse("visits:template_new"), posted({"kind": "photo", "title": "", "minimum": "1"})
    )
    assert answer.status_code == 422
    assert "Step 1" in answer.text
    assert "标准拜访" in answer.text


def version_in(page):
    return re.search(r'name="version" value="(\d+)"', page.text)[1]


def test_steps_that_somebody_else_saved_meanwhile_are_not_overwritten(organization):
    with tenant(organization):
        first, second = (
            people.browser(people.employee(name, roles=["administrator"])) for name in ("唐德胜", "陈晓东")
        )
        template = save(people.employee("李娜", roles=["administrator"]))
    url = reverse("visits:template_edit", args=[template.pk])
    pages = [each.get(url) for each in (first, second)]
    assert [version_in(each) for each in pages] == ["1", "1"]
    photo, note = (
        {"kind": kind, "title": kind, "required": "1", "minimum": "1"} for kind in ("photo", "note")
    )
    assert first.post(url, posted(photo) | {"version": "1"}).status_code == 302
    refused = second.post(url, posted(photo, note) | {"version": "1"})
    assert refused.status_code == 409
    assert "version 2" in refused.text
    with tenant(organization):
        held = VisitTemplate.objects.get()
        assert (held.version, [each["kind"] for each in held.steps]) == (2, ["photo"])
    assert 'value="note" selected' in refused.text  # what was typed stands there still
    again = second.post(url, posted(photo, note) | {"version": version_in(refused)})
    assert again.status_code == 302
    with tenant(organization):
        held = VisitTemplate.objects.get()
        assert (held.version, [each["kind"] for each in held.steps]) == (3, ["photo", "note"])
