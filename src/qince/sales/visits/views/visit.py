"""The page of one visit: what was done, and the evidence for it."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from qince.core.rights.queries import reviews_of
from qince.kit.actor import Actor
from qince.kit.pages import page
from qince.kit.resource import Resource
from qince.kit.resource.details import Detail
from qince.sales.visits import decisions, evidence, queries, rules
from qince.sales.visits.models import CheckEvent, Visit


def detail(request: HttpRequest, resource: Resource, key: UUID) -> HttpResponse:
    return render(request, "visits/detail.html", _context(request, resource, key))


def paper(request: HttpRequest, resource: Resource, key: UUID) -> HttpResponse:
    """The visit for A4, with its evidence and photos."""
    return render(request, "visits/print.html", _context(request, resource, key))


def _context(request: HttpRequest, resource: Resource, key: UUID) -> dict[str, Any]:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    visit = queries.get_visit(actor, key)
    events = list(visit.check_events.order_by("at"))
    is_masked = not actor.sees_field(rules.MASK_POSITION)
    reviews = reviews_of(decisions.PLACE, [event.pk for event in events])
    return {
        "resource": resource,
        "detail": Detail(resource, actor, visit),
        "row": visit,
        "checks": [evidence.check(event, reviews.get(event.pk), is_masked=is_masked) for event in events],
        "flags": evidence.flags(visit.flags),
        "map": _map(visit, events),
        "steps": evidence.steps(actor, visit, evidence.photos_of(actor, visit)),
        "may_export": actor.may(rules.EXPORT),
    }


def _map(visit: Visit, events: list[CheckEvent]) -> dict[str, Any] | None:
    """The store with its fence, where check-in and check-out were measured, and how exactly."""
    store = visit.customer
    points, circles = [], []
    if store.lat is not None:
        at = {"lat": store.lat, "lng": store.lng}
        points.append(at | {"label": store.name, "hint": store.address, "tone": "blue"})
        circles.append(
            at | {"radius_m": _radius(visit, events), "tone": "blue", "label": _("Fence of the store")}
        )
    for event in events:
        if event.lat is not None:
            points.append(evidence.pin(event))
            circles.append(
                {"lat": event.lat, "lng": event.lng, "radius_m": event.accuracy_m, "tone": "grey",
                 "label": _("Accuracy of the position")}
            )  # fmt: skip
    return {"points": points, "circles": circles} if points else None


def _radius(visit: Visit, events: list[CheckEvent]) -> int:
    """The fence as it was when the act was judged; it may have been changed since."""
    return next((event.radius_m for event in events if event.radius_m), visit.customer.radius_m)


@page(rules.VIEW)
def exceptions_today(request: HttpRequest) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('visits:visit_list')}?on=today&exception=1")
