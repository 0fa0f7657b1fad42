"""Customers in the console."""

import json

import pytest
from django.urls import reverse

from qince.core.people.tests import factories as people
from qince.kit.tenancy import tenant
from qince.kit.testing import ResourceSuite
from qince.masterdata.customers.models import Assignment, Customer
from qince.masterdata.customers.screens import CUSTOMERS
from qince.masterdata.customers.tests import factories


def signed_in(employee):
    with tenant(employee.organization_id):
        return people.browser(employee)


def browser_with(*permissions, masked=()):
    """A browser of somebody holding exactly these permissions over the whole organization."""
    return people.browser(people.holding(people.employee("测试员"), *permissions, masked=masked))


class MasterDataSuite(ResourceSuite):
    def browser(self, *permissions):
        return browser_with(*permissions)

    def outsider(self):
        with tenant(people.organization("另一家")):
            return people.browser(people.employee("外人", roles=["administrator"]))


class TestCustomers(MasterDataSuite):
    resource = CUSTOMERS

    def make(self, n):
        keeper = people.employee("王芳")
        return [factories.store(keeper) for _ in range(n)]

    def table(self):
        heads = ["编码", "名称", "类型", "纬度", "经度", "坐标系", "联系电话", "供货经销商"]
        store = ["门店", "32.05", "118.79", "GCJ-02", "19900010001", "J1"]
        return [heads, ["M1", "一号店", *store], ["J1", "经销商一", "经销商", "", "", "", "", ""]]


@pytest.fixture
def team(organization):
    with tenant(organization):
        return _team()


def _team():
    manager = people.employee("李经理", roles=["manager"])
    reps = [people.employee(name, leader=manager, roles=["rep"]) for name in ("王芳", "赵敏")]
    stores = [factories.store(reps[0]), factories.store(reps[0]), factories.store()]
    return manager, reps, stores


def test_a_customers_page_shows_place_rep_and_history(team):
    manager, reps, stores = team
    text = signed_in(manager).get(reverse("customers:customer_detail", args=[stores[0].pk])).text
    assert stores[0].name in text
    assert reps[0].name in text
    assert "<qince-map" in text
    assert '"radius_m": 200' in text


def test_another_lines_customer_does_not_exist(team):
    manager, _reps, stores = team
    answer = signed_in(manager).get(reverse("customers:customer_detail", args=[stores[2].pk]))
    assert answer.status_code == 404


def test_territories_hold_the_own_line_and_assign_within_it(team, organization):
    manager, reps, stores = team
    browser = signed_in(manager)
    assert browser.get(reverse("customers:territories")).status_code == 200
    places = browser.get(reverse("customers:places")).json()["places"]
    assert {place["id"] for place in places} == {str(store.pk) for store in stores[:2]}
    posted = {"employee": str(reps[1].pk), "ids": str(stores[0].pk)}
    answer = browser.post(reverse("customers:assignment"), posted, headers={"accept": "application/json"})
    assert answer.json()["moved"] == 1
    with tenant(organization):
        assert Assignment.objects.get(customer=stores[0], ends_on__isnull=True).employee == reps[1]


@pytest.mark.parametrize("posted", [{}, {"ids": "x"}, {"employee": "not-a-key", "ids": ""}])
def test_an_assignment_without_rep_or_customers_is_refused_in_words(team, posted):
    browser = signed_in(team[0])
    answer = browser.post(reverse("customers:assignment"), posted, headers={"accept": "application/json"})
    assert answer.status_code in (400, 422)
    assert json.loads(answer.content)["message"]


def test_a_rep_has_no_territory_page(team):
    assert signed_in(team[1][0]).get(reverse("customers:territories")).status_code == 403


def test_a_masked_phone_is_neither_shown_nor_overwritten(organization):
    with tenant(organization):
        store = factories.store(contact_name="王店长", contact_phone="19900010001")
        browser = browser_with(
            "customers.view", "customers.edit", masked=["customers.customer.contact_phone"]
        )
    url = reverse("customers:customer_detail", args=[store.pk])
    assert "19900010001" not in browser.get(url).text
    edit = reverse("customers:customer_edit", args=[store.pk])
    page = browser.get(edit)
    assert "19900010001" not in page.text
    posted = {name: field.value() or "" for name, field in ((f.name, f) for f in page.context["form"])}
    answer = browser.post(edit, posted | {"name": "改名店"})
    assert answer.status_code == 302
    with tenant(organization):
        held = Customer.objects.get(pk=store.pk)
    assert (held.name, held.contact_phone) == ("改名店", "19900010001")
