"""What came in of one form: table, charts, map, export."""

from io import BytesIO
from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from qince.engines.forms import others, queries, results, rules
from qince.engines.forms.models import Form, Submission
from qince.kit import clock
from qince.kit.actor import Actor
from qince.kit.pages import page
from qince.kit.resource import Resource
from qince.kit.resource.details import Detail
from qince.kit.resource.exporting import XLSX_TYPE

SHOWN, WIDEST = 50, 12
VIEWS = ("table", "charts", "map")


def overview(request: HttpRequest, resource: Resource, key: UUID) -> HttpResponseBase:
    """`?show=` table (the newest fifty), charts or map."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    form = queries.get_form(actor, key)
    show = request.GET.get("show", "table")
    show = show if show in VIEWS else "table"
    context = {
        "resource": resource,
        "detail": Detail(resource, actor, form),
        "row": form,
        "show": show,
        "total": results.rows_of(actor, form).order_by().count() if form.number else 0,
        "may_design": actor.may(rules.DESIGN),
        "is_unsaid": actor.may(rules.DESIGN) and others.unsaid(queries.in_force(form)).exists(),
        "may_export": actor.may(rules.EXPORT) and form.number,
        **(_part(actor, form, show) if form.number else {}),
    }
    return render(request, "forms/overview.html", context)


def _part(actor: Actor, form: Form, show: str) -> dict[str, Any]:
    sheet = results.sheet_of(form)
    most = SHOWN if show == "table" else results.MOST_CHARTED
    rows = results.attach(sheet, results.rows_of(actor, form)[:most])
    if show == "charts":
        return {"charts": results.charts(sheet, rows)}
    if show == "map":
        return {"points": results.points(sheet, rows)}
    names = results.names_for(actor, sheet, rows)
    columns = sheet.plain[:WIDEST]
    return {"columns": columns, "lines": [_line(sheet, each, columns, names) for each in rows]}


def _line(
    sheet: results.Sheet, each: Submission, columns: list[results.Column], names: Any
) -> dict[str, Any]:
    data = each.data
    return {"row": each, "cells": [sheet.text(each, column, data, names) for column in columns]}


@page(rules.EXPORT)
def export(request: HttpRequest, key: UUID) -> HttpResponseBase:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    form = queries.get_form(actor, key)
    content, count = results.workbook(actor, form)
    results.record_export(actor, form=form, rows=count, now=clock.now())
    name = f"{form.name} {timezone.localdate():%Y-%m-%d}.xlsx"
    return FileResponse(BytesIO(content), as_attachment=True, filename=name, content_type=XLSX_TYPE)
