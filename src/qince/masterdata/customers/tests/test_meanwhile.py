"""Two people have the same record open: the second save does not win by arriving later."""

import re

import pytest
from django.urls import reverse

from qince.core.people.tests import factories as people
from qince.kit.choosing.fields import Given
from qince.kit.tenancy import tenant
from qince.masterdata.customers.models import Assignment, Customer
from qince.masterdata.customers.tests import factories
from qince.masterdata.customers.tests.test_screens import browser_with


@pytest.fixture
def store(organization):
    with tenant(organization):
        return factories.store(district="玄武", contact_name="王店长", contact_phone="19900010001")


@pytest.fixture
def desks(organization):
    with tenant(organization):
        return [browser_with("customers.view", "customers.edit", "customers.assign") for _ in range(2)]


def opened(page):
    return re.search(r'name="opened" value="([^"]+)"', page.text)[1]


def filled(page):
    """What a browser would send of the page as it was opened."""
    values = {field.name: field.value() for field in page.context["form"]}
    values = {name: list(getattr(value, "ids", ())) or value for name, value in values.items()}
    values = {name: "" if isinstance(value, Given) else value for name, value in values.items()}
    return {name: value for name, value in values.items() if value not in (None, False)} | {
        "opened": opened(page)
    }


def held(store):
    with tenant(store.organization):
        return Customer.objects.get(pk=store.pk)


def test_a_save_over_a_newer_one_is_refused_and_says_what_changed(store, desks):
    url = reverse("customers:customer_edit", args=[store.pk])
    first, second = desks[0].get(url), desks[1].get(url)
    assert desks[0].post(url, filled(first) | {"name": "新街口店", "radius_m": 300}).status_code == 302
    answer = desks[1].post(url, filled(second) | {"name": "珠江路店", "district": "鼓楼"})
    assert answer.status_code == 409
    assert (held(store).name, held(store).district) == ("新街口店", "玄武")
    form = answer.context["form"]
    told = {change.name: (change.was, change.now, change.typed) for change in form.stale.changes}
    assert told == {"name": (store.name, "新街口店", "珠江路店"), "radius_m": ("200", "300", None)}
    assert form.stale.moments[0].by == "测试员"
    # What was typed stands there still; the field left alone shows what the other one saved.
    assert form["name"].value() == "珠江路店"
    assert form["district"].value() == "鼓楼"
    assert form["radius_m"].value() == "300"


def test_saving_once_more_puts_it_on_top_of_what_was_shown(store, desks):
    url = reverse("customers:customer_edit", args=[store.pk])
    first, second = desks[0].get(url), desks[1].get(url)
    desks[0].post(url, filled(first) | {"name": "新街口店", "radius_m": 300})
    again = desks[1].post(url, filled(second) | {"name": "珠江路店"})
    assert desks[1].post(url, filled(again)).status_code == 302
    assert (held(store).name, held(store).radius_m) == ("珠江路店", 300)


def test_the_own_save_and_a_change_of_something_else_are_no_conflict(store, desks, organization):
    url = reverse("customers:customer_edit", args=[store.pk])
    page = desks[0].get(url)
    with tenant(organization):
        Customer.objects.filter(pk=store.pk).update(version=7)
    assert desks[0].post(url, filled(page) | {"name": "甲店"}).status_code == 302
    assert desks[0].post(url, filled(desks[0].get(url)) | {"name": "乙店"}).status_code == 302
    assert held(store).name == "乙店"


def test_a_page_that_did_not_come_back_whole_saves_nothing(store, desks):
    url = reverse("customers:customer_edit", args=[store.pk])
    posted = filled(desks[0].get(url)) | {"name": "甲店"}
    answer = desks[0].post(url, posted | {"opened": posted["opened"][:-4] + "AAAA"})
    assert answer.status_code == 422
    assert held(store).name == store.name


def test_an_act_upon_a_newer_version_is_asked_once_more(store, desks, organization):
    url = reverse("customers:customer_act", args=[store.pk, "assign"])
    page = desks[1].get(url)
    edit = reverse("customers:customer_edit", args=[store.pk])
    desks[0].post(edit, filled(desks[0].get(edit)) | {"name": "新街口店"})
    with tenant(organization):
        rep = people.employee("王芳")
    posted = {"confirmed": "1", "employee": str(rep.pk)}
    answer = desks[1].post(url, posted | {"opened": opened(page)})
    assert answer.status_code == 409
    with tenant(organization):
        assert not Assignment.objects.filter(customer=store).exists()
    assert desks[1].post(url, posted | {"opened": opened(answer)}).status_code == 302
    with tenant(organization):
        assert Assignment.objects.get(customer=store).employee == rep


def marks(page):
    return re.findall(r'name="seen" value="([^"]+)"', page.text)


def assigned(stores):
    with tenant(stores[0].organization):
        rows = Assignment.objects.filter(customer__in=stores, ends_on=None)
        return {row.customer.name: row.employee.name for row in rows}


@pytest.fixture
def three(organization):
    with tenant(organization):
        stores = [factories.store(name=name) for name in ("甲店", "乙店", "丙店")]
        return stores, people.employee("王芳")


def test_an_act_upon_several_leaves_out_what_was_changed_since_the_list_was_seen(three, desks):
    stores, rep = three
    listed = desks[1].get(reverse("customers:customer_list"))
    assert len(marks(listed)) == 3
    edit = reverse("customers:customer_edit", args=[stores[0].pk])
    desks[0].post(edit, filled(desks[0].get(edit)) | {"name": "新甲店"})
    url = reverse("customers:customer_bulk", args=["assign"])
    ticked = {"ids": [str(each.pk) for each in stores], "state": "", "seen": marks(listed)}
    asked = desks[1].post(url, ticked)
    assert sorted(marks(asked)) == sorted(marks(listed))  # asking first is no new look
    posted = {**ticked, "seen": marks(asked), "confirmed": "1", "employee": str(rep.pk)}
    answer = desks[1].post(url, posted)
    [failed] = answer.context["failed"]
    assert (failed.name, failed.code, answer.context["done"]) == ("新甲店", "changed_meanwhile", 2)
    assert 'data-code="changed_meanwhile"' in answer.text
    assert assigned(stores) == {"乙店": "王芳", "丙店": "王芳"}
    again = {
        **posted,
        "ids": [str(stores[0].pk)],
        "seen": marks(desks[1].get(reverse("customers:customer_list"))),
    }
    again = {name: value for name, value in again.items() if name != "state"}
    assert desks[1].post(url, again).status_code == 302
    assert assigned(stores) == {"新甲店": "王芳", "乙店": "王芳", "丙店": "王芳"}


def test_what_the_list_did_not_show_is_no_conflict_except_for_a_counted_version(three, desks, organization):
    stores, rep = three
    listed = desks[1].get(reverse("customers:customer_list"))
    with tenant(organization):
        Customer.objects.filter(pk=stores[0].pk).update(radius_m=250)
        Customer.objects.filter(pk=stores[1].pk).update(version=9)
    posted = {
        "ids": [str(each.pk) for each in stores],
        "seen": marks(listed),
        "confirmed": "1",
        "employee": str(rep.pk),
    }
    answer = desks[1].post(reverse("customers:customer_bulk", args=["assign"]), posted)
    assert {each.name: each.code for each in answer.context["failed"]} == {"乙店": "changed_meanwhile"}


def test_what_somebody_else_assigned_meanwhile_is_not_assigned_over(three, desks, organization):
    stores, rep = three
    listed = desks[1].get(reverse("customers:customer_list"))
    with tenant(organization):
        other = people.employee("李娜")
    url = reverse("customers:customer_bulk", args=["assign"])
    first = {"ids": [str(stores[0].pk)], "confirmed": "1", "employee": str(other.pk)}
    assert desks[0].post(url, first).status_code == 302
    posted = {
        "ids": [str(each.pk) for each in stores],
        "seen": marks(listed),
        "confirmed": "1",
        "employee": str(rep.pk),
    }
    answer = desks[1].post(url, posted)
    assert [each.code for each in answer.context["failed"]] == ["changed_meanwhile"]
    assert assigned(stores) == {"甲店": "李娜", "乙店": "王芳", "丙店": "王芳"}
