"""Roles, grants and the trace in the console."""

from uuid import uuid4

import pytest
from django.urls import reverse

from qince.core.access.models import Grant, Role
from qince.core.access.screens import ROLES
from qince.core.people.tests import factories
from qince.core.people.tests.test_screens import PeopleSuite


class TestRoles(PeopleSuite):
    resource = ROLES

    def make(self, n):
        return [
            Role.objects.create(name=f"角色{i:03d}-{uuid4()}", permissions=["people.view"]) for i in range(n)
        ]


@pytest.fixture
def admin(inside):
    return factories.employee("管理员", roles=["administrator"])


def test_a_role_is_granted_and_withdrawn_on_the_employees_page(admin):
    found = factories.employee("王芳")
    browser = factories.browser(admin)
    posted = {"role": Role.objects.get(key="manager").pk, "reach": "subordinates"}
    answer = browser.post(reverse("access:grant", args=[found.pk]), posted, follow=True)
    assert "Own and subordinates" in answer.text
    url = reverse("access:revocation", args=[found.grants.get().pk])
    assert "Withdraw this role?" in browser.get(url).text
    assert "Role withdrawn." in browser.post(url, follow=True).text
    assert not found.grants.exists()


def test_the_last_administrator_sees_why_not(admin):
    browser = factories.browser(admin)
    url = reverse("access:revocation", args=[admin.grants.get().pk])
    assert "last administrator" in browser.post(url, follow=True).text
    assert admin.grants.count() == 1


def test_a_refusal_stands_in_the_form(admin):
    found = factories.employee("王芳", roles=["manager"])
    posted = {"role": Role.objects.get(key="manager").pk, "reach": "subordinates"}
    answer = factories.browser(admin).post(reverse("access:grant", args=[found.pk]), posted)
    assert answer.status_code == 422
    assert "already has this role" in answer.text


@pytest.mark.parametrize("page", ["grant", "revocation"])
def test_without_the_permission_or_out_of_reach(admin, page):
    found = factories.employee("旁人", roles=["rep"])
    key = found.pk if page == "grant" else found.grants.get().pk
    url = reverse(f"access:{page}", args=[key])
    assert factories.browser(factories.employee(roles=["rep"])).get(url).status_code == 403
    sub = factories.employee("区域管理员")
    role = Role.objects.create(name="区域管理", permissions=["people.view", "access.grant"])
    Grant.objects.create(employee=sub, role=role, reach="subordinates")
    assert factories.browser(sub).get(url).status_code == 404


def test_the_trace_explains(admin):
    boss = factories.employee("总监", roles=["manager"])
    rep = factories.employee("代表", leader=boss)
    query = {"viewer": boss.pk, "subject": rep.pk, "permission": "people.view"}
    text = factories.browser(admin).get(reverse("access:trace"), query).text
    assert "Yes: 总监 may do this with rows of 代表." in text
    assert "代表 → 总监" in text


def test_a_role_is_made_with_permissions_and_masks(admin):
    posted = {"name": "内勤", "codes": ["people.view"], "masked_fields": ["people.employee.mobile"]}
    factories.browser(admin).post(ROLES.url("new"), posted)
    made = Role.objects.get(name="内勤")
    assert (made.permissions, made.masked_fields) == (["people.view"], ["people.employee.mobile"])
