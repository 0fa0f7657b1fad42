"""The editor of a visit's steps."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from qince.kit import clock
from qince.kit.actor import Actor
from qince.kit.errors import ChangedMeanwhile, NotFound, Refusal
from qince.kit.flash import flash
from qince.kit.resource import Resource
from qince.kit.resource.details import Detail
from qince.kit.resource.guard import row_or_404
from qince.sales.visits import template_actions
from qince.sales.visits.models import VisitTemplate

FIRST = [{"id": "", "kind": "photo", "title": "", "required": True, "minimum": 1}]


def create(request: HttpRequest, resource: Resource) -> HttpResponse:
    return _editor(request, resource, None)


def edit(request: HttpRequest, resource: Resource, key: UUID) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return _editor(request, resource, row_or_404(resource, actor, key))


def _editor(request: HttpRequest, resource: Resource, template: VisitTemplate | None) -> HttpResponse:
    if request.method != "POST":
        return _form(request, resource, template, _held(template))
    values = _posted(request.POST, _titles(template))
    actor: Actor = request.actor  # type: ignore[attr-defined]
    seen = _number(request.POST.get("version", ""))
    try:
        saved = template_actions.save_template(actor, template, seen=seen, now=clock.now(), **values)
    except NotFound:
        raise
    except ChangedMeanwhile as refusal:
        text = _(
            "Somebody saved version %(n)d meanwhile: the history says what changed. Nothing of yours has been saved "
            "yet; save once more to put these steps in its place."
        )
        newer = row_or_404(resource, actor, template.pk) if template else None
        return _form(request, resource, newer, values, text % {"n": refusal.details["version"]}, status=409)
    except Refusal as refusal:
        return _form(request, resource, template, values, str(refusal.message))
    flash(request, _("“%(name)s” saved as version %(n)d. Phones take it at their next sync.")
          % {"name": saved.name, "n": saved.version})  # fmt: skip
    return HttpResponseRedirect(resource.url("list"))


def _held(template: VisitTemplate | None) -> dict[str, Any]:
    if template is None:
        return {"name": "", "steps": FIRST, "is_active": True}
    return {"name": template.name, "steps": template.steps, "is_active": template.is_active}


def _titles(template: VisitTemplate | None) -> dict[tuple[str, str], str]:
    """Item ids by (step, line): a line that keeps its words keeps its id."""
    steps = template.steps if template else []
    return {(step["id"], item["title"]): item["id"] for step in steps for item in step.get("items", [])}


def _posted(posted: QueryDict, ids: dict[tuple[str, str], str]) -> dict[str, Any]:
    """The form's parallel lists, one entry per step in the order they stand on the page."""
    columns = ("step_id", "step_kind", "step_title", "step_required", "step_minimum", "step_items")
    rows = zip(*(posted.getlist(name)[:100] for name in columns), strict=False)
    steps = [
        {
            "id": key,
            "kind": kind,
            "title": title,
            "required": required == "1",
            "minimum": minimum,
            "items": [{"id": ids.get((key, line.strip()), ""), "title": line} for line in lines.splitlines()],
        }
        for key, kind, title, required, minimum, lines in rows
    ]
    return {"name": posted.get("name", ""), "steps": steps, "is_active": bool(posted.get("is_active"))}


def _form(
    request: HttpRequest,
    resource: Resource,
    template: VisitTemplate | None,
    values: dict[str, Any],
    problem: str = "",
    status: int = 422,
) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    context = {
        "resource": resource,
        "template": template,
        "detail": Detail(resource, actor, template) if template else None,
        "values": values,
        "problem": problem,
    }
    return render(request, "visits/template_form.html", context, status=status if problem else 200)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else None
