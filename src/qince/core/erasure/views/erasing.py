"""Erasures: what is under way, what was done and can be proved; and the plan before one."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from qince.core.erasure import proof, subjects
from qince.core.erasure.actions import erase, plan_for
from qince.core.erasure.models import Erasure
from qince.core.erasure.rules import ERASE, VIEW, require_reach
from qince.core.erasure.steps import part_called
from qince.core.people.models import Employee
from qince.kit import clock
from qince.kit.errors import NotFound
from qince.kit.flash import flash
from qince.kit.pages import page
from qince.kit.resource.timeline import kind_words

SHOWN = 200


@page(VIEW)
@require_GET
def erasures(request: HttpRequest) -> HttpResponse:
    rows = Erasure.objects.order_by("-begun_at")[:SHOWN]
    return render(request, "erasure/erasures.html", {"erasures": rows})


@page(VIEW)
@require_GET
def erasure(request: HttpRequest, erasure_id: UUID) -> HttpResponse:
    """How far it is; once done, the proof, to print. It never says who."""
    found = Erasure.objects.filter(pk=erasure_id).first()
    if found is None:
        raise NotFound
    context = {
        "erasure": found,
        "steps": [(_step(name), count) for name, count in sorted(found.steps.items()) if count],
        "kept": [(_model(each["model"]), each) for each in found.proof.get("kept", [])],
        "is_genuine": proof.is_genuine(found.proof, found.signature),
    }
    return render(request, "erasure/erasure.html", context)


def _step(name: str) -> str:
    outside = {
        "jobs": _("Queued jobs"),
        "imports": _("Uploaded tables"),
        "words": _("Name in others' entries"),
    }
    return outside.get(name) or str(kind_words(name.partition(":")[0]))


def _model(label: str) -> str:
    return str(kind_words(label.lower()))


@page(ERASE)
@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest, employee_id: UUID) -> HttpResponseBase:
    """What would happen, model by model; a POST with the word of consent carries it out."""
    require_reach(request.actor, ERASE, employee_id)  # type: ignore[attr-defined]
    employee = Employee.objects.filter(pk=employee_id).first()
    if employee is None:
        raise NotFound
    made = plan_for(subjects.of_employee(employee))
    if request.method == "POST" and request.POST.get("name", "").strip() == employee.name:
        begun = erase(request.actor, made, now=clock.now())  # type: ignore[attr-defined]
        flash(request, _("The erasure has begun. Nothing can bring the data back."))
        return redirect("erasure:erasure", begun.pk)
    lines = [(line, _done(line.key)) for line in made.lines if line.rows]
    context = {
        "employee": employee,
        "plan": made,
        "lines": lines,
        "is_mistyped": request.method == "POST",
    }
    return render(request, "erasure/plan.html", context, status=422 if request.method == "POST" else 200)


def _done(key: str) -> str:
    treated = part_called(key).treatment
    if treated.deletes:
        return _("Erased")
    if treated.kept and not treated.empties and not treated.pseudonyms:
        return _("Kept for a duty")
    if treated.empties or treated.pseudonyms:
        return _("Stays without name; what is personal is emptied")
    return _("Stays; it leads to a person without a name")
