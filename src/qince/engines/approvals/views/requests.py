"""One request: what is asked, the way so far, what is still to come, and what one may do about it."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from qince.engines.approvals import presenting
from qince.engines.approvals.actions.reading import mark_read
from qince.engines.approvals.models import Instance, Task
from qince.engines.approvals.screens import INSTANCES, TASKS
from qince.kit import clock
from qince.kit.actor import Actor
from qince.kit.resource import Resource
from qince.kit.resource.details import Detail
from qince.kit.resource.guard import row_or_404


def task_page(request: HttpRequest, resource: Resource, key: UUID) -> HttpResponse:
    """A part is shown with its request."""
    task: Task = row_or_404(resource, request.actor, key)  # type: ignore[attr-defined]
    return HttpResponseRedirect(reverse("approvals:requests_detail", args=[task.instance_id]))


def detail(request: HttpRequest, resource: Resource, key: UUID) -> HttpResponse:
    return render(request, "approvals/request.html", _context(request, resource, key))


def paper(request: HttpRequest, resource: Resource, key: UUID) -> HttpResponse:
    return render(request, "approvals/request_print.html", _context(request, resource, key))


def _context(request: HttpRequest, resource: Resource, key: UUID) -> dict[str, Any]:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    row: Instance = row_or_404(resource, actor, key)
    mark_read(actor, instance_id=row.pk, now=clock.now())
    task = presenting.my_task(actor, row)
    return {
        "resource": resource,
        "row": row,
        "detail": Detail(resource, actor, row),
        "summary": presenting.summary(row),
        "passages": presenting.passages(actor, row),
        "coming": presenting.still_to_come(actor, row, clock.now()),
        "remarks": presenting.remarks(row),
        "task": task,
        "decisions": _decisions(actor, task),
        "own_acts": _own_acts(actor, row),
        "edit_url": presenting.edit_page(actor, row),
        "original": row.revokes,
    }


def _decisions(actor: Actor, task: Task | None) -> list[tuple[Any, str]]:
    """What may be done with one's open part, as the flow allows it in this step."""
    if task is None:
        return []
    allowed = presenting.allowed(actor, task, clock.now())
    return [
        (act, TASKS.url("act", task.pk, act.name))
        for act in TASKS.acts
        if act.name in allowed and act.is_offered(actor, task)
    ]


def _own_acts(actor: Actor, row: Instance) -> list[tuple[Any, str]]:
    names = presenting.own_acts(actor, row)
    if row.effect_state == Instance.EffectState.FAILED:
        names = [*names, "retry"]
    return [
        (act, INSTANCES.url("act", row.pk, act.name))
        for act in INSTANCES.acts
        if act.name in names and act.is_offered(actor, row)
    ]
