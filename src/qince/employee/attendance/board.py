"""The team today: who is due, came, is late, missing, away; and why a result is what it is."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from qince.core.people.filtering import by_department
from qince.core.people.queries import employee_ids_under, with_main_department
from qince.employee.attendance import queries, words, zones
from qince.employee.attendance.explaining import asides, explain, results_of
from qince.employee.attendance.models import Correction, DayResult, Punch
from qince.employee.attendance.month_actions import put_together
from qince.employee.attendance.replay.results import Day
from qince.employee.attendance.replay.zones import wall
from qince.employee.attendance.rules import CLOSE, CORRECT, VIEW
from qince.kit import clock
from qince.kit.actor import Actor
from qince.kit.clock import day_in
from qince.kit.errors import Text
from qince.kit.flash import flash
from qince.kit.pages import page

SHOWN = 300
# In the order of the board, each with its colour and icon.
PLACES: dict[str, tuple[Text, str, str]] = {
    "missing": (gettext_lazy("Not here yet"), "red", "alert-circle"),
    "late": (gettext_lazy("Late"), "orange", "clock"),
    "came": (gettext_lazy("Came"), "green", "circle-check"),
    "later": (gettext_lazy("Due later"), "blue", "stopwatch"),
    "away": (gettext_lazy("On leave or away"), "purple", "briefcase"),
    "off": (gettext_lazy("Rest"), "grey", "moon"),
    "none": (gettext_lazy("In no group"), "grey", "users"),
}


def place_of(day: Day | None, now: int) -> str:
    """Where on the board a person stands at this moment."""
    if day is None:
        return "none"
    if day.status in ("leave", "away"):
        return "away"
    if day.status in ("off", "exempt"):
        return "off"
    comings = [point for point in day.points if point.end == "on" and point.result != "no_need"]
    if any(point.result in ("late", "serious_late") for point in comings):
        return "late"
    if any(point.result == "lack" for point in comings):
        return "missing"
    awaited = [
        point for point in comings if point.result == "pending" and point.by != "free" and point.due <= now
    ]
    if awaited and all(point.at is None for point in comings):
        return "missing"
    if any(point.at is not None for point in comings) or not comings:
        return "came"
    return "later"


@require_safe
@page(VIEW)
def board(request: HttpRequest) -> HttpResponse:
    """Replayed at each request: what a phone has sent a second ago is on it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    first, last = zones.todays(now)
    rows = with_main_department(queries.employees_visible_to(actor)).order_by("name_key")
    narrowed = by_department(request)
    if chosen := narrowed.chosen:
        rows = rows.filter(pk__in=employee_ids_under([str(chosen)]))
    people = list(rows[: SHOWN + 1])
    results = results_of([each.pk for each in people[:SHOWN]], first, last, now)
    placed: dict[str, list[Any]] = {name: [] for name in PLACES}
    for each in people[:SHOWN]:
        day = next((found for found in results[each.pk] if found.is_today(now)), None)
        placed[place_of(day, int(now.timestamp()))].append((each, _coming(day), day))
    lanes = [
        {"name": name, "label": label, "tone": tone, "icon": icon, "people": placed[name]}
        for name, (label, tone, icon) in PLACES.items()
        if placed[name] or name not in ("none", "off")
    ]
    due = sum(len(placed[name]) for name in ("missing", "late", "came", "later"))
    context = {
        "lanes": lanes, "due": due, "today": timezone.localdate(), "is_cut": len(people) > SHOWN, "limit": SHOWN,
        "by_department": narrowed,
    }  # fmt: skip
    template = "attendance/_board.html" if request.headers.get("HX-Request") else "attendance/board.html"
    return render(request, template, context)


def _coming(day: Day | None) -> tuple[str, str]:
    """When the person came, or is due, on the wall where they work; and where that is, if it is not here."""
    for point in day.points if day else ():
        if point.end == "on" and (at := point.at or (0 if point.by == "free" else point.due)):
            found = wall(day.zone, at) if day else None
            return (f"{found:%H:%M}", clock.elsewhere(found)) if found else ("", "")
    return "", ""


@require_safe
@page(VIEW)
def explain_day(request: HttpRequest, key: UUID) -> HttpResponse:
    """One person's day with everything its results came from."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    employee = queries.get_employee(actor, key)
    today = zones.date_at(employee.pk, clock.now())
    on = day_in(request.GET.get("on", "")) or today
    presses = (
        Punch.objects.filter(employee=employee, work_date=on)
        .select_related("work_place", "decided_by")
        .order_by("at")
    )
    found = explain(employee.pk, on, clock.now(), reader=actor)
    stored = DayResult.objects.filter(employee=employee, on=on).first()
    here = timezone.get_current_timezone_name()
    zone = found.zone if found else here
    context = {
        "employee": employee,
        "on": on,
        "found": found,
        "figures": _figures(found.day) if found else [],
        "tone": words.STATUS_TONES.get(found.day.status, "grey") if found else "grey",
        "presses": presses,
        "is_elsewhere": zone != here,
        "corrections": Correction.objects.filter(employee=employee, on=on).select_related("decided_by"),
        "may_correct": on <= today and _may_correct(actor, employee.pk),
        "differs": bool(found and stored and stored.status != found.day.status),
    }
    with clock.in_zone(zone):
        return render(request, "attendance/explain.html", {**context, "asides": asides(presses)})


def _may_correct(actor: Actor, employee_id: UUID) -> bool:
    return (
        actor.may(CORRECT)
        and employee_id != actor.employee_id
        and bool(actor.scope(CORRECT).covers(employee_id))
    )


def _figures(day: Day) -> list[tuple[str, int]]:
    found = [
        (_("Due, min"), day.due),
        (_("Worked, min"), day.worked),
        (_("Late, min"), day.late),
        (_("Left early, min"), day.early),
        (_("Absent, min"), day.absent),
        (_("Leave, min"), day.leave),
        (_("Away on business, min"), day.away),
        (_("Overtime, min"), day.overtime),
    ]
    return [(label, value) for label, value in found if value or label in (_("Due, min"), _("Worked, min"))]


@require_http_methods(["GET", "HEAD", "POST"])
@page(CLOSE)
def close_month(request: HttpRequest) -> HttpResponse:
    """Put a month together and ask everybody to confirm it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    today = timezone.localdate()
    if request.method == "POST":
        month = day_in(f"{request.POST.get('month', '')}-01")
        if month is None or month > today:
            raise Http404
        count = put_together(actor, now=clock.now(), month=month)
        flash(request, _("%(count)d people are asked to confirm their month.") % {"count": count})
        return HttpResponseRedirect("/attendance/months/")
    months = [_months_ago(today, step) for step in range(3)]
    return render(request, "attendance/close_month.html", {"months": months})


def _months_ago(today: date, step: int) -> date:
    year, month = divmod(today.year * 12 + today.month - 1 - step, 12)
    return date(year, month + 1, 1)
