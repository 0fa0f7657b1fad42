"""Routes become plans; what was done stays; a store taken from a rep leaves them."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from qince.core.people.tests import factories as people
from qince.employee.calendar import overlays
from qince.employee.leave.events import LeaveApproved, LeaveChanged
from qince.employee.leave.models import LeaveDay, LeaveRequest
from qince.employee.leave.reckoning.terms import Terms
from qince.employee.leave.tests.factories import leave_type
from qince.kit import clock
from qince.kit.errors import Forbidden, NotFound, Refusal
from qince.kit.tenancy import tenant
from qince.masterdata.customers.actions import assign_customers
from qince.masterdata.customers.tests import factories
from qince.masterdata.customers.tests.test_screens import MasterDataSuite, signed_in
from qince.sales.routes import handlers
from qince.sales.routes.actions import plan_ahead, set_route
from qince.sales.routes.models import PlannedVisit, Route
from qince.sales.routes.planning import week_of_cycle
from qince.sales.routes.screens import PLANS, ROUTES

MONDAY = date(2026, 11, 23)


@pytest.fixture
def team(organization):
    with tenant(organization):
        manager = people.employee("李经理", roles=["manager"])
        rep = people.employee("王芳", leader=manager, roles=["rep"])
        return manager, rep, [factories.store(rep) for _ in range(3)]


@pytest.fixture
def entered(organization, team):
    with tenant(organization):
        yield team


def route_of(team, *stops, today=MONDAY, **more):
    manager, rep, _stores = team
    given = {"employee": rep, "name": "每周路线", "starts_on": MONDAY, "today": today, "stops": stops, **more}
    return set_route(people.actor(manager), **given)


def plans():
    rows = PlannedVisit.objects.order_by("on", "sequence")
    return [(row.on, row.customer_id, row.sequence, row.status) for row in rows]


def test_a_weekly_route_plans_today_and_the_week_ahead_in_order(entered):
    a, b, c = (store.pk for store in entered[2])
    route_of(entered, (1, 0, b), (1, 0, a), (1, 2, c))
    assert plans() == [
        (MONDAY, b, 1, "planned"),
        (MONDAY, a, 2, "planned"),
        (MONDAY + timedelta(days=2), c, 1, "planned"),
        (MONDAY + timedelta(days=7), b, 1, "planned"),
        (MONDAY + timedelta(days=7), a, 2, "planned"),
    ]


def test_replanning_keeps_what_was_done_and_drops_what_was_open(entered):
    a, b, c = (store.pk for store in entered[2])
    route = route_of(entered, (1, 0, a), (1, 0, b))
    PlannedVisit.objects.filter(on=MONDAY, customer=a).update(status="done")
    route_of(entered, (1, 0, c), route=route)
    assert [row[1:] for row in plans() if row[0] == MONDAY] == [(a, 1, "done"), (c, 1, "planned")]


def test_a_two_week_cycle_counts_from_its_anchor_and_not_from_the_iso_week(entered):
    a, b, _c = (store.pk for store in entered[2])
    route_of(entered, (1, 0, a), (2, 0, b), weeks_in_cycle=2)
    assert [(row[0], row[1]) for row in plans()] == [(MONDAY, a), (MONDAY + timedelta(days=7), b)]
    assert week_of_cycle(date(2027, 1, 4), anchor=date(2026, 12, 28), weeks=2) == 2


def test_stores_of_others_are_refused(entered):
    with pytest.raises(Refusal, match="not_assigned"):
        route_of(entered, (1, 0, factories.store().pk))


def test_a_manager_plans_only_for_the_own_line_and_a_rep_for_nobody(entered):
    manager, rep, stores = entered
    other = people.employee("孙旁", roles=["rep"])
    given = {"name": "x", "starts_on": MONDAY, "today": MONDAY, "stops": []}
    with pytest.raises(NotFound):
        set_route(people.actor(manager), employee=other, **given)
    with pytest.raises(Forbidden):
        set_route(people.actor(rep), employee=rep, **given)
    assert stores


def test_a_store_given_to_another_leaves_route_and_open_plans(entered):
    manager, _rep, stores = entered
    second = people.employee("赵敏", leader=manager, roles=["rep"])
    today = clock.local_date(clock.now(), "Asia/Shanghai")
    days = [(1, day, store.pk) for day in range(7) for store in stores[:2]]
    route = route_of(entered, *days, today=today, starts_on=today)
    PlannedVisit.objects.filter(on=today, customer=stores[0]).update(status="done")
    assign_customers(people.actor(manager), customers=[stores[0].pk], employee=second, now=clock.now())
    assert set(route.stops.values_list("customer", flat=True)) == {stores[1].pk}
    left = PlannedVisit.objects.filter(customer=stores[0]).values_list("on", "status")
    assert list(left) == [(today, "done")]


def test_the_night_plans_ahead_and_calls_missed_what_is_past(entered):
    a = entered[2][0].pk
    route_of(entered, (1, 0, a))
    later = MONDAY + timedelta(days=10)
    plan_ahead(later)
    plan_ahead(later)
    assert [(row[0], row[3]) for row in plans()] == [
        (MONDAY, "missed"),
        (MONDAY + timedelta(days=7), "missed"),
        (MONDAY + timedelta(days=14), "planned"),
    ]


# --- The editor -----------------------------------------------------------------------------------


def test_the_editor_saves_the_order_of_a_day(team, organization):
    manager, _rep, stores = team
    with tenant(organization):
        route = route_of(team)
    url = reverse("routes:route_detail", args=[route.pk])
    browser = signed_in(manager)
    assert stores[0].code in browser.get(url).text
    posted = {"name": "新名", "starts_on": "2026-11-23", "weeks_in_cycle": "1"}
    stop = [f"1:3:{stores[2].pk}", f"1:3:{stores[0].pk}", f"1:3:{stores[2].pk}", f"2:3:{stores[1].pk}"]
    assert browser.post(url, {**posted, "stop": stop}).status_code == 302
    with tenant(organization):
        route.refresh_from_db()
        kept = route.stops.order_by("sequence").values_list("week", "weekday", "customer")
        assert route.name == "新名"
        assert list(kept) == [(1, 3, stores[2].pk), (1, 3, stores[0].pk)]


@pytest.mark.parametrize("stop", ["1:3:x", "x", "1:3:00000000-0000-7000-8000-000000000000"])
def test_the_editor_refuses_what_is_no_stop_of_this_rep(team, organization, stop):
    with tenant(organization):
        route = route_of(team)
    url = reverse("routes:route_detail", args=[route.pk])
    posted = {"name": "x", "starts_on": "2026-11-23", "weeks_in_cycle": "1", "stop": [stop]}
    assert signed_in(team[0]).post(url, posted).status_code in (400, 422)


def test_a_rep_sees_the_own_route_and_changes_nothing(team, organization):
    with tenant(organization):
        route = route_of(team, (1, 0, team[2][0].pk))
        stranger = people.employee("孙旁", roles=["rep"])
    url = reverse("routes:route_detail", args=[route.pk])
    browser = signed_in(team[1])
    page = browser.get(url)
    assert page.status_code == 200
    assert 'type="submit" form="route"' not in page.text
    assert (
        browser.post(url, {"name": "x", "starts_on": "2026-11-23", "weeks_in_cycle": "1"}).status_code == 403
    )
    assert signed_in(stranger).get(url).status_code == 404


class TestRoutes(MasterDataSuite):
    resource = ROUTES

    def make(self, n):
        return [
            Route.objects.create(name="每周路线", employee=people.employee(), starts_on=MONDAY)
            for _ in range(n)
        ]


class TestPlans(MasterDataSuite):
    resource = PLANS

    def make(self, n):
        rep = people.employee()
        return [
            PlannedVisit.objects.create(employee=rep, customer=factories.store(), on=MONDAY) for _ in range(n)
        ]


def on_leave(rep, first, last, state="approved"):
    """Approved leave, as the room of leave writes it and tells of it."""
    admin = people.actor(people.employee("HR", roles=["administrator"]))
    kind = leave_type(admin, now=clock.now(), terms=Terms(), name=f"事假{state}")
    row = LeaveRequest.objects.create(
        employee=rep, type=kind, version=kind.versions.get(), segments=[], qty=1, first_on=first, last_on=last,
        state=state, submitted_at=clock.now(),
    )  # fmt: skip
    days = [first + timedelta(days=step) for step in range((last - first).days + 1)]
    for on in days:
        LeaveDay.objects.create(request=row, on=on, part="full", qty=1, why="work")
    return row, tuple(days)


def test_no_visit_is_planned_on_approved_leave(entered):
    _manager, rep, stores = entered
    on_leave(rep, MONDAY, MONDAY)
    on_leave(rep, MONDAY + timedelta(days=7), MONDAY + timedelta(days=7), state="pending")
    route = route_of(entered, (1, 0, stores[0].pk), (1, 2, stores[1].pk))
    expected = [MONDAY + timedelta(days=2), MONDAY + timedelta(days=7)]
    assert [row[0] for row in plans()] == expected
    plan_ahead(MONDAY)
    assert [row[0] for row in plans()] == expected
    assert route.stops.count() == 2  # the route itself stays as it is


def test_leave_approved_later_takes_planned_visits_away_and_called_off_brings_them_back(entered, monkeypatch):
    _manager, rep, stores = entered
    route_of(entered, (1, 0, stores[0].pk), (1, 2, stores[1].pk))
    PlannedVisit.objects.filter(on=MONDAY).update(status="done")
    row, days = on_leave(rep, MONDAY, MONDAY + timedelta(days=4))
    handlers.drop_visits(LeaveApproved(row.pk, rep.pk, days[0], days[-1], days))
    assert [(each[0], each[3]) for each in plans()] == [
        (MONDAY, "done"),
        (MONDAY + timedelta(days=7), "planned"),
    ]
    LeaveRequest.objects.filter(pk=row.pk).update(state="cancelled")
    monkeypatch.setattr(handlers.timezone, "localdate", lambda: MONDAY)
    handlers.plan_visits_again(LeaveChanged(row.pk, rep.pk, days[0], days[-1]))
    assert [each[0] for each in plans()] == [
        MONDAY, MONDAY + timedelta(days=2), MONDAY + timedelta(days=7),
    ]  # fmt: skip


def test_planned_visits_lie_over_the_agenda_of_whoever_may_see_them(entered):
    manager, rep, stores = entered
    route_of(entered, (1, 0, stores[0].pk), (1, 0, stores[1].pk))
    stranger = people.employee("孙旁", roles=["rep"])
    for viewer, expected in ((rep, 1), (manager, 1), (stranger, 0)):
        found = overlays.overlays(people.actor(viewer), [rep.pk], MONDAY, MONDAY, ["visits"])
        assert len(found) == expected
    (found,) = overlays.overlays(people.actor(rep), [rep.pk], MONDAY, MONDAY, ["visits"])
    assert found.all_day
    assert "2" in found.label
