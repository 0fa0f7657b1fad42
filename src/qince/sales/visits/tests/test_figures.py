"""Figures against the worked example of the specification, and their limits."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from qince.core.people.tests import factories as people
from qince.sales.visits import figures
from qince.sales.visits.tests import factories, records

TODAY = timezone.localdate


@pytest.fixture
def manager(inside):
    return people.employee("陈晓东", roles=["manager"])


@pytest.fixture
def rep(manager):
    return factories.rep(leader=manager)


def a_day(rep, on):
    """10 stores, 8 planned, 6 made on plan and one ad hoc."""
    stores = [factories.store(rep, name=f"店{n}") for n in range(10)]
    plans = [records.planned(rep, store, on) for store in stores[:8]]
    for store, plan in list(zip(stores, plans, strict=False))[:6]:
        records.visit(rep, store, on=on, plan=plan)
    records.visit(rep, stores[8], on=on)
    return stores, plans


@pytest.mark.clause("C2.1.2-10")
def test_the_worked_example_gives_seventy_and_seventy_five_percent(manager, rep):
    a_day(rep, TODAY())
    found = figures.team_figures(people.actor(manager), TODAY(), TODAY())
    assert (found.planned, found.completed, found.on_plan, found.ad_hoc) == (8, 7, 6, 1)
    assert (found.universe, found.covered) == (10, 7)
    assert found.coverage == 0.70
    assert found.adherence == 0.75
    assert found.minutes == 15


def test_the_same_figures_stand_beside_the_person(manager, rep):
    a_day(rep, TODAY())
    by_rep = figures.figures_by_rep(people.actor(manager), TODAY(), TODAY())
    found = by_rep[rep.pk]
    assert (found.coverage, found.adherence, found.planned, found.ad_hoc) == (0.70, 0.75, 8, 1)


def test_without_a_denominator_a_ratio_is_blank(manager, rep):
    found = figures.team_figures(people.actor(manager), TODAY(), TODAY())
    assert (found.coverage, found.adherence, found.minutes) == (None, None, None)


def test_an_open_visit_and_one_on_another_day_do_not_count_for_the_plan(manager, rep):
    tomorrow = TODAY() + timedelta(days=1)
    first, second = factories.store(rep), factories.store(rep)
    records.visit(rep, first, plan=records.planned(rep, first, TODAY()), minutes=None)
    records.visit(rep, second, on=TODAY(), plan=records.planned(rep, second, tomorrow))
    found = figures.team_figures(people.actor(manager), TODAY(), tomorrow)
    assert (found.planned, found.on_plan, found.open, found.covered) == (2, 0, 1, 1)


def test_a_plan_called_off_is_not_planned(manager, rep):
    plan = records.planned(rep, factories.store(rep), TODAY())
    plan.status = "cancelled"
    plan.save()
    assert figures.team_figures(people.actor(manager), TODAY(), TODAY()).planned == 0


def test_a_store_two_reps_visit_is_covered_once_for_the_team(manager, rep):
    other = factories.rep("张伟", leader=manager)
    store = factories.store(rep)
    factories.Assignment.objects.create(customer=store, employee=other, starts_on=TODAY())
    records.visit(rep, store)
    records.visit(other, store)
    found = figures.team_figures(people.actor(manager), TODAY(), TODAY())
    assert (found.universe, found.covered, found.completed) == (1, 1, 2)


def test_figures_end_at_the_reporting_line(manager, rep):
    stranger = factories.rep("李娜")
    a_day(stranger, TODAY())
    found = figures.team_figures(people.actor(manager), TODAY(), TODAY())
    assert (found.planned, found.completed, found.universe) == (0, 0, 0)
    assert stranger.pk not in figures.figures_by_rep(people.actor(manager), TODAY(), TODAY())
    assert figures.by_hour(people.actor(manager), TODAY()) == {}


def test_each_visit_of_an_hour_is_counted_once(manager, rep):
    at = timezone.localtime().replace(hour=9, minute=10)
    plan_store, odd_store, free_store = (factories.store(rep) for _ in range(3))
    plan = records.planned(rep, plan_store, at.date())
    records.visit(rep, plan_store, plan=plan, at=at, on=at.date())
    records.visit(rep, odd_store, at=at, on=at.date(), verdict="outside", distance_m=480)
    records.visit(rep, free_store, at=at, on=at.date())
    assert figures.by_hour(people.actor(manager), at.date()) == {9: (1, 1, 1)}


def test_figures_cost_the_same_for_one_rep_and_twenty(manager, rep):
    actor = people.actor(manager)
    figures.figures_by_rep(actor, TODAY(), TODAY())

    def cost():
        with CaptureQueriesContext(connection) as captured:
            figures.figures_by_rep(actor, TODAY(), TODAY())
            figures.team_figures(actor, TODAY(), TODAY())
        return len(captured)

    few = cost()
    for number in range(20):
        a_day(factories.rep(f"代表{number}", leader=manager), TODAY())
    assert cost() == few == 6
