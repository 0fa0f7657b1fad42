"""Pages of customers that the resource kit does not make: one customer, and the territories on a map."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from qince.kit import clock
from qince.kit.actor import Actor
from qince.kit.errors import Refusal
from qince.kit.pages import page
from qince.kit.resource import Resource
from qince.kit.resource.details import Detail
from qince.kit.resource.guard import row_or_404
from qince.masterdata.customers import actions, panels, queries, rules, territories
from qince.masterdata.customers.forms import TerritoryForm
from qince.masterdata.customers.models import Customer


def detail(request: HttpRequest, resource: Resource, key: UUID) -> HttpResponse:
    """One customer: its data and place, who looks after it, its history."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    customer: Customer = row_or_404(resource, actor, key)
    context = {
        "resource": resource,
        "detail": Detail(resource, actor, customer),
        "row": customer,
        "place": place_on_map(customer),
        "assignments": queries.assignment_history(customer),
        "supply": queries.supply_of(customer),
        "supplied": _supplied(actor, customer),
        "panels": panels.of(actor, customer),
        "may_assign": actor.may(rules.ASSIGN),
    }
    return render(request, "customers/detail.html", context)


def place_on_map(customer: Customer) -> dict[str, Any] | None:
    """The customer and its fence, for `<qince-map>`."""
    if customer.lat is None:
        return None
    at = {"lat": customer.lat, "lng": customer.lng}
    tone = "purple" if customer.kind == Customer.Kind.DISTRIBUTOR else "blue"
    return {
        "points": [at | {"label": customer.name, "hint": customer.address, "tone": tone}],
        "circles": [at | {"radius_m": customer.radius_m, "tone": tone}],
    }


def _supplied(actor: Actor, customer: Customer) -> int | None:
    """How many stores a distributor supplies, of those in sight."""
    if customer.kind != Customer.Kind.DISTRIBUTOR:
        return None
    stores = queries.customers_visible_to(actor)
    links = customer.supplies.filter(queries.CURRENT, store__in=stores)
    return int(links.count())


@page(rules.ASSIGN)
def territories_page(request: HttpRequest) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    context = {
        "reps": territories.shares(actor),
        "form": TerritoryForm(actor=actor),
        "districts": queries.known_values("district"),
        "channels": queries.known_values("channel"),
        "tiers": Customer.Tier.values,
        "words": territories.words(),
    }
    return render(request, "customers/territories.html", context)


@page(rules.ASSIGN)
def places(request: HttpRequest) -> JsonResponse:
    """Every open customer within reach, with its place and who has it: what the territory page works on."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return JsonResponse({"places": territories.places(actor)}, headers={"Cache-Control": "no-store"})


@require_POST
@page(rules.ASSIGN)
def assignment(request: HttpRequest) -> JsonResponse:
    """Give the posted customers (`ids`, apart by commas) to an employee."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    form = TerritoryForm(request.POST, actor=actor)
    customers = _uuids(request.POST.get("ids", ""))
    if not form.is_valid():
        chosen = request.POST.get("employee") or request.POST.get("employee-typed")
        words = str(form.errors["employee"][0]) if chosen else _("Choose a rep first.")
        raise Refusal("no_rep", words, field="employee")
    employee = form.cleaned_data["employee"]
    if not customers:
        raise Refusal("no_customers", _("Choose at least one customer first."), field="ids")
    moved = actions.assign_customers(actor, customers=customers, employee=employee, now=clock.now())
    text = ngettext("%(n)d customer given to %(name)s.", "%(n)d customers given to %(name)s.", len(moved))
    message = text % {"n": len(moved), "name": employee.name}
    return JsonResponse(
        {"moved": len(moved), "message": message, "rep": str(employee.pk), "name": employee.name}
    )


def _uuids(text: str) -> list[UUID]:
    try:
        return [UUID(part) for part in text.split(",") if part]
    except ValueError:
        raise Refusal("invalid_request", _("The request names no valid records."), status=400) from None
