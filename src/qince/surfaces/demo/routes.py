"""Weekly routes: each rep's stores, shared out over six days by direction and walked from neighbour to neighbour."""

import math
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from qince.core.people.models import Employee
from qince.kit.geo import Point, nearby_m
from qince.masterdata.customers.models import Customer
from qince.masterdata.customers.queries import served_by
from qince.sales.routes.actions import AHEAD, plan_days, set_route
from qince.sales.routes.models import Route
from qince.surfaces.demo.company import Company

STOPS_A_DAY = 5


def set_routes(company: Company, *, first: date, today: date) -> list[Route]:
    """A route for every rep who has stores, planned from `first` to a week ahead."""
    reps = Employee.objects.filter(assignments__ends_on__isnull=True, assignments__isnull=False).distinct()
    return [_route(company, rep, number, first, today) for number, rep in enumerate(reps.order_by("number"))]


def _route(company: Company, rep: Employee, number: int, first: date, today: date) -> Route:
    stores = served_by(rep.pk, since=first).filter(kind=Customer.Kind.STORE, lat__isnull=False)
    days = [day for day in range(7) if day != rest_day(number)]
    stops = [
        (1, day, store.pk)
        for day, part in zip(days, parts(list(stores.order_by("code")), len(days)), strict=True)
        for store in part
    ]
    route = set_route(company.admin, employee=rep, name="每周路线", starts_on=first, stops=stops, today=first)
    plan_days(route, first=first + AHEAD + timedelta(days=1), last=today + AHEAD)
    return route


def rest_day(number: int) -> int:
    """Rest days rotate, so somebody is on the road every day of the week. Monday is 0."""
    return (6 + number) % 7


def parts(stores: list[Any], count: int) -> list[list[Any]]:
    """Slices of the territory as seen from its middle, each walked in a sensible order."""
    if not stores:
        return [[] for _ in range(count)]
    lat = sum(store.lat for store in stores) / len(stores)
    lng = sum(store.lng for store in stores) / len(stores)
    round_about = sorted(stores, key=lambda store: math.atan2(store.lat - lat, store.lng - lng))
    size = min(STOPS_A_DAY, math.ceil(len(stores) / count))
    slices = [round_about[index * size : (index + 1) * size] for index in range(count)]
    return [walked(part) for part in slices]


def walked(stores: Iterable[Any]) -> list[Any]:
    """From each to the nearest not yet called on."""
    left = list(stores)
    order = [left.pop(0)] if left else []
    while left:
        here = Point(order[-1].lat, order[-1].lng)
        order.append(left.pop(min(range(len(left)), key=lambda at: nearby_m(here, _at(left[at])))))
    return order


def _at(store: Any) -> Point:
    return Point(store.lat, store.lng)
