"""Routes and planned visits on screen."""

from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qince.core.people.models import Employee
from qince.core.people.queries import employees_visible_to
from qince.kit.actor import Actor
from qince.kit.resource import Column, FormPage, Permissions, Resource, filters, timeline
from qince.masterdata.customers.actions import today_of
from qince.sales.routes import actions, queries, rules
from qince.sales.routes.forms import NewRouteForm
from qince.sales.routes.models import PlannedVisit, Route

STATUS_TONES = {"planned": "grey", "done": "green", "missed": "red", "cancelled": "grey"}


def create_route(actor: Actor, *, now: datetime, employee: Employee, **fields: Any) -> Route:
    """A route without stops yet; the editor opens on it."""
    return actions.set_route(actor, employee=employee, stops=[], today=today_of(actor, now), **fields)


ROUTES = Resource(
    namespace="routes",
    name="route",
    model=Route,
    title=_("Routes"),
    singular=_("route"),
    icon="route",
    hint=_("A weekly route says which stores a rep calls on each day. Assign stores first, then lay it."),
    rows=queries.routes_visible_to,
    prepare=queries.with_rep,
    permissions=Permissions(view=rules.VIEW, add=rules.PLAN),
    columns=(
        Column("name", _("Name"), is_link=True),
        Column("employee__name", _("Rep"), sort="employee__name_key"),
        Column("employee__number", _("Number")),
        Column("stop_count", _("Stops"), value=lambda row: row.stop_count, is_numeric=True),
        Column("weeks_in_cycle", _("Weeks in the cycle"), is_numeric=True),
        Column("starts_on", _("From")),
        Column("ends_on", _("Until")),
    ),
    order="employee__number",
    search=("name", "employee__name", "employee__number"),
    filters=(
        filters.reference("employee", _("Rep"), employees_visible_to),
        filters.yes_no("running", _("Running"), Q(ends_on__isnull=True)),
    ),
    create=FormPage(NewRouteForm, create_route),
)

PLANS = Resource(
    namespace="routes",
    name="plan",
    model=PlannedVisit,
    title=_("Visit plans"),
    singular=_("planned visit"),
    icon="calendar-event",
    hint=_("Plans follow from weekly routes, seven days ahead."),
    rows=queries.plans_visible_to,
    prepare=lambda rows: rows.select_related("employee", "customer", "route"),
    permissions=Permissions(view=rules.VIEW, export=rules.PLAN),
    columns=(
        Column("customer__name", _("Customer"), sort="customer__name_key", is_link=True),
        Column("on", _("Date")),
        Column("sequence", _("Order"), is_numeric=True),
        Column("employee__name", _("Rep"), sort="employee__name_key"),
        Column("customer__district", _("District")),
        Column("status", _("Status"), tones=STATUS_TONES),
        Column("route__name", _("Route"), is_shown=False),
    ),
    order="-on",
    search=("customer__name", "customer__code", "employee__name"),
    filters=(
        filters.dates("on", _("Date")),
        filters.reference("employee", _("Rep"), employees_visible_to),
        filters.choice("status", _("Status"), PlannedVisit.Status.choices),
    ),
    group_by=("employee__name", "on"),
)

timeline.name_kinds(
    {
        "routes.route": _("Route"),
        "routes.routestop": _("Stop of a route"),
        "routes.plannedvisit": _("Planned visit"),
    }
)
timeline.name_acts({"routes.plan": _("Route set"), "routes.end": _("Ended: the rep has left")})
