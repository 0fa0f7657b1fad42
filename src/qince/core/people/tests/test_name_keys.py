"""Names in the order of their sound: in each way a row is written, and on the pages."""

import pytest
from django.urls import reverse

from qince.core.people.models import Employee
from qince.core.people.tests import factories as people
from qince.kit import bulk
from qince.kit.ids import uuid7
from qince.kit.spelling import key_of, spelled
from qince.kit.tenancy import tenant
from qince.masterdata.customers.models import Customer

NAMES = ["张伟", "王芳", "李娜", "陈晓东", "单雄信"]
IN_ORDER = ["陈晓东", "李娜", "单雄信", "王芳", "张伟"]


def stored(model=Employee):
    return list(model.objects.order_by("name_key").values_list("name", "name_key"))


def blank(name):
    return Employee(name=name, mobile=f"+86139{uuid7().int % 10**8:08d}")


@pytest.mark.parametrize(
    "write",
    [
        lambda rows: [row.save() for row in rows],
        lambda rows: Employee.objects.bulk_create(rows),
        lambda rows: bulk.insert(rows),
    ],
    ids=["one by one", "bulk_create", "kit.bulk"],
)
def test_each_way_of_inserting_writes_the_key(inside, write):
    write([blank(name) for name in NAMES])
    assert stored() == [(name, spelled(name, is_person=True)) for name in IN_ORDER]


@pytest.mark.parametrize("way", ["save", "bulk_update"])
def test_a_new_name_has_a_new_key(inside, way):
    people.employee("王芳")
    row = Employee.objects.get()
    row.name = "艾芳"
    row.save() if way == "save" else Employee.objects.bulk_update([row], ["name", "name_key"])
    assert stored() == [("艾芳", spelled("艾芳"))]


def test_a_row_loaded_in_part_is_saved_in_part(inside):
    people.employee("王芳")
    row = Employee.objects.only("position").get()
    row.position = "主管"
    row.save()
    assert stored() == [("王芳", spelled("王芳"))]


def test_the_list_stands_in_the_order_of_sound_both_ways(organization):
    with tenant(organization):
        boss = people.employee("艾琳", roles=["administrator"])
        for name in NAMES:
            people.employee(name)
        browser = people.browser(boss)
        for sort, expected in (("name", ["艾琳", *IN_ORDER]), ("-name", [*reversed(IN_ORDER), "艾琳"])):
            listing = browser.get(reverse("people:employees_list"), {"sort": sort}).context["listing"]
            assert [row.object.name for row in listing.rows] == expected


def test_grouping_keeps_people_of_one_department_together(organization):
    with tenant(organization):
        boss = people.employee("艾琳", roles=["administrator"])
        for name, department in (
            ("张伟", people.department("市场部")),
            ("王芳", people.department("采购部")),
        ):
            people.employee(name, department=department)
        browser = people.browser(boss)
        listing = browser.get(reverse("people:employees_list"), {"group": "main_department"}).context[
            "listing"
        ]
        assert [row.group for row in listing.rows] == ["采购部", "市场部", "—"]


def test_the_department_filter_names_paths_in_the_order_of_the_tree(organization):
    with tenant(organization):
        boss = people.employee("艾琳", roles=["administrator"])
        sales = people.department("销售部")
        people.department("华东一区", sales)
        people.department("财务部")
        browser = people.browser(boss)
        url = reverse("people:employees_filter", args=["department"])
        text = browser.get(url).text
        places = [text.index(name) for name in ("财务部", "销售部", "销售部/华东一区")]
        assert places == sorted(places)
        narrowed = browser.get(url, {"typed": "华东"}).text
        assert "销售部/华东一区" in narrowed
        assert "财务部" not in narrowed
        chosen = browser.get(reverse("people:employees_list"), {"department": str(sales.children.get().pk)})
        assert "销售部/华东一区" in chosen.text


def test_the_key_is_found_beside_the_name():
    assert (key_of(Customer, "name"), key_of(Customer, "code")) == ("name_key", "code")
