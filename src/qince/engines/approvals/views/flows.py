"""The designer: the drawing, what it may ask and whom, its problems, publishing it, and trying it on past requests."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qince.core.access.models import Role
from qince.core.people.queries import department_names
from qince.engines.approvals import facts, queries
from qince.engines.approvals.actions.designing import problems_of, publish_flow, save_draft
from qince.engines.approvals.choices import DECIDERS
from qince.engines.approvals.flow.checking import Problem
from qince.engines.approvals.flow.route import all_stops
from qince.engines.approvals.flow.schema import Choice, People, from_stored
from qince.engines.approvals.models import Flow
from qince.engines.approvals.presenting import names_of
from qince.engines.approvals.registry import find
from qince.engines.approvals.rules import DESIGN
from qince.engines.approvals.simulating import simulate as simulated
from qince.engines.approvals.views.designer_words import designer_words
from qince.kit import clock
from qince.kit.actor import Actor
from qince.kit.errors import Refusal
from qince.kit.flash import flash
from qince.kit.pages import page, sent_object
from qince.kit.resource import Resource
from qince.kit.resource.details import Detail
from qince.kit.resource.guard import row_or_404

LARGEST = 200_000  # bytes of a drawing


def designer(request: HttpRequest, resource: Resource, key: UUID) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    row: Flow = row_or_404(resource, actor, key)
    latest = queries.latest(row)
    context = {
        "resource": resource,
        "row": row,
        "detail": Detail(resource, actor, row),
        "latest": latest,
        "data": _data(row),
        "departments": [name for pk, name in department_names().items() if str(pk) in row.department_ids],
    }
    return render(request, "approvals/designer.html", context)


def _data(flow: Flow) -> dict[str, Any]:
    """What the designer's script works with."""
    drawn = from_stored(flow.draft)
    named = [key for stop in (*all_stops(drawn), *drawn.copies) for key in _ids(stop.approvers)]
    return {
        "flow": flow.draft,
        "facts": _facts(flow),
        "roles": [[row.key or str(row.pk), str(row)] for row in Role.objects.order_by("name")],
        "people": {str(key): name for key, name in names_of(named).items()},
        "departments": [[str(key), name] for key, name in department_names().items()],
        "problems": _problems(problems_of(flow, drawn)),
        "urls": {
            "draft": reverse("approvals:draft", args=[flow.pk]),
            "publish": reverse("approvals:publish", args=[flow.pk]),
            "simulate": reverse("approvals:simulate", args=[flow.pk]),
            "people": reverse("choose", args=[DECIDERS.name]),
        },
        "words": designer_words(),
    }


def _ids(rule: Any) -> list[UUID]:
    if isinstance(rule, People):
        return rule.ids
    return rule.among if isinstance(rule, Choice) else []


def _facts(flow: Flow) -> list[dict[str, Any]]:
    declared = find(flow.subject)
    return [_fact(each) for each in facts.known(declared).values()] if declared else []


def _fact(fact: Any) -> dict[str, Any]:
    choices = [[code, str(label)] for code, label in fact.choices]
    return {"code": fact.code, "label": str(fact.label), "kind": fact.kind, "choices": choices}


def _problems(found: list[Problem]) -> list[dict[str, str]]:
    return [{"node": each.node, "message": each.message} for each in found]


@require_POST
@page(DESIGN)
def draft(request: HttpRequest, key: UUID) -> HttpResponse:
    """Keep the drawing; answers with what is still wrong with it."""
    found = save_draft(request.actor, flow_id=key, body=sent_object(request, most=LARGEST), now=clock.now())  # type: ignore[attr-defined]
    return JsonResponse({"problems": _problems(found)})


@require_POST
@page(DESIGN)
def publish(request: HttpRequest, key: UUID) -> HttpResponse:
    version = publish_flow(request.actor, flow_id=key, now=clock.now())  # type: ignore[attr-defined]
    flash(request, _("Version %(n)d is in force for requests from now on.") % {"n": version.number})
    return JsonResponse({"version": version.number})


@require_POST
@page(DESIGN)
def simulate(request: HttpRequest, key: UUID) -> HttpResponse:
    """The draft as it is kept, tried on the last quarter's requests; a part of the page."""
    flow = queries.get_flow(request.actor, key)  # type: ignore[attr-defined]
    drawn = from_stored(flow.draft)
    left = problems_of(flow, drawn)
    if left:
        raise Refusal(
            "flow_has_problems", _("Mend the problems first: %(problem)s") % {"problem": left[0].message}
        )
    return render(request, "approvals/_simulation.html", {"found": simulated(flow, drawn, now=clock.now())})
