"""The overview: whose day it shows, what it says, and the way in for a new organization."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from qince.core.people.tests import factories as people
from qince.kit.tenancy import tenant
from qince.sales.visits.tests import factories, records

PARTS = ("home:home", "home:figures", "home:people")


@pytest.fixture
def team(organization):
    with tenant(organization):
        manager = people.employee("陈晓东", roles=["manager"])
        mine = factories.rep("王芳", leader=manager)
        other = factories.rep("李娜")
        store, foreign = factories.store(mine, name="苏果便利"), factories.store(other, name="全家便利")
        plan = records.planned(mine, store, timezone.localdate())
        visit = records.visit(mine, store, plan=plan, on=timezone.localdate(), flags=["short"])
        records.visit(other, foreign, on=timezone.localdate(), flags=["short"])
        yield {"manager": manager, "mine": mine, "other": other, "visit": visit}


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("part", PARTS)
def test_every_part_shows_the_own_reporting_line_only(team, language, part):
    answer = people.browser(team["manager"], language).get(reverse(part))
    assert answer.status_code == 200
    assert "<c-" not in answer.text
    assert "全家便利" not in answer.text
    assert "李娜" not in answer.text
    if part != "home:figures":
        assert "苏果便利" in answer.text


def test_figures_of_the_day(team):
    totals = people.browser(team["manager"]).get("/").context["totals"]
    assert (totals.day.planned, totals.day.on_plan, totals.day.exceptions) == (1, 1, 1)
    assert (totals.day.adherence, totals.month.coverage) == (1.0, 1.0)
    assert totals.adherence_change is None  # nothing was planned a week ago


def test_a_rep_sees_the_same_about_oneself(team):
    answer = people.browser(team["mine"]).get("/")
    assert answer.context["is_only_me"]
    assert [rep.employee.pk for rep in answer.context["reps"]] == [team["mine"].pk]


def test_the_map_shows_stores_in_sight_and_leads_to_the_visit(team):
    points = people.browser(team["manager"]).get(reverse("home:places")).json()["points"]
    assert [(point["label"], point["tone"]) for point in points] == [("苏果便利", "orange")]
    assert points[0]["url"] == reverse("visits:visit_detail", args=[team["visit"].pk])


def test_the_chart_counts_the_reporting_line(team):
    chart = people.browser(team["manager"]).get(reverse("home:chart")).json()
    assert sum(sum(series["values"]) for series in chart["series"]) == 1


def test_live_parts_say_what_they_listen_to(team):
    text = people.browser(team["manager"]).get("/").text
    assert text.count("data-live=") == 5  # the bell above, too
    assert "<qince-live" in text


def test_a_past_day_is_not_live(team):
    answer = people.browser(team["manager"]).get("/", {"on": "2026-01-05"})
    assert 'topics="visits' not in answer.text
    assert answer.context["totals"].day.adherence is None
    assert people.browser(team["manager"]).get("/", {"on": "not a day"}).status_code == 200


def test_a_stranger_is_sent_to_sign_in(client, db):
    assert client.get("/")["Location"].startswith("/sign-in/")


def test_a_new_organization_is_led_through_the_first_steps(organization):
    with tenant(organization):
        browser = people.browser(people.employee("唐德胜", roles=["administrator"]))
    answer = browser.get("/")
    titles = [each["step"].url for each in answer.context["steps"]]
    assert titles[:4] == [
        "people:employees_import",
        "access:leaders",
        "customers:customer_import",
        "products:product_import",
    ]
    assert answer.context["next"].url == "people:employees_import"
    with tenant(organization):
        people.employee("王芳")
    answer = browser.get("/")
    assert answer.context["done"] == 2
    assert answer.context["next"].url == "customers:customer_import"


def test_somebody_who_sees_no_visits_is_greeted(organization):
    with tenant(organization):
        browser = people.browser(people.employee("无名"))
    assert browser.get("/").status_code == 200


def test_employees_are_found_within_the_reporting_line(team):
    found = people.browser(team["manager"]).get(reverse("search"), {"q": "王"}).json()["results"]
    assert "王芳" in [each["label"] for each in found]
    assert not people.browser(team["manager"]).get(reverse("search"), {"q": "李娜"}).json()["results"]


def test_the_overview_costs_the_same_for_one_rep_and_twenty(organization):
    with tenant(organization):
        boss = people.employee("唐德胜", roles=["administrator"])
        browser = people.browser(boss)

    def grow(n):
        with tenant(organization):
            for number in range(n):
                rep = factories.rep(f"代表{number}", leader=boss)
                records.visit(rep, factories.store(rep), on=timezone.localdate(), flags=["short"])

    def cost():
        with CaptureQueriesContext(connection) as captured:
            for part in (*PARTS, "home:chart", "home:places"):
                assert browser.get(reverse(part)).status_code == 200
        return len(captured)

    grow(2)
    browser.get("/")
    few = cost()
    grow(20)
    assert cost() <= few + 4  # noting whose sealed data was opened is a statement or two a page, however many
