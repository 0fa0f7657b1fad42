"""S1 inside one organization: rows of a colleague who is not below oneself look absent; a move shows at once."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest

from qince.core.people import actions as people_actions
from qince.core.people.models import Membership
from qince.core.people.tests import factories as people
from qince.kit import clock
from qince.kit.tenancy import tenant
from tests.access.asking import Absent, ask, browser, undone
from tests.access.conftest import OTHER
from tests.access.planting import person, plant
from tests.access.routes import console_routes, is_understood
from tests.conftest import FULL

# What everybody in the organization shares: nobody's row, so a colleague may open it.
SHARED = {
    "people.Department",
    "access.Role",
    "products.Product",
    "visits.VisitTemplate",
    "attendance.WorkPlace",
    "attendance.Shift",
    "attendance.Group",
    "attendance.SpecialDay",
    "rights.CalendarDay",
    "forms.Form",
    "forms.FormVersion",
    "forms.Assignment",
    "leave.LeaveType",
    "leave.TypeVersion",
    "daily_reports.Template",
    "daily_reports.TemplateVersion",
    "approvals.Flow",
    "approvals.FlowVersion",
}
# Words of the organization's own vocabulary: whoever may narrow a list by them is offered all that are in use.
VOCABULARY = {"customers.Customer": {"channel", "district"}}


@pytest.fixture
def colleague(world):
    """Another rep's rows, under a manager of their own."""
    with tenant(world.home):
        boss = person(f"{OTHER}boss", roles=["manager"], mark=OTHER)
        other = person(f"{OTHER}rep", roles=["rep"], leader=boss, mark=OTHER)
    return plant(world.home, other, OTHER)


def personal_routes():
    routes = [route for route in console_routes() if is_understood(route)]
    return [route for route in routes if route.keys and not set(route.keys.values()) & SHARED]


@pytest.mark.parametrize("role", ["rep", "manager"])
def test_a_colleagues_rows_look_absent(world, colleague, role):
    absent, faults = Absent(browser(world.staff[role])), []
    never = dict.fromkeys(["upload", *colleague.ids], uuid4())
    for route in personal_routes():
        pairs = zip(route.addresses(colleague.ids_for(route)), route.addresses(never), strict=True)
        for path, nowhere in pairs:
            for method, data in (("GET", None), ("POST", {"confirmed": "1"})):
                with undone(absent.client):
                    answer = ask(absent.client, method, path, data)
                if fault := absent.fault(answer, method, nowhere, data):
                    faults.append(f"{method} {path} {answer.status}: {fault}")
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("role", ["rep", "manager"])
def test_lists_and_exports_leave_a_colleagues_rows_out(world, colleague, role):
    """Personal texts of the colleague are nowhere; names of what all share may be."""
    client, faults = browser(world.staff[role]), []
    personal = _personal(colleague)
    for route in console_routes():
        if (
            not is_understood(route)
            or route.keys
            or (route.resource and route.resource.model._meta.label in SHARED)
        ):
            continue
        for path in route.addresses({}):
            for query in ({}, {"q": OTHER}) if FULL or _searches(route) else ({},):
                with undone(client):
                    told = ask(client, "GET", path, query).body
                if found := [text for text in personal if re.search(rf"{re.escape(text)}(?!\d)", told)]:
                    faults.append(f"{path} {query}: tells {found}")
    assert not faults, "\n".join(faults)


def _searches(route):
    return route.name.endswith("_list") or "search" in route.name


def _personal(colleague):
    """Texts and ids of rows that are somebody's, the customers assigned to them among them."""
    rows = {label: row for label, row in colleague.rows.items() if label not in SHARED}
    texts = [
        value
        for label, row in rows.items()
        for each in row._meta.concrete_fields
        if each.name not in VOCABULARY.get(label, ())
        and isinstance(value := getattr(row, each.attname), str)
        and OTHER in value
    ]
    return sorted({*texts, *(str(row.pk) for row in rows.values())})


def test_ones_own_rows_are_shown_to_a_rep(world):
    """The twin: a rep's lists are not simply empty."""
    own = plant(world.home, world.staff["rep"], OTHER)
    client = browser(world.staff["rep"])
    lists = [route for route in console_routes() if route.name.endswith("_list") and route.resource]
    told = {
        route.name
        for route in lists
        for path in route.addresses({})
        if OTHER in ask(client, "GET", path).body
    }
    assert {"customers:customer_list", "visits:visit_list", "people:employees_list"} <= told
    assert own


@pytest.fixture
def regions(world):
    """A sub-administrator over East alone, and an employee of West."""
    with tenant(world.home):
        east, west = people.department("East"), people.department("West")
        chief = person("east chief")
        people.grant(chief, "administrator", reach="departments", departments=[east])
        rep = person(f"{OTHER}west", roles=["rep"], mark=OTHER)
        membership = Membership.objects.create(employee=rep, department=west, starts_on=_yesterday())
    return chief, rep, east, membership


def _yesterday():
    return clock.now().date() - timedelta(days=1)


def test_a_sub_administrator_of_east_does_not_see_west_until_the_employee_moves(world, regions):
    chief, rep, east, _membership = regions
    client = browser(chief)
    pages = [f"/employees/{rep.pk}/", f"/employees/{rep.pk}/edit/", f"/employees/{rep.pk}/print/"]
    lists = [
        "/employees/",
        "/employees/print/",
        "/employees/export.csv",
        "/employees/export.xlsx",
        f"/search?q={OTHER}",
    ]
    assert [ask(client, "GET", page).status for page in pages] == [404, 404, 404]
    assert not [page for page in lists if OTHER in ask(client, "GET", page).body]
    with tenant(world.home):
        everyone = people.actor(world.staff["administrator"])
        people_actions.move_employee(everyone, rep, now=clock.now(), departments=[east])
    assert [ask(client, "GET", page).status for page in pages] == [200, 200, 200]
    assert not [page for page in lists if OTHER not in ask(client, "GET", page).body]


def test_the_east_chief_cannot_reach_beyond_east_by_writing(world, regions):
    """Editing, suspending or granting to a West employee looks like writing to nobody."""
    chief, rep, _east, _membership = regions
    client = browser(chief)
    ids = {"people.Employee": rep.pk}
    routes = [
        route
        for route in console_routes()
        if is_understood(route) and set(route.keys.values()) == {"people.Employee"}
    ]
    answers = {
        path: ask(client, "POST", path, {"confirmed": "1"}).status
        for route in routes
        for path in route.addresses(ids)
    }
    assert len(answers) >= 5
    assert set(answers.values()) <= {403, 404, 405}, answers
