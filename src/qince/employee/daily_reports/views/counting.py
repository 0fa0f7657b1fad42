"""Figures of a template over a month, on a page and as a table; and why a period stands as it does."""

import tempfile
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from qince.core.people.filtering import by_department
from qince.employee.daily_reports import exports, queries, words
from qince.employee.daily_reports.figures import Figures, figures, table
from qince.employee.daily_reports.models import Template
from qince.employee.daily_reports.rules import EXPORT, VIEW
from qince.kit import clock
from qince.kit.actor import Actor
from qince.kit.clock import day_in
from qince.kit.errors import NotFound
from qince.kit.pages import page
from qince.kit.resource import Resource
from qince.kit.resource.details import Detail
from qince.kit.resource.exporting import XLSX_TYPE, write_xlsx

EXPORTED = 20_000


class Asked:
    """What the address asks of the page: `?template=&month=&department=`."""

    def __init__(self, request: HttpRequest) -> None:
        self.actor: Actor = request.actor  # type: ignore[attr-defined]
        self.templates = list(
            queries.templates_visible_to(self.actor).order_by("-is_active", "sequence", "name")
        )
        self.first = (day_in(f"{request.GET.get('month', '')}-01") or timezone.localdate()).replace(day=1)
        self.last = (self.first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        self.by_department = by_department(request)
        self.department = self.by_department.chosen
        self.template = self._template(request.GET.get("template", ""))

    def _template(self, text: str) -> Template | None:
        if not text:
            return self.templates[0] if self.templates else None
        found = next((each for each in self.templates if str(each.pk) == text), None)
        if found is None:
            raise NotFound
        return found

    def figures(self, most: int) -> Figures:
        if self.template is None:
            raise NotFound
        return figures(
            self.actor, self.template, self.first, self.last, now=clock.now(), department=self.department, most=most
        )  # fmt: skip

    def link(self, month: date | None = None) -> str:
        parts = [f"month={(month or self.first):%Y-%m}"]
        parts += [f"template={self.template.pk}"] if self.template else []
        parts += [f"department={self.department}"] if self.department else []
        return "?" + "&".join(parts)


@require_safe
@page(VIEW)
def statistics(request: HttpRequest) -> HttpResponse:
    asked = Asked(request)
    context: dict[str, Any] = {
        "templates": asked.templates,
        "template": asked.template,
        "first": asked.first,
        "by_department": asked.by_department,
        "month": f"{asked.first:%Y-%m}",
        "query": asked.link(),
        "previous": asked.link(asked.first - timedelta(days=1)),
        "following": asked.link(asked.first + timedelta(days=31)),
        "may_export": asked.actor.may(EXPORT),
    }
    if asked.template is not None:
        found = asked.figures(300)
        context |= {
            "found": found,
            "stats": _stats(found),
            "chart": _chart(found),
            "heads": [(first, words.period(first, last)) for first, last in found.periods],
            "grid": [(row, row.tally, [_cell(each) for each in cells]) for row, cells in found.grid()],
        }
    return render(request, "daily_reports/statistics.html", context)


def _stats(found: Figures) -> list[tuple[str, Any, str]]:
    total = found.total
    return [
        (_("Owed"), total.owed, "blue"),
        (_("In time"), total.on_time, "green"),
        (_("Late reports"), total.late, "orange"),
        (pgettext("report", "Missing"), total.missing, "red"),
        (_("Exempt"), total.exempt, "grey"),
    ]


def _chart(found: Figures) -> dict[str, Any]:
    names = [name for name, _tally in found.departments]
    parts = (
        ("on_time", _("In time"), "green"),
        ("late", _("Late reports"), "orange"),
        ("missing", pgettext("report", "Missing"), "red"),
    )
    return {
        "type": "bar", "categories": names, "horizontal": True,
        "series": [
            {
                "name": label, "tone": tone, "stack": "all",
                "values": [getattr(each, part) for _name, each in found.departments],
            }
            for part, label, tone in parts
        ],
    }  # fmt: skip


_SIGNS = {"on_time": "✓", "late": "△", "missing": "✕", "exempt": "–", "expected": "·"}


def _cell(row: Any) -> dict[str, Any] | None:
    if row is None:
        return None
    label = words.state_words(row.state)
    if row.reason:
        label = f"{label}: {row.get_reason_display()}"
    return {"sign": _SIGNS[row.state], "tone": words.TONES[row.state], "label": label, "key": row.pk}


@require_safe
@page(EXPORT)
def export(request: HttpRequest) -> HttpResponseBase:
    """The month as XLSX: one row for each person."""
    asked = Asked(request)
    found = asked.figures(EXPORTED)
    exports.record_export(
        asked.actor, now=clock.now(), rows=len(found.people), state=f"{asked.template} {asked.first:%Y-%m}"
    )
    file = tempfile.TemporaryFile(suffix=".xlsx")  # noqa: SIM115  (the response closes it)
    write_xlsx(file, table(found), str(_("Daily reports")))
    file.seek(0)
    name = f"{asked.template} {asked.first:%Y-%m}.xlsx"
    return FileResponse(file, as_attachment=True, filename=name, content_type=XLSX_TYPE)


def obligation(request: HttpRequest, resource: Resource, key: UUID) -> HttpResponse:
    """Why this period of this person stands as it does."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    rows = queries.obligations_visible_to(actor).select_related("employee", "template", "by_version")
    row = rows.filter(pk=key).first()
    if row is None:
        raise NotFound
    detail = Detail(resource, actor, row)
    context = {
        "resource": resource,
        "detail": detail,
        "row": row,
        "period": words.period(row.period_on, row.ends_on),
        "lines": words.explained(row),
        "state": words.state_words(row.state),
        "tone": words.TONES[row.state],
    }  # fmt: skip
    return render(request, "daily_reports/obligation.html", context)
