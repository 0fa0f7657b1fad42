"""Writes of routes and plans."""

from collections.abc import Iterable, Mapping, Sequence, Set
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qince.core.people.models import Employee
from qince.employee.leave.queries import whole_days
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.errors import NotFound, Refusal
from qince.masterdata.customers.models import Assignment
from qince.sales.routes.models import PlannedVisit, Route, RouteStop
from qince.sales.routes.planning import stops_on
from qince.sales.routes.rules import PLAN

AHEAD = timedelta(days=7)
Stop = tuple[int, int, UUID]  # week of the cycle, weekday, customer
Away = Mapping[UUID, Set[date]]  # by employee


@action("routes.plan")
def set_route(
    actor: Actor,
    *,
    employee: Employee,
    name: str,
    starts_on: date,
    stops: Sequence[Stop],
    today: date,
    weeks_in_cycle: int = 1,
    route: Route | None = None,
) -> Route:
    """Create a route or replace its stops, then plan the coming days anew. What was done or missed stays."""
    _check(actor, employee, stops)
    is_new = route is None
    if route is None:
        route = Route(employee=employee, name=name)
    route.name, route.starts_on, route.weeks_in_cycle = name, starts_on, weeks_in_cycle
    route.full_clean(exclude=["organization"])
    route.save()
    before = 0 if is_new else route.stops.count()
    route.stops.all().delete()
    RouteStop.objects.bulk_create(_stops(route, stops))
    note(route, stops=(before, len(stops)))
    replan(route, today=today)
    return route


def _check(actor: Actor, employee: Employee, stops: Sequence[Stop]) -> None:
    if not actor.scope("routes.plan").covers(employee.pk):
        raise NotFound
    if employee.status == Employee.Status.LEFT:
        text = _("%(name)s has left the company.") % {"name": employee.name}
        raise Refusal("employee_left", text, field="employee")
    wanted = {customer for _week, _day, customer in stops}
    served = set(
        Assignment.objects.filter(employee=employee, ends_on__isnull=True, customer__in=wanted).values_list(
            "customer_id", flat=True
        )
    )
    if wanted - served:
        raise Refusal(
            "not_assigned",
            _("Some of these stores are not assigned to this rep. Assign them first."),
            field="stops",
            customers=sorted(map(str, wanted - served)),
        )


def _stops(route: Route, stops: Sequence[Stop]) -> list[RouteStop]:
    return [
        RouteStop(route=route, week=week, weekday=weekday, customer_id=customer, sequence=sequence)
        for sequence, (week, weekday, customer) in enumerate(stops, start=1)
    ]


def plan_again(employee_id: UUID, *, today: date) -> int:
    """The coming days of a person's running routes anew, because when that person is away has changed."""
    running = _running(today).filter(employee=employee_id)
    return sum(replan(route, today=today) for route in running.prefetch_related("stops"))


def _running(today: date) -> Any:
    """Routes by which the coming days are planned: those not ended, of people who are here."""
    present = Employee.objects.present().values("pk")
    return Route.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=today), employee__in=present)


@action("routes.end", permission=PLAN)
def end_routes(actor: Actor, *, employee: Employee, last_day: date, today: date) -> int:
    """Somebody left: their routes end today, nothing is planned for them any more, and after their last day they
    missed nothing. What was done stays. How many routes ended.
    """
    ended = list(Route.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=today), employee=employee))
    for route in ended:
        note(route, ends_on=(route.ends_on, today))
    Route.objects.filter(pk__in=[route.pk for route in ended]).update(ends_on=today)
    planned, missed = PlannedVisit.Status.PLANNED, PlannedVisit.Status.MISSED
    void = Q(status=planned, on__gte=today) | Q(status__in=(planned, missed), on__gt=last_day)
    PlannedVisit.objects.filter(void, employee=employee, visits__isnull=True).delete()
    return len(ended)


def replan(route: Route, *, today: date) -> int:
    """Throw away what is planned but not due before today, and plan the coming days again."""
    PlannedVisit.objects.filter(
        route=route, on__gte=today, status=PlannedVisit.Status.PLANNED, visits__isnull=True
    ).delete()
    return plan_days(route, first=today, last=today + AHEAD)


def plan_days(route: Route, *, first: date, last: date, away: Away | None = None) -> int:
    """Plan the route's stops from `first` to `last`, but for days of approved leave (`away`, when known already).

    Safe to run again: a store is planned once a day.
    """
    stops = list(route.stops.all())
    away = whole_days([route.employee_id], first, last) if away is None else away
    days = [on for on in _days(first, last) if on not in away.get(route.employee_id, ())]
    planned = [visit for on in days for visit in _planned(route, on, stops)]
    PlannedVisit.objects.bulk_create(planned, ignore_conflicts=True)
    return len(planned)


def _planned(route: Route, on: date, stops: Iterable[Any]) -> list[PlannedVisit]:
    if route.ends_on and on >= route.ends_on:
        return []
    due = stops_on(on, stops, anchor=route.starts_on, weeks=route.weeks_in_cycle)
    return [
        PlannedVisit(
            employee_id=route.employee_id, customer_id=stop.customer_id, route=route, on=on, sequence=sequence
        )
        for sequence, stop in enumerate(due, start=1)
    ]


def _days(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=offset) for offset in range((last - first).days + 1))


def plan_ahead(today: date) -> int:
    """Plan the coming days of every running route, and call missed what is past. For the hourly job."""
    running = _running(today).prefetch_related("stops")
    away = whole_days([route.employee_id for route in running], today, today + AHEAD)
    planned = sum(plan_days(route, first=today, last=today + AHEAD, away=away) for route in running)
    PlannedVisit.objects.filter(on__lt=today, status=PlannedVisit.Status.PLANNED).update(
        status=PlannedVisit.Status.MISSED
    )
    return planned
