"""The roster as a calendar: people down, days across; shifts are dragged onto days, or ticked and applied."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from qince.core.people.filtering import by_department
from qince.core.people.models import Employee
from qince.core.people.queries import employee_ids_under, with_main_department
from qince.employee.attendance.book import Book, People
from qince.employee.attendance.models import RosterEntry, Shift
from qince.employee.attendance.replay.planning import Plan, Source, State
from qince.employee.attendance.roster_actions import CLEAR, MOST, REST, plan_roster
from qince.employee.attendance.rule_screens import times_in_words
from qince.employee.attendance.rules import ROSTER
from qince.kit import clock
from qince.kit.actor import Actor
from qince.kit.clock import day_in
from qince.kit.errors import Refusal
from qince.kit.flash import flash
from qince.kit.pages import page

DAYS, SHOWN = 14, 80


@require_http_methods(["GET", "HEAD", "POST"])
@page(ROSTER)
def roster(request: HttpRequest) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if request.method == "POST":
        return _plan(request, actor)
    first = _first(request.GET.get("from", ""))
    days = [first + timedelta(days=step) for step in range(DAYS)]
    narrowed = by_department(request)
    people = _people(actor, narrowed.chosen)
    shifts = list(Shift.objects.filter(is_active=True).prefetch_related("versions").order_by("name"))
    context = {
        "days": [(on, formats.date_format(on, "D").removeprefix("星期")) for on in days],
        "rows": _rows(people[:SHOWN], days, {str(each.pk): each for each in shifts}),
        "shifts": [(each, times_in_words(each)) for each in shifts],
        "first": first,
        "last": days[-1],
        "today": timezone.localdate(),
        "previous": first - timedelta(days=DAYS),
        "next": first + timedelta(days=DAYS),
        "by_department": narrowed,
        "department": narrowed.chosen or "",
        "is_cut": len(people) > SHOWN,
        "limit": SHOWN,
    }
    return render(request, "attendance/roster.html", context)


def _first(text: str) -> date:
    on = day_in(text) or timezone.localdate()
    return on - timedelta(days=on.weekday())


def _people(actor: Actor, department: UUID | None) -> list[Any]:
    rows = (
        actor.scope(ROSTER)
        .filter(with_main_department(Employee.objects.present()), "pk")
        .order_by("name_key")
    )
    if department is not None:
        rows = rows.filter(pk__in=employee_ids_under([str(department)]))
    return list(rows[: SHOWN + 1])


def _rows(people: list[Any], days: list[date], shifts: dict[str, Shift]) -> list[dict[str, Any]]:
    book = Book(days[0], days[-1])
    plans = People(book, [each.pk for each in people])
    own = set(
        RosterEntry.objects.filter(
            employee__in=[each.pk for each in people], on__range=(days[0], days[-1])
        ).values_list("employee_id", "on")
    )
    return [
        {
            "employee": each,
            "cells": [
                _cell(each.pk, on, plan, shifts, is_own=(each.pk, on) in own)
                for on, plan in zip(days, plans.plans(each.pk), strict=True)
            ],
        }
        for each in people
    ]


def _cell(employee: UUID, on: date, plan: Plan, shifts: dict[str, Shift], *, is_own: bool) -> dict[str, Any]:
    shift = shifts.get(plan.shift.shift) if plan.shift else None
    words = plan.shift.name if plan.shift else ""
    if not words:
        is_free = plan.state == State.DUE
        words = _("Free hours") if is_free else _("Rest") if plan.source != Source.NONE and plan.rule else "—"
    tone = shift.colour if shift else "grey"
    return {"value": f"{employee}|{on.isoformat()}", "on": on, "words": words, "tone": tone, "is_own": is_own}


def _plan(request: HttpRequest, actor: Actor) -> HttpResponse:
    back = request.get_full_path()
    try:
        cells = [_of(text) for text in request.POST.getlist("cells")[: MOST + 1]]
        count = plan_roster(actor, now=clock.now(), cells=cells, shift=request.POST.get("shift", ""))
    except Refusal as refusal:
        flash(request, str(refusal.message), level="error")
    else:
        flash(request, _("%(count)d days planned.") % {"count": count})
    return HttpResponseRedirect(back)


def _of(text: str) -> tuple[UUID, date]:
    employee, _bar, on = text.partition("|")
    try:
        return UUID(employee), date.fromisoformat(on)
    except ValueError:
        raise Refusal("invalid_days", _("Choose days of the calendar.")) from None


__all__ = ["CLEAR", "REST", "roster"]
