"""One filled-in form: answers, files, place, what was before, and the trail."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from qince.engines.approvals.tabs import ways_of
from qince.engines.forms import approving, queries, reading, rules
from qince.engines.forms.actions.reviewing import require_editable
from qince.engines.forms.models import Submission, SubmissionFile
from qince.engines.forms.schema.types import UPLOADS
from qince.kit.actor import Actor
from qince.kit.errors import Refusal
from qince.kit.resource import Resource
from qince.kit.resource.details import Detail


def detail(request: HttpRequest, resource: Resource, key: UUID) -> HttpResponseBase:
    return render(request, "forms/submission.html", _context(request, resource, key))


def paper(request: HttpRequest, resource: Resource, key: UUID) -> HttpResponseBase:
    return render(request, "forms/submission_print.html", _context(request, resource, key))


def _context(request: HttpRequest, resource: Resource, key: UUID) -> dict[str, Any]:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = queries.get_submission(actor, key)
    lines = reading.told(actor, found)
    files = {
        (each.field_id, each.sha256): each
        for each in SubmissionFile.objects.filter(submission=found).select_related("blob")
    }
    return {
        "resource": resource,
        "detail": Detail(resource, actor, found),
        "row": found,
        "lines": [(each, _files(each, files)) for each in lines],
        "places": _places(lines),
        "ways": ways_of(actor, found.pk, [approving.code_of(found)]),
        "edits": list(found.edits.select_related("edited_by").order_by("-number")),
        "may_change": _may_change(actor, found),
        "may_review": actor.may(rules.REVIEW) and found.employee_id != actor.employee_id,
    }


def _may_change(actor: Actor, found: Submission) -> bool:
    """Whether it is one's own, and its form and state still let one change it."""
    if found.employee_id != actor.employee_id or not actor.may(rules.FILL):
        return False
    try:
        require_editable(found, own=True)
    except Refusal:
        return False
    return True


def _files(line: reading.Line, files: dict[tuple[str, str], SubmissionFile]) -> list[SubmissionFile]:
    if line.kind not in {kind.value for kind in UPLOADS} or not isinstance(line.answer, list):
        return []
    return [found for each in line.answer if (found := files.get((line.field, each["sha256"])))]


def _places(lines: list[reading.Line]) -> dict[str, Any] | None:
    points = [
        {"lat": each.answer["lat"], "lng": each.answer["lng"], "label": each.label, "tone": "blue"}
        for each in lines
        if isinstance(each.answer, dict) and "lat" in each.answer
    ]
    return {"points": points} if points else None
