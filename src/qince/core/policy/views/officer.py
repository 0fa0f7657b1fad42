"""The privacy officer's registers: releases with their differences, the record of processing, the control map."""

import json
import tempfile
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from qince.core.organizations.models import Organization
from qince.core.policy import processing, releasing, showing, significance
from qince.core.policy.actions import export_processing
from qince.core.policy.controls import CONTROLS
from qince.core.policy.models import Release
from qince.core.policy.rules import VIEW
from qince.core.privacy import notice
from qince.core.privacy.language import supported_language
from qince.kit import clock
from qince.kit.pages import page
from qince.kit.resource.exporting import XLSX_TYPE, write_xlsx


@require_GET
@page(VIEW)
def releases(request: HttpRequest) -> HttpResponseBase:
    """Releases and kept versions, to compare; and what the next release would be."""
    whose = _organization(request)
    now, upcoming = clock.now(), releasing.compared_here()
    context = {
        "rows": [(each, showing.reasons(each), each.effective_at > now) for each in Release.objects.all()],
        "versions": notice.versions(whose, supported_language()),
        "next": upcoming,
        "next_reasons": [significance.words(each.as_dict()) for each in upcoming.reasons],
    }
    return render(request, "policy/officer_releases.html", context)


@require_GET
@page(VIEW)
def record(request: HttpRequest) -> HttpResponseBase:
    """The record of processing on screen."""
    context = {
        "activities": processing.activities(_organization(request)),
        "headings": processing.headings()[1:],
    }
    return render(request, "policy/processing.html", context)


@require_GET
@page(VIEW)
def record_xlsx(request: HttpRequest) -> HttpResponseBase:
    name = _recorded(request, "xlsx")
    file = tempfile.TemporaryFile(suffix=".xlsx")  # noqa: SIM115  (the response closes it)
    write_xlsx(file, _table(_organization(request)), _("Record of processing"))
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=name, content_type=XLSX_TYPE)


@require_GET
@page(VIEW)
def record_json(request: HttpRequest) -> HttpResponseBase:
    name = _recorded(request, "json")
    whose = _organization(request)
    content = {
        "organization": whose.name,
        "operator": {key: value for key, value in settings.OPERATOR.items() if value},
        "made_at": clock.now().isoformat(),
        "activities": [each.as_dict() for each in processing.activities(whose)],
    }
    answer = HttpResponse(
        json.dumps(content, ensure_ascii=False, indent=1), content_type="application/json; charset=utf-8"
    )
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_GET
@page(VIEW)
def controls(request: HttpRequest) -> HttpResponseBase:
    rows = [(each, _address(each.evidence)) for each in CONTROLS]
    return render(request, "policy/controls.html", {"rows": rows, "certificates": settings.CERTIFICATES})


def _table(whose: Organization) -> Iterator[list[Any]]:
    columns = processing.headings()
    yield [label for _name, label in columns]
    for each in processing.activities(whose):
        values = each.as_dict()
        yield [values[name] for name, _label in columns]


def _recorded(request: HttpRequest, kind: str) -> str:
    export_processing(request.actor, format=kind, now=clock.now())  # type: ignore[attr-defined]
    return f"processing-{timezone.localdate():%Y-%m-%d}.{kind}"


def _organization(request: HttpRequest) -> Organization:
    return Organization.objects.get(pk=request.actor.organization_id)  # type: ignore[attr-defined]


def _address(name: str) -> str:
    try:
        return reverse(name) if name else ""
    except NoReverseMatch:
        return ""
