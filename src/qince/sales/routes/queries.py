"""Reads of routes and plans; each starts from what the actor may see."""

from typing import Any

from django.db.models import Count

from qince.core.people.models import Employee
from qince.kit.actor import Actor
from qince.masterdata.customers.models import Assignment, Customer
from qince.sales.routes.models import PlannedVisit, Route
from qince.sales.routes.rules import PLAN, VIEW


def routes_visible_to(actor: Actor) -> Any:
    return actor.scope(VIEW).filter(Route.objects.all())


def with_rep(rows: Any) -> Any:
    return rows.select_related("employee").annotate(stop_count=Count("stops"))


def plans_visible_to(actor: Actor) -> Any:
    return actor.scope(VIEW).filter(PlannedVisit.objects.all())


def reps_plannable_by(actor: Actor) -> Any:
    """Present employees who look after somebody and whose routes the actor may set."""
    with_customers = Assignment.objects.filter(ends_on__isnull=True).values("employee")
    rows = Employee.objects.present().filter(pk__in=with_customers).order_by("number", "name_key")
    return actor.scope(PLAN).filter(rows, "pk")


def stores_for(route: Route) -> list[dict[str, Any]]:
    """The open customers of the rep, as the editor lists them; those of a route that ended are the ones on it."""
    held = Assignment.objects.filter(employee=route.employee_id, ends_on__isnull=True).values("customer")
    rows = Customer.objects.filter(pk__in=held, status=Customer.Status.OPEN)
    if route.ends_on:
        rows = Customer.objects.filter(pk__in=route.stops.values("customer"))
    return [
        {
            "id": str(row.pk),
            "code": row.code,
            "label": row.name,
            "hint": row.address or row.district,
            "tier": row.tier,
            "lat": row.lat,
            "lng": row.lng,
        }
        for row in rows.order_by("district", "code")
    ]


def stops_of(route: Route) -> list[tuple[int, int, str]]:
    """(week, weekday, customer) in the order of the day."""
    rows = route.stops.order_by("week", "weekday", "sequence")
    return [(row.week, row.weekday, str(row.customer_id)) for row in rows]
