"""The editor of a weekly route: days, ordered stores, and the way between them on a map."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils import formats
from django.utils.translation import gettext as _

from qince.core.people.models import Employee
from qince.kit import clock
from qince.kit.actor import Actor
from qince.kit.errors import Forbidden, Refusal
from qince.kit.flash import flash
from qince.kit.resource import Resource
from qince.kit.resource.details import Detail
from qince.kit.resource.guard import row_or_404
from qince.masterdata.customers.actions import today_of
from qince.sales.routes import queries, rules
from qince.sales.routes.actions import Stop, set_route
from qince.sales.routes.forms import RouteForm
from qince.sales.routes.models import Route


def editor(request: HttpRequest, resource: Resource, key: UUID) -> HttpResponseBase:
    """GET: the route. POST: its new head and stops, for who may plan this rep's route."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    route: Route = row_or_404(resource, actor, key)
    may_plan = actor.scope(rules.PLAN).covers(route.employee_id) and not _has_left(route)
    form = RouteForm(request.POST or None, initial=_head(route))
    stops: list[Any] = queries.stops_of(route)
    if request.method == "POST":
        if not may_plan:
            raise Forbidden
        stops = _posted(request)
        if form.is_valid() and _saved(actor, route, form, stops):
            flash(request, _("Route saved. The coming seven days are planned anew."))
            return HttpResponseRedirect(request.path)
    return _page(request, resource, route, form, stops, may_plan)


def _has_left(route: Route) -> bool:
    """Whether the rep has left: the route is only read then."""
    return route.employee.status == Employee.Status.LEFT


def _head(route: Route) -> dict[str, Any]:
    return {name: getattr(route, name) for name in ("name", "starts_on", "weeks_in_cycle")}


def _posted(request: HttpRequest) -> list[Stop]:
    """`stop=week:weekday:customer`, in order; stops beyond the cycle fall away."""
    try:
        weeks = int(request.POST.get("weeks_in_cycle", "1"))
        parts = [text.split(":") for text in request.POST.getlist("stop")]
        stops = [(int(week), int(day), UUID(customer)) for week, day, customer in parts]
    except ValueError:
        raise Refusal("invalid_request", _("The request names no valid records."), status=400) from None
    return [stop for stop in stops if 1 <= stop[0] <= weeks and 0 <= stop[1] <= 6]


def _saved(actor: Actor, route: Route, form: RouteForm, stops: list[Stop]) -> bool:
    today = today_of(actor, clock.now())
    try:
        set_route(
            actor, employee=route.employee, route=route, stops=list(dict.fromkeys(stops)), today=today,
            **form.cleaned_data,
        )  # fmt: skip
    except Refusal as refusal:
        form.add_error(None, str(refusal.message))
        return False
    return True


def _page(
    request: HttpRequest, resource: Resource, route: Route, form: RouteForm, stops: list[Any], may_plan: bool
) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    data = {
        "stores": queries.stores_for(route),
        "stops": [(week, day, str(customer)) for week, day, customer in stops],
        "words": _words(),
        "weekday": today_of(actor, clock.now()).weekday(),
        "may_plan": may_plan,
    }
    context = {
        "resource": resource, "detail": Detail(resource, actor, route), "row": route, "form": form,
        "data": data, "weekdays": _weekdays(), "weeks": range(1, 5), "may_plan": may_plan,
    }  # fmt: skip
    return render(request, "routes/editor.html", context, status=422 if form.is_bound else 200)


def _weekdays() -> list[str]:
    """Monday to Sunday, short, in the reader's language."""
    monday = date(2024, 1, 1)
    return [formats.date_format(monday + timedelta(days=day), "D") for day in range(7)]


def _words() -> dict[str, str]:
    """What the editor's script says."""
    return {
        "up": _("Move up"),
        "down": _("Move down"),
        "remove": _("Remove"),
        "add": _("Add"),
        "none": _("No stores on this day yet."),
        "unplanned": _("{n} stores are on no day yet"),
        "all_planned": _("Every store is on the route."),
        "no_match": _("No store matches."),
        "no_place": _("No place"),
        "on": _("also {days}"),
        "stops": _("{n} stores, {km} km"),
    }
