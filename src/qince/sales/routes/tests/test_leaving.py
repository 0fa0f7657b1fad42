"""Nobody is planned for who has left, and a leaver misses nothing after the last day."""

from datetime import timedelta

import pytest

from qince.core.people.actions import leave
from qince.core.people.models import Employee
from qince.core.people.tests import factories as people
from qince.kit import clock
from qince.kit.errors import Refusal
from qince.masterdata.customers.tests import factories
from qince.sales.routes.actions import plan_again, plan_ahead, set_route
from qince.sales.routes.models import PlannedVisit, Route
from qince.sales.routes.screens import ROUTES

TODAY = clock.local_date(clock.now(), "Asia/Shanghai")
DAY = timedelta(days=1)


@pytest.fixture
def team(inside):
    """An administrator; a manager; a rep with a route through one store every day since last week."""
    manager = people.employee("李经理", roles=["manager"])
    rep = people.employee("王芳", leader=manager, roles=["rep"])
    store = factories.store(rep)
    begun = TODAY - timedelta(days=7)
    route = set_route(
        people.actor(manager), employee=rep, name="每周路线", starts_on=begun, today=begun,
        stops=[(1, day, store.pk) for day in range(7)],
    )  # fmt: skip
    plan_ahead(TODAY)
    admin = people.employee("唐德胜", roles=["administrator"])
    return {"admin": admin, "manager": manager, "rep": rep, "store": store, "route": route}


def gone(team, **more):
    leave(people.actor(team["admin"]), team["rep"], now=clock.now(), **more)


def planned(*, since, **more):
    return list(
        PlannedVisit.objects.filter(on__gte=since, **more).order_by("on").values_list("on", flat=True)
    )


def test_the_leavers_route_ends_and_the_open_days_are_nobodys(team):
    assert len(planned(since=TODAY)) == 8
    gone(team)
    assert Route.objects.get(pk=team["route"].pk).ends_on == TODAY
    assert planned(since=TODAY) == []
    assert PlannedVisit.objects.filter(status="missed").count() == 7


def test_the_hourly_job_plans_for_a_leaver_no_more(team):
    gone(team)
    Route.objects.update(ends_on=None)  # as a route stands that another way of leaving forgot
    plan_ahead(TODAY)
    plan_ahead(TODAY + 9 * DAY)
    assert plan_again(team["rep"].pk, today=TODAY) == 0
    assert planned(since=TODAY) == []


def test_the_job_goes_on_planning_for_those_who_are_here(team):
    other = people.employee("赵敏", leader=team["manager"], roles=["rep"])
    store = factories.store(other)
    set_route(
        people.actor(team["manager"]), employee=other, name="每周路线", starts_on=TODAY, today=TODAY,
        stops=[(1, TODAY.weekday(), store.pk)],
    )  # fmt: skip
    gone(team, successor=other)
    plan_ahead(TODAY + 7 * DAY)
    assert planned(since=TODAY, customer=store) == [TODAY, TODAY + 7 * DAY, TODAY + 14 * DAY]


def test_whoever_left_days_ago_missed_nothing_since(team):
    PlannedVisit.objects.filter(on=TODAY - DAY).update(status="done")
    gone(team, on=TODAY - 4 * DAY)
    rows = PlannedVisit.objects.order_by("on").values_list("on", "status")
    assert list(rows) == [
        *((TODAY - day * DAY, "missed") for day in (7, 6, 5, 4)),
        (TODAY - DAY, "done"),
    ]


def test_no_route_is_laid_for_who_has_left(team):
    gone(team)
    left = Employee.objects.get(pk=team["rep"].pk)
    with pytest.raises(Refusal, match="employee_left"):
        set_route(
            people.actor(team["admin"]), employee=left, name="x", starts_on=TODAY, today=TODAY, stops=[]
        )


def test_the_ended_route_is_read_and_filtered_but_not_edited(team):
    gone(team)
    browser = people.browser(team["admin"])
    url = ROUTES.url("detail", team["route"].pk)
    page = browser.get(url)
    assert "This route ended on" in page.text
    # It stands as it was, for whoever lays the successor's.
    assert len(page.context["data"]["stops"]) == 7
    assert [each["label"] for each in page.context["data"]["stores"]] == [team["store"].name]
    assert browser.post(url, {"name": "x", "starts_on": TODAY, "weeks_in_cycle": 1}).status_code == 403
    assert "每周路线" in browser.get(f"{ROUTES.url('list')}?running=0").text
    assert "每周路线" not in browser.get(f"{ROUTES.url('list')}?running=1").text
