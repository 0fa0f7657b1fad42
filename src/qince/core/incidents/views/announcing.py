"""The public warning, for anybody."""

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from qince.core.access.middleware import outside_organizations
from qince.core.incidents import parts
from qince.core.incidents.models import Announcement


@outside_organizations
@require_GET
def announcement(request: HttpRequest, code: str) -> HttpResponseBase:
    rows = Announcement.objects.select_related("organization").filter(withdrawn_at__isnull=True)
    found = rows.filter(code=code).first()
    if found is None:
        raise Http404
    context = {"announcement": found, "parts": parts.shown(found.parts)}
    return render(request, "incidents/announcement.html", context)
