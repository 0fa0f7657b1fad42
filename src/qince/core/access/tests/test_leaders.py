"""After an address book has come in: those who lead others are offered the manager's role."""

import pytest
from django.urls import reverse

from qince.core.access import leaders
from qince.core.access.actions import grant_manager_roles
from qince.core.access.models import Grant
from qince.core.access.registry import MANAGER
from qince.core.audit.models import Entry
from qince.core.people.models import Membership
from qince.core.people.tests import factories as people
from qince.kit import clock
from qince.kit.errors import Forbidden, NotFound, Refusal

NOW = clock.now()
PAGE = "access:leaders"


@pytest.fixture
def company(inside):
    """An administrator over a leader with two reps, a head of a department nobody reports to, and a manager."""
    found = {"admin": people.employee("唐德胜", roles=["administrator"])}
    found["leader"] = people.employee("陈晓东", leader=found["admin"])
    found["rep"] = people.employee("王芳", leader=found["leader"], roles=["rep"])
    people.employee("李娜", leader=found["leader"])
    found["head"] = people.employee("赵敏")
    found["market"] = people.department("市场部")
    Membership.objects.create(
        employee=found["head"], department=found["market"], is_head=True, starts_on=NOW.date()
    )
    manager = people.employee("孙莉", roles=["manager"])
    people.employee("周强", leader=manager)
    return found


def held(employee):
    return [
        (grant.role.key, grant.reach, grant.department_ids)
        for grant in Grant.objects.filter(employee=employee, role__key=MANAGER).select_related("role")
    ]


def test_who_leads_without_the_role_is_offered_it(company, in_english):
    admin = people.actor(company["admin"])
    assert list(leaders.offered(admin)) == [company["leader"], company["head"]]
    assert leaders.next_step(admin).text.startswith("2 people lead others")


def test_a_leader_reaches_the_line_and_a_lone_head_the_department(company):
    admin = people.actor(company["admin"])
    grant_manager_roles(admin, [company["leader"], company["head"]], now=NOW)
    assert held(company["leader"]) == [("manager", "subordinates", [])]
    assert held(company["head"]) == [("manager", "departments", [str(company["market"].pk)])]
    assert leaders.next_step(admin) is None
    assert Entry.objects.filter(action="access.grant_manager_roles").count() == 2


def test_nobody_without_the_permission_and_nothing_beyond_the_own_reach(company):
    with pytest.raises(Forbidden):
        grant_manager_roles(people.actor(company["rep"]), [company["leader"]], now=NOW)
    lesser = people.employee("分管", leader=company["leader"])
    role = people.grant(lesser, "administrator", "subordinates")
    sub_admin = people.actor(lesser)
    assert list(leaders.offered(sub_admin)) == []
    with pytest.raises(NotFound):
        grant_manager_roles(sub_admin, [company["leader"]], now=NOW)
    role.delete()
    assert held(company["leader"]) == []


def test_all_of_them_or_none(company):
    admin = people.actor(company["admin"])
    people.grant(company["head"], "manager", "departments")
    with pytest.raises(Refusal, match="granted_already"):
        grant_manager_roles(admin, [company["leader"], company["head"]], now=NOW)
    assert held(company["leader"]) == []


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_page_gives_the_role_to_the_ticked_ones(company, language):
    browser = people.browser(company["admin"], language)
    text = browser.get(reverse(PAGE)).text
    assert "陈晓东" in text
    assert "孙莉" not in text
    assert "<c-" not in text
    assert browser.post(reverse(PAGE)).status_code == 422
    browser.post(reverse(PAGE), {"ids": [str(company["leader"].pk), "nonsense", str(company["rep"].pk)]})
    assert [held(company[name]) != [] for name in ("leader", "head", "rep")] == [True, False, False]


def test_the_page_is_not_for_reps(company):
    assert people.browser(company["rep"]).get(reverse(PAGE)).status_code == 403
    assert people.browser(company["rep"]).post(reverse(PAGE), {"ids": "x"}).status_code == 403


def test_a_hundred_leaders_cost_as_many_queries_as_ten(company, django_assert_max_num_queries):
    for number in range(30):
        people.employee(f"下属{number}", leader=people.employee(f"主管{number}"))
    browser = people.browser(company["admin"])
    with django_assert_max_num_queries(26):
        assert browser.get(reverse(PAGE)).status_code == 200
