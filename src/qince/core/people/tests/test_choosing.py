"""Choosing people in a form: found by typing, within what the asker may see, at the same cost whatever their number."""

import re
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from qince.core.people.choices import COLLEAGUES, PEOPLE
from qince.core.people.filtering import ByDepartment
from qince.core.people.models import Department, Employee
from qince.core.people.rules import MASK_MOBILE, MASK_NUMBER, VIEW
from qince.core.people.tests import factories
from qince.kit import clock
from qince.kit.choosing import OneOf, SomeOf, known
from qince.kit.choosing.collections import LIMIT
from qince.kit.choosing.fields import SHORT
from qince.kit.resource import ActorForm


class OneForm(ActorForm):
    who = OneOf(PEOPLE, required=False)


class SomeForm(ActorForm):
    who = SomeOf(PEOPLE)


@pytest.fixture
def team(inside):
    """A manager with a rep below, somebody of another line, and an administrator."""
    unit = factories.department("华东一区")
    manager = factories.employee("李经理", roles=["manager"], department=unit)
    rep = factories.employee("王芳", leader=manager, department=unit)
    other = factories.employee("赵敏")
    return manager, rep, other, factories.employee("林主任", roles=["administrator"])


def many(n=SHORT + 5):
    return [factories.employee(f"员工{number:03d}") for number in range(n)]


def found(person, text, collection=PEOPLE, **more):
    answer = factories.browser(person).get(reverse("choose", args=[collection.name]), {"q": text, **more})
    assert answer.status_code == 200
    return [each["label"] for each in answer.json()["results"]]


def posted(form, actor, **data):
    sent = QueryDict(mutable=True)
    for name, value in data.items():
        sent.setlist(name.replace("_typed", "-typed"), value if isinstance(value, list) else [value])
    return form(sent, actor=actor)


def test_people_are_found_by_part_of_the_name_by_its_sound_and_by_number(team):
    *_line, admin = team
    number = Employee.objects.get(name="王芳").number
    for text in ("王", "芳", "wangfang", "wangf", "wf", "WF", "wang fang", number):
        assert found(admin, text) == ["王芳"], text
    assert found(admin, "fang") == ["王芳"]  # a syllable within
    assert found(admin, "angf") == []  # no syllable begins there
    assert found(admin, "没有") == found(admin, "%") == found(admin, "_") == found(admin, "\0x") == []


def test_the_department_tells_people_apart_and_the_number_those_of_the_same_name(team):
    _manager, rep, _other, admin = team
    twin = factories.employee("王芳")
    answer = factories.browser(admin).get(reverse("choose", args=["people"]), {"q": "王芳"}).json()["results"]
    assert {each["id"]: each["hint"] for each in answer} == {
        str(rep.pk): f"华东一区 · {rep.number}", str(twin.pk): twin.number,
    }  # fmt: skip


def test_nobody_is_found_out_of_reach_gone_or_restricted(team):
    manager, rep, other, admin = team
    assert found(manager, "赵敏") == []
    assert found(manager, "王芳") == ["王芳"]
    Employee.objects.filter(pk=rep.pk).update(status="left")
    Employee.objects.filter(pk=other.pk).update(restricted_at=clock.now())
    assert found(admin, "王芳") == found(admin, "赵敏") == []
    assert "王芳" in found(admin, "王", known()["people_and_former"])


def test_a_masked_number_finds_nobody(team):
    """Else somebody could try out numbers and see who answers."""
    _manager, rep, _other, admin = team
    assert found(admin, rep.mobile[3:]) == ["王芳"]
    assert found(admin, rep.mobile[3:9]) == []  # nor does a part of one
    desk = factories.holding(factories.employee("钱前台"), VIEW, masked=[MASK_MOBILE, MASK_NUMBER])
    assert found(desk, "王芳") == ["王芳"]
    assert found(desk, rep.mobile[3:]) == found(desk, rep.number) == []
    assert not posted(OneForm, factories.actor(desk), who_typed=rep.number).is_valid()


def test_at_most_twenty_are_told_and_those_left_out_are_not(team):
    *_line, admin = team
    made = many()
    assert len(found(admin, "员工")) == LIMIT
    assert found(admin, "员工000", without=str(made[0].pk)) == []
    assert found(admin, "员工000", without="nonsense") == ["员工000"]


def test_strangers_and_unknown_collections_get_nothing(team, client):
    *_line, admin = team
    assert client.get(reverse("choose", args=["people"])).status_code in (302, 401)
    assert factories.browser(admin).get(reverse("choose", args=["nothing"])).status_code == 404


def test_what_is_sent_is_checked_against_the_same_rows(team):
    manager, rep, other, _admin = team
    actor = factories.actor(manager)
    assert posted(OneForm, actor, who=str(rep.pk)).is_valid()
    for wrong in (str(other.pk), "nonsense", "\0"):
        form = posted(OneForm, actor, who=wrong)
        assert not form.is_valid()
        assert list(form.errors) == ["who"], wrong
        assert not posted(SomeForm, actor, who=[str(rep.pk), wrong]).is_valid()
    some = posted(SomeForm, actor, who=[str(rep.pk), str(manager.pk)])
    assert some.is_valid()
    assert set(some.cleaned_data["who"]) == {rep, manager}
    assert not posted(SomeForm, actor).is_valid()


def test_without_scripts_the_number_the_mobile_or_the_name_is_typed(team, in_english):
    manager, rep, other, _admin = team
    actor = factories.actor(manager)
    for typed in (rep.number, rep.number.lower(), rep.mobile[3:], "王芳"):
        form = posted(OneForm, actor, who_typed=typed)
        assert form.is_valid(), typed
        assert form.cleaned_data["who"] == rep
    for typed in (other.number, "赵敏", "王"):
        form = posted(OneForm, actor, who_typed=typed)
        assert not form.is_valid()
        assert typed in form.errors["who"][0]
        assert typed in str(form["who"])  # what was typed is not lost
    factories.employee("王芳", leader=manager)
    twice = posted(OneForm, factories.actor(manager), who_typed="王芳")
    assert "more than one" in twice.errors["who"][0]
    both = posted(
        SomeForm, factories.actor(manager), who=[str(manager.pk)], who_typed=f"{rep.number}，李经理"
    )
    assert both.is_valid()
    assert set(both.cleaned_data["who"]) == {manager, rep}


def test_a_typed_choice_replaces_the_one_before(team):
    manager, rep, _other, _admin = team
    form = posted(OneForm, factories.actor(manager), who=str(manager.pk), who_typed=rep.number)
    assert form.is_valid()
    assert form.cleaned_data["who"] == rep


def test_a_form_reads_no_more_of_ten_thousand_than_of_thirty(team):
    """The page holds what is chosen; neither the queries nor the rows read grow with the number of people."""
    _manager, rep, _other, admin = team

    def cost():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page = str(SomeForm(actor=factories.actor(admin), initial={"who": [rep.pk]}))
            page += str(OneForm(actor=factories.actor(admin), initial={"who": rep.pk}))
        return len(queries), page

    many(30)
    few_queries, few = cost()
    Employee.objects.bulk_create(
        Employee(name=f"众人{number}", mobile=f"+86177{number:08d}", status="active") for number in range(500)
    )
    more_queries, more = cost()
    assert (few_queries, len(few)) == (more_queries, len(more))
    assert "众人" not in more
    assert "员工" not in more
    assert "王芳" in more


def test_a_short_collection_is_a_plain_list(team):
    manager, rep, *_rest = team
    page = str(OneForm(actor=factories.actor(manager), initial={"who": rep.pk}))
    assert "<select" in page
    assert re.search(rf'value="{rep.pk}" selected', page)
    assert "<select" not in str(SomeForm(actor=factories.actor(manager)))


def test_colleagues_are_those_one_may_name_and_never_oneself(team):
    _manager, rep, _other, _admin = team
    assert found(rep, "", COLLEAGUES) == ["李经理"]


def test_departments_are_offered_as_a_tree_and_found_with_what_is_above(inside):
    sales, market = factories.department("销售部"), factories.department("市场部")
    Department.objects.filter(pk=market.pk).update(sequence=1)  # after 销售部, whatever the alphabet says
    east = factories.department("华东一区", parent=sales)
    factories.department("城区组", parent=east)
    browser = factories.browser(factories.employee("林主任", roles=["administrator"]))

    def asked(**query):
        return browser.get(reverse("choose", args=["departments"]), query).json()["results"]

    tree = [(each["label"], each["depth"]) for each in asked()]
    assert tree == [("销售部", 0), ("华东一区", 1), ("城区组", 2), ("市场部", 0)]
    assert [(each["label"], each["hint"]) for each in asked(q="组")] == [("城区组", "销售部/华东一区")]
    assert [each["label"] for each in asked(without=str(market.pk))] == ["销售部", "华东一区", "城区组"]


def test_a_filter_of_departments_holds_what_the_address_says_and_refuses_what_is_none(inside):
    unit = factories.department("华东一区")
    admin = factories.actor(factories.employee("林主任", roles=["administrator"]))

    def narrowed(actor, **query):
        return ByDepartment(QueryDict(urlencode(query)), actor=actor)

    assert narrowed(admin, department=str(unit.pk)).chosen == unit.pk
    assert narrowed(admin, **{"department-typed": "华东一区"}).chosen == unit.pk
    assert narrowed(admin).chosen is None
    wrong = narrowed(admin, department="x")
    assert (wrong.chosen, bool(wrong["department"].errors)) == (None, True)
    nobody = narrowed(factories.actor(factories.employee("王芳")), department=str(unit.pk))
    assert (nobody.is_offered, nobody.chosen) == (False, None)
