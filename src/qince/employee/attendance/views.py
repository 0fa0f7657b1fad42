"""The day sheet of a team and the month of one person."""

import calendar
import tempfile
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from qince.core.people.filtering import by_department
from qince.employee.attendance import exports, queries, words, zones
from qince.employee.attendance.rules import EXPORT, VIEW
from qince.kit import clock
from qince.kit.actor import Actor
from qince.kit.clock import day_in
from qince.kit.pages import page
from qince.kit.resource.exporting import XLSX_TYPE, write_xlsx
from qince.kit.resource.paging import Order

SIZE = 100
PRINTED = 500
EXPORTED = 20_000


class Asked:
    """What the address asks of the sheet."""

    def __init__(self, request: HttpRequest) -> None:
        self.actor: Actor = request.actor  # type: ignore[attr-defined]
        self._query = request.GET
        self.on = day_in(request.GET.get("on", "")) or timezone.localdate()
        self.today, _last = zones.todays(clock.now())  # the day that still goes on somewhere
        self.name = request.GET.get("q", "").strip()[:60]
        self.by_department = by_department(request)
        self.department = self.by_department.chosen
        self.status = request.GET.get("status", "")
        if self.status not in queries.STATUSES:
            self.status = ""

    @property
    def order(self) -> Order:
        rows = queries.sheet_rows(
            self.actor, self.on, name=self.name, department=self.department, status=self.status
        )
        return Order(rows, ["name_key"])

    def link(self, **changes: Any) -> str:
        """This sheet with something else asked; pages begin anew unless given."""
        query = self._query.copy()
        for name in ("after", "before"):
            query.pop(name, None)
        for name, value in changes.items():
            query.pop(name, None)
            if value:
                query[name] = str(value)
        return f"?{query.urlencode()}"


@require_safe
@page(VIEW)
def day_sheet(request: HttpRequest) -> HttpResponse:
    asked = Asked(request)
    found = asked.order.page(SIZE, after=request.GET.get("after", ""), before=request.GET.get("before", ""))
    counts = queries.status_counts(asked.actor, asked.on)
    context = {
        "asked": asked,
        "today": asked.today,
        "previous_day": asked.link(on=asked.on - timedelta(days=1)),
        "next_day": asked.link(on=asked.on + timedelta(days=1)),
        "days": queries.days(asked.actor, asked.on, found.rows),
        "counts": counts,
        "tabs": _tabs(asked, counts),
        "by_department": asked.by_department,
        "previous": asked.link(before=found.previous) if found.previous else "",
        "next": asked.link(after=found.next) if found.next else "",
        "query": asked.link(),
        "may_export": asked.actor.may(EXPORT),
    }
    template = "attendance/_sheet.html" if request.headers.get("HX-Request") else "attendance/day_sheet.html"
    return render(request, template, context)


def _tabs(asked: Asked, counts: dict[str, int]) -> list[dict[str, Any]]:
    return [
        {"label": label, "url": asked.link(status=status), "count": counts[status or "all"],
         "current": status == asked.status, "icon": ""}
        for status, label in words.STATUSES.items()
        if status != "out_missing" or asked.on < asked.today  # today may still go on
    ]  # fmt: skip


@require_safe
@page(VIEW)
def print_sheet(request: HttpRequest) -> HttpResponse:
    asked = Asked(request)
    rows = list(asked.order.slice(None)[: PRINTED + 1])
    context = {
        "asked": asked,
        "days": queries.days(asked.actor, asked.on, rows[:PRINTED]),
        "is_cut": len(rows) > PRINTED,
        "limit": PRINTED,
        "printed_at": clock.now(),
        "query": asked.link(),
    }
    return render(request, "attendance/print.html", context)


@require_safe
@page(EXPORT)
def export(request: HttpRequest) -> HttpResponseBase:
    """The sheet as XLSX, text kept as text whatever a name begins with."""
    asked = Asked(request)
    days = queries.days(asked.actor, asked.on, asked.order.slice(None)[:EXPORTED])
    exports.record_export(asked.actor, now=clock.now(), rows=len(days), on=asked.on, state=asked.link())
    file = tempfile.TemporaryFile(suffix=".xlsx")  # noqa: SIM115  (the response closes it)
    write_xlsx(file, exports.table(asked.actor, days), str(_("Attendance")))
    file.seek(0)
    name = f"{_('Attendance')} {asked.on:%Y-%m-%d}.xlsx"
    return FileResponse(file, as_attachment=True, filename=name, content_type=XLSX_TYPE)


@require_safe
@page(VIEW)
def month(request: HttpRequest, key: UUID) -> HttpResponse:
    """One person's month as a calendar."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    employee = queries.get_employee(actor, key)
    today = zones.date_at(employee.pk, clock.now())
    first = (day_in(f"{request.GET.get('month', '')}-01") or today).replace(day=1)
    weeks = calendar.Calendar().monthdatescalendar(first.year, first.month)
    days = queries.days_of(actor, employee, weeks[0][0], weeks[-1][-1])
    results = queries.results_of(actor, employee, weeks[0][0], weeks[-1][-1])
    inside = [day for on, day in days.items() if on.month == first.month]
    context = {
        "employee": employee,
        "first": first,
        "today": today,
        "heads": [formats.date_format(on, "D").removeprefix("星期") for on in weeks[0]],
        "weeks": [
            [(on, days.get(on), on.month == first.month, results.get(on)) for on in week] for week in weeks
        ],
        "previous": (first - timedelta(days=1)).strftime("%Y-%m"),
        "next": (first + timedelta(days=31)).strftime("%Y-%m"),
        "facts": _facts(inside),
    }
    return render(request, "attendance/month.html", context)


def _facts(days: list[queries.Day]) -> list[tuple[str, int]]:
    return [
        (_("Days with a record"), len(days)),
        (_("In missing"), sum(day.is_in_missing for day in days)),
        (_("Out missing"), sum(day.is_out_missing for day in days)),
        (_("Manual place"), sum(day.has_manual for day in days)),
        (_("To be looked at"), sum(day.tone == "orange" for day in days)),
    ]
