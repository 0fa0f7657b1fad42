"""The workspace of one incident: what is missing, the clock, who was told how, what is owed."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from qince.core.incidents import actions, minors, parts, queries, screens
from qince.core.incidents.models import Affected, Incident
from qince.core.incidents.rules import HANDLE
from qince.core.letters.models import Delivery
from qince.kit import clock
from qince.kit.actor import Actor
from qince.kit.resource import Resource
from qince.kit.resource.details import Detail
from qince.kit.resource.guard import row_or_404

SHOWN = 50
WAY_TONES = {
    "sent": "green",
    "handed_over": "green",
    "pending": "orange",
    "failed": "red",
    "skipped": "grey",
    "simulated": "purple",
}


def workspace(request: HttpRequest, resource: Resource, key: UUID) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    incident: Incident = row_or_404(resource, actor, key)
    people = list(incident.affected.select_related("employee", "incident").order_by("id")[:SHOWN])
    context = {
        "resource": resource,
        "detail": Detail(resource, actor, incident),
        "row": incident,
        "parts": _checklist(incident),
        "clock": screens.clock_words(incident),
        "clock_tone": screens.clock_tone(incident),
        "owed": actions.what_is_owed(incident) if incident.is_open else {},
        "people": _listed(incident, people),
        "people_count": incident.affected.count(),
        "told_count": incident.affected.filter(told_at__isnull=False).count(),
        "people_url": f"{screens.AFFECTED.url('list')}?incident={incident.pk}",
        "steps": incident.steps.select_related("owner").order_by("sequence"),
        "announcements": queries.announcements_of(incident),
        "may_handle": actor.may(HANDLE) and incident.is_open,
        "now": clock.now(),
    }
    return render(request, "incidents/workspace.html", context)


def _checklist(incident: Incident) -> list[dict[str, Any]]:
    texts = parts.values_of(incident)
    names = [*parts.WRITTEN, parts.CONTACTS]
    return [
        {"name": name, "title": title, "text": text, "is_missing": not text}
        for name, (title, text) in zip(names, parts.shown(texts), strict=True)
    ]


def _listed(incident: Incident, people: list[Affected]) -> list[tuple[Affected, list[dict[str, Any]], Any]]:
    """Each person with the channels, and of a minor the guardian: a contact, "" where none is known, None: not owed."""
    ways = queries.ways_of(people)
    needed = minors.needing_guardian(people, is_child_incident=incident.is_child)
    known = minors.contacts(each for each in people if each.pk in needed)
    return [
        (each, _ways(ways[each.pk]), known.get(each.pk, "") if each.pk in needed else None) for each in people
    ]


def _ways(ways: list[queries.Way]) -> list[dict[str, Any]]:
    labels = dict(Delivery.Channel.choices)
    return [
        {
            "channel": labels[way.channel],
            "label": way.label,
            "reason": way.reason,
            "tone": WAY_TONES.get(way.state, "grey"),
            "is_guardian": way.whose == "guardian",
        }
        for way in ways
    ]


def person(request: HttpRequest, resource: Resource, key: UUID) -> HttpResponse:
    """One person: how far each channel came, and what is offered."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    affected: Affected = row_or_404(resource, actor, key)
    context = {
        "resource": resource,
        "detail": Detail(resource, actor, affected),
        "row": affected,
        "ways": _ways(queries.ways_of([affected])[affected.pk]),
    }
    return render(request, "incidents/person.html", context)
