"""A leaver's customers: they go to whoever takes over, and nobody is left with a person who is gone."""

from datetime import timedelta

import pytest

from qince.core.audit.models import Entry
from qince.core.people.actions import leave
from qince.core.people.screens import EMPLOYEES
from qince.core.people.tests import factories as people
from qince.kit import clock
from qince.masterdata.customers.models import Assignment, Customer
from qince.masterdata.customers.queries import CURRENT
from qince.masterdata.customers.screens import CUSTOMERS
from qince.masterdata.customers.sync import _versions
from qince.masterdata.customers.tests import factories

NOW = clock.now()
TODAY = clock.local_date(NOW, "Asia/Shanghai")


@pytest.fixture
def team(inside):
    """An administrator; a manager with two reps; two stores of the first rep's."""
    manager = people.employee("李经理", roles=["manager"])
    leaver, heir = (people.employee(name, leader=manager, roles=["rep"]) for name in ("王芳", "赵敏"))
    return {
        "admin": people.employee("唐德胜", roles=["administrator"]),
        "manager": manager,
        "leaver": leaver,
        "heir": heir,
        "stores": [factories.store(leaver) for _ in range(2)],
    }


def gone(team, **more):
    leave(people.actor(team["admin"]), team["leaver"], now=NOW, **more)


def holders(store):
    return sorted(Assignment.objects.filter(CURRENT, customer=store).values_list("employee__name", flat=True))


def test_the_successor_looks_after_the_leavers_customers_from_that_day_on(team):
    gone(team, successor=team["heir"])
    assert [holders(store) for store in team["stores"]] == [["赵敏"], ["赵敏"]]
    kept = Assignment.objects.filter(employee=team["leaver"]).values_list("ends_on", flat=True)
    assert list(kept) == [TODAY, TODAY]
    begun = Assignment.objects.filter(employee=team["heir"]).values_list("starts_on", flat=True)
    assert set(begun) == {TODAY}


def test_they_appear_on_the_successors_phone(team):
    phone = people.actor(team["heir"], client="phone")
    assert _versions(phone, NOW) == {}
    gone(team, successor=team["heir"])
    assert set(_versions(phone, NOW)) == {str(store.pk) for store in team["stores"]}


def test_without_a_named_successor_they_go_one_up(team):
    gone(team)
    assert [holders(store) for store in team["stores"]] == [["李经理"], ["李经理"]]


def test_without_anybody_above_nobody_has_them_and_a_filter_finds_them(team):
    team["leaver"].leader = None
    team["leaver"].save()
    factories.store(team["heir"])
    gone(team)
    assert [holders(store) for store in team["stores"]] == [[], []]
    page = people.browser(team["admin"]).get(f"{CUSTOMERS.url('list')}?assigned=0").text
    assert all(store.code in page for store in team["stores"])
    assert Customer.objects.filter(assignments__employee=team["heir"]).get().code not in page


def test_a_colleague_who_has_one_of_them_too_keeps_it_beside_the_successor(team):
    shared = team["stores"][0]
    since = TODAY - timedelta(days=9)
    for each in (team["heir"], people.employee("孙旁")):
        Assignment.objects.create(customer=shared, employee=each, starts_on=since)
    gone(team, successor=team["heir"])
    assert holders(shared) == ["孙旁", "赵敏"]
    assert Assignment.objects.get(CURRENT, customer=shared, employee=team["heir"]).starts_on == since


def test_the_trail_says_from_whom_to_whom(team):
    gone(team, successor=team["heir"])
    entries = Entry.objects.filter(action="customers.hand_over")
    assert {entry.target_id for entry in entries} == {store.pk for store in team["stores"]}
    assert all(entry.changes == {"unassigned_from": "王芳", "assigned_to": "赵敏"} for entry in entries)
    page = people.browser(team["admin"]).get(CUSTOMERS.url("detail", team["stores"][0].pk)).text
    assert "Handed over by a leaver" in page
    assert "customers.hand_over" not in page  # by the system, in words


def test_who_has_no_customers_hands_none_over(team):
    Assignment.objects.all().delete()
    gone(team, successor=team["heir"])
    assert not Assignment.objects.exists()
    assert not Entry.objects.filter(action__in=("customers.hand_over", "routes.end")).exists()


def test_the_leaving_page_says_what_waits_for_a_successor(team):
    browser = people.browser(team["admin"])
    page = browser.get(EMPLOYEES.url("act", team["leaver"].pk, "leave")).text
    assert "To be handed over: 2 customers." in page
    assert "nobody has them any more" not in page
    team["leaver"].leader = None
    team["leaver"].save()
    assert "nobody has them any more" in browser.get(EMPLOYEES.url("act", team["leaver"].pk, "leave")).text
    assert "To be handed over" not in browser.get(EMPLOYEES.url("act", team["heir"].pk, "leave")).text
