"""The page people see first: their day, or the first steps of a new organization."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from qince.core.access.middleware import signed_in
from qince.employee.attendance.rules import VIEW as VIEW_ATTENDANCE
from qince.kit.actor import Actor
from qince.kit.pages import page
from qince.sales.visits.rules import VIEW
from qince.surfaces.home import overview, setup


@require_safe
@signed_in
def home(request: HttpRequest) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    steps = setup.steps(actor)
    if steps:
        done = sum(each["is_done"] for each in steps)
        context = {"steps": steps, "next": setup.next_of(steps), "done": done}
        return render(request, "home/setup.html", context)
    if not actor.may(VIEW):
        return render(request, "home/welcome.html", {"actor": actor})
    on = _day(request)
    return render(request, "home/overview.html", _figures(actor, on) | _people(actor, on) | _turning(on))


def _day(request: HttpRequest) -> date:
    """The day asked for; today when none is, or none that exists."""
    try:
        return date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return timezone.localdate()


def _turning(on: date) -> dict[str, Any]:
    today = timezone.localdate()
    return {
        "today": today,
        "is_today": on == today,
        "day_before": on - timedelta(days=1),
        "day_after": on + timedelta(days=1),
    }


def _figures(actor: Actor, on: date) -> dict[str, Any]:
    return {"on": on, "totals": overview.totals(actor, on)}


def _people(actor: Actor, on: date) -> dict[str, Any]:
    reps = overview.reps(actor, on)
    scope = actor.scope(VIEW)
    return {
        "on": on,
        "reps": reps[: overview.SHOWN_REPS],
        "rep_count": len(reps),
        "other_reps": max(0, len(reps) - overview.SHOWN_REPS),
        "present": sum(bool(rep.day and rep.day.punches) for rep in reps),
        "exceptions": overview.exceptions(actor, on),
        "is_only_me": not scope.everyone and scope.employee_ids <= {actor.employee_id},
        "sees_attendance": actor.may(VIEW_ATTENDANCE),
    }


@require_safe
@page(VIEW)
def figures(request: HttpRequest) -> HttpResponse:
    """The part of the overview that changes during the day."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return render(request, "home/_figures.html", _figures(actor, _day(request)))


@require_safe
@page(VIEW)
def people(request: HttpRequest) -> HttpResponse:
    """Reps and exceptions of the day, for a live page."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return render(request, "home/_people.html", _people(actor, _day(request)))


@require_safe
@page(VIEW)
def chart(request: HttpRequest) -> JsonResponse:
    return _fresh(overview.chart(request.actor, _day(request)))  # type: ignore[attr-defined]


@require_safe
@page(VIEW)
def places(request: HttpRequest) -> JsonResponse:
    return _fresh(overview.places(request.actor, _day(request)))  # type: ignore[attr-defined]


def _fresh(found: dict[str, Any]) -> JsonResponse:
    return JsonResponse(found, headers={"Cache-Control": "private, no-store"})
