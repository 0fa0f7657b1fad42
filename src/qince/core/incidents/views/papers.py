"""On paper: the regulator's report, and the letters to people."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import translation

from qince.core.incidents import parts, queries
from qince.core.incidents.models import Affected, Incident
from qince.core.incidents.rules import VIEW
from qince.core.letters.models import Delivery
from qince.kit.actor import Actor
from qince.kit.pages import page
from qince.kit.resource import Resource
from qince.kit.resource.guard import row_or_404


def report(request: HttpRequest, resource: Resource, key: UUID) -> HttpResponse:
    """What the regulator gets: the eight parts, everybody concerned with how they were told and the remedy."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    incident: Incident = row_or_404(resource, actor, key)
    people = list(incident.affected.select_related("incident", "employee").order_by("id"))
    ways = queries.ways_of(people)
    context = {
        "row": incident,
        "parts": parts.shown(parts.values_of(incident)),
        "people": [(each, ways[each.pk]) for each in people],
        "announcements": queries.announcements_of(incident),
        "steps": incident.steps.select_related("owner").order_by("sequence"),
        "operator": [value for value in settings.OPERATOR.values() if value],
    }
    return render(request, "incidents/report.html", context)


@page(VIEW)
def letters(request: HttpRequest, incident_id: UUID) -> HttpResponseBase:
    """Every letter on paper of one incident that waits to be posted, each on a sheet of its own."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    incident = queries.get_incident(actor, incident_id)
    people = incident.affected.select_related("letter__employee", "guardian_letter").order_by("id")
    with translation.override(settings.LANGUAGE_CODE):
        sheets = [sheet for each in people for sheet in _sheets(each)]
        context = {
            "row": incident,
            "sheets": sheets,
            "operator": [v for v in settings.OPERATOR.values() if v],
        }
        return render(request, "incidents/letters.html", context)


def _sheets(affected: Affected) -> list[dict[str, Any]]:
    waiting = set(
        Delivery.objects.filter(
            letter__in=[key for key in (affected.letter_id, affected.guardian_letter_id) if key],
            channel=Delivery.Channel.LETTER,
        ).values_list("letter_id", flat=True)
    )
    letters = [each for each in (affected.letter, affected.guardian_letter) if each and each.pk in waiting]
    return [{"name": each.to_name, "rendered": each.rendered, "on": each.created_at} for each in letters]
