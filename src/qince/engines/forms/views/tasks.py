"""One form task: who has given what for a period, who is late, who is missing; and figures over the last periods."""

from collections import Counter
from datetime import date, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qince.engines.forms import assigning, periods
from qince.engines.forms.models import Assignment
from qince.kit import clock
from qince.kit.actor import Actor
from qince.kit.resource import Resource
from qince.kit.resource.details import Detail
from qince.kit.resource.guard import row_or_404

SHOWN = 8  # periods, the newest first
FAR = {"day": 30, "week": 70, "month": 300, "once": 3660}
TONES = {"done": "green", "late": "orange", "missing": "red", "open": "grey", "away": "teal"}


def detail(request: HttpRequest, resource: Resource, key: UUID) -> HttpResponseBase:
    """`?on=` the first day of the period; the newest unless given."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    assignment: Assignment = row_or_404(resource, actor, key)
    now = clock.now()
    plan = assigning.plan_of(assignment, assigning.zone_here())
    today = now.astimezone(ZoneInfo(plan.zone)).date()
    starts = list(periods.between(plan, today - timedelta(days=FAR[plan.period]), today))[-SHOWN:][::-1]
    on = _chosen(request, plan, today) or (starts[0] if starts else None)
    owed = assigning.owed(actor, assignment, on, now) if on else []
    counts = Counter(each.state for each in owed)
    context = {
        "resource": resource,
        "detail": Detail(resource, actor, assignment),
        "row": assignment,
        "on": on,
        "due_at": periods.due(plan, on) if on else None,
        "owed": [
            (each, _states()[each.state], TONES[each.state]) for each in sorted(owed, key=_missing_first)
        ],
        "counts": [(_states()[state], counts[state], TONES[state]) for state in TONES],
        "periods": [_figures(actor, assignment, start, now) for start in starts],
    }
    return render(request, "forms/task.html", context)


def _chosen(request: HttpRequest, plan: periods.Plan, today: date) -> date | None:
    text = request.GET.get("on")
    if not text:
        return None
    try:
        on = date.fromisoformat(text)
    except ValueError as error:
        raise Http404 from error
    if on > today or not periods.is_start(plan, on):
        raise Http404
    return on


def _missing_first(each: assigning.Owed) -> int:
    return ("missing", "open", "late", "done", "away").index(each.state)


def _states() -> dict[str, str]:
    return {
        "done": _("In time"),
        "late": pgettext("form", "Late"),
        "missing": _("Missing"),
        "open": _("Still time"),
        "away": _("Away on leave"),
    }


def _figures(actor: Actor, assignment: Assignment, start: date, now: Any) -> dict[str, Any]:
    counts = Counter(each.state for each in assigning.owed(actor, assignment, start, now))
    given, total = counts["done"] + counts["late"], counts.total() - counts["away"]
    return {"on": start, "given": given, "total": total, "late": counts["late"], "missing": counts["missing"]}
