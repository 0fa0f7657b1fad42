"""The backend: address book and organization, each correction with old, new and who; people are told of their own."""

import pytest
from django.urls import reverse

from qince.core.letters.models import Letter
from qince.core.people import actions
from qince.core.people.tests import factories as people
from qince.core.profile.actions import change_mobile
from qince.kit import clock
from qince.kit.identifiers import masked_mobile

pytestmark = pytest.mark.django_db
NOW = clock.now()


@pytest.fixture
def admin(inside):
    return people.employee("李雷", roles=("administrator",))


@pytest.fixture
def member(admin):
    return people.employee("王芳", roles=("rep",), mobile="+8619912345678")


def edited(console, member, **changes):
    """The form as the administrator sends it: what is there, and the changes."""
    values = {"name": member.name, "mobile": "19912345678", "number": member.number, **changes}
    return console.post(reverse("people:employees_edit", args=[member.pk]), values)


@pytest.mark.clause("C6.1-03")
def test_an_administrator_changes_a_phone_the_member_is_told_and_the_history_masks_both(admin, member):
    console = people.browser(admin)
    assert edited(console, member, mobile="19987654321").status_code == 302
    member.refresh_from_db()
    assert member.mobile == "+8619987654321"
    letter = Letter.objects.get(employee=member)
    assert letter.kind == "profile.mobile_changed"
    assert "199****5678" in letter.rendered.body
    assert "199****4321" in letter.rendered.body
    page = console.get(reverse("people:employees_detail", args=[member.pk])).text
    history = page[page.index("q-timeline") :]
    assert "<del>199****5678</del>" in history
    assert "<ins>199****4321</ins>" in history
    assert "李雷" in history
    assert "12345678" not in history


def test_other_details_are_told_too_and_ones_own_change_is_not(admin, member):
    actions.edit_employee(people.actor(admin), member, now=NOW, position="主管")
    assert [each.kind for each in Letter.objects.filter(employee=member)] == ["profile.changed"]
    actions.edit_employee(people.actor(admin), member, now=NOW, position="主管")
    change_mobile(people.actor(member), now=NOW, mobile="19987654321")
    actions.edit_employee(people.actor(admin), admin, now=NOW, position="经理")
    assert Letter.objects.count() == 1


def test_a_mask_hides_the_middle_of_a_number():
    assert masked_mobile("+8619912345678") == "199****5678"
    assert masked_mobile("") == ""


@pytest.mark.clause("C6.1-01")
def test_the_organizations_data_are_queried_corrected_and_supplemented_with_old_and_new(
    admin, member, inside
):
    """On the organization's own page; a legal exception is saved in its register, which the page leads to."""
    console, theirs, page = people.browser(admin), people.browser(member), "/organization/"
    assert 'value="金陵饮品"' in console.get(page).text
    kept = {
        name: getattr(inside, name) or ""
        for name in ("kind", "location", "industry", "headcount", "time_zone")
    }
    corrected = {**kept, "name": "金陵饮料", "location": "苏州", "credit_code": "91350100M000100Y43"}
    answer = console.post(page, corrected)
    assert answer.status_code == 302, answer.context["form"].errors
    shown = console.get(page).text
    history = shown[shown.index("q-timeline") :]
    for old, new in (("金陵饮品", "金陵饮料"), ("南京", "苏州")):
        assert f"<del>{old}</del>" in history
        assert f"<ins>{new}</ins>" in history
    assert "<ins>91350100M000100Y43</ins>" in history
    assert "李雷" in history
    assert theirs.get(page).status_code == 403
    register = reverse("partners:exception_list")
    assert register in shown
    entry = {
        "use": "disclose", "basis": "security", "subject": str(member.pk), "named": ["name"], "reason": "公共安全",
        "reference": "某法第十二条", "authority": "市公安局", "document": "2026-118", "officer": "李警官",
    }  # fmt: skip
    answer = console.post(reverse("partners:exception_new"), entry)
    assert answer.status_code == 302, answer.context["form"].errors
    assert "王芳" in console.get(register).text
