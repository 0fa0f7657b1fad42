"""Reads of incidents: open ones first; how far each affected person was told."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from qince.core.access.models import Grant
from qince.core.access.registry import ADMINISTRATOR, PRIVACY_OFFICER
from qince.core.incidents.models import Affected, Announcement, Incident, PlanStep
from qince.core.incidents.rules import VIEW
from qince.core.letters.models import Delivery
from qince.core.letters.words import reason_words
from qince.core.people.models import Employee
from qince.kit.actor import Actor
from qince.kit.errors import NotFound

Channel, State = Delivery.Channel, Delivery.State


def incidents_visible_to(actor: Actor) -> "QuerySet[Incident]":
    """An incident reaches across the organization: only who may see everybody sees it."""
    return Incident.objects.all() if actor.scope(VIEW).everyone else Incident.objects.none()


def affected_visible_to(actor: Actor) -> "QuerySet[Affected]":
    if not actor.scope(VIEW).everyone:
        return Affected.objects.none()
    return Affected.objects.select_related("incident", "employee")


def steps_visible_to(actor: Actor) -> "QuerySet[PlanStep]":
    if not actor.scope(VIEW).everyone:
        return PlanStep.objects.none()
    return PlanStep.objects.select_related("incident", "owner")


def get_incident(actor: Actor, key: UUID) -> Incident:
    found: Incident | None = incidents_visible_to(actor).filter(pk=key).first()
    if found is None:
        raise NotFound
    return found


def with_counts(rows: Any) -> Any:
    told = Q(affected__told_at__isnull=False)
    return rows.annotate(
        affected_count=Count("affected", distinct=True),
        told_count=Count("affected", filter=told, distinct=True),
    )


@dataclass(frozen=True, slots=True)
class Way:
    """How far one channel came with one person; `whose` tells a child's letter from the guardian's."""

    channel: str
    state: str
    label: str
    reason: str = ""
    whose: str = "person"

    @property
    def channel_label(self) -> str:
        return str(Channel(self.channel).label)


def ways_of(people: Iterable[Affected]) -> dict[UUID, list[Way]]:
    """For each person every channel with its state. Two queries at most, however many they are."""
    listed = list(people)
    letters = {each.letter_id: (each.pk, "person") for each in listed if each.letter_id}
    letters |= {each.guardian_letter_id: (each.pk, "guardian") for each in listed if each.guardian_letter_id}
    found: dict[UUID, list[Way]] = {each.pk: _simulated(each) for each in listed}
    order = list(Channel.values)
    rows = Delivery.objects.filter(letter__in=list(letters))
    for row in sorted(rows, key=lambda each: order.index(each.channel)):
        key, whose = letters[row.letter_id]
        found[key].append(
            Way(
                row.channel,
                row.state,
                row.get_state_display(),
                reason_words(row.reason) if row.reason else "",
                whose,
            )
        )
    return found


def _simulated(affected: Affected) -> list[Way]:
    if affected.told_at is None or not affected.incident.is_drill:
        return []
    words = reason_words("simulated")
    return [Way(channel, "simulated", words) for channel in Channel.values]


def announcements_of(incident: Incident) -> "QuerySet[Announcement]":
    rows = Announcement.objects.filter(organization=incident.organization_id, incident_id=incident.pk)
    return rows.order_by("-published_at")


def announcements_in_force() -> "QuerySet[Announcement]":
    """What stands in public now, of every organization of this service."""
    return Announcement.objects.filter(withdrawn_at__isnull=True).order_by("-published_at")


def officers() -> list[Employee]:
    """The privacy officers; without one, the administrators."""
    for key in (PRIVACY_OFFICER, ADMINISTRATOR):
        holders = Grant.objects.filter(role__key=key, reach=Grant.Reach.ORGANIZATION).values("employee")
        found = list(Employee.objects.filter(pk__in=holders, status=Employee.Status.ACTIVE))
        if found:
            return found
    return []


def waiting(actor: Actor) -> int:
    """Open incidents whose clock runs, for the menu."""
    rows = incidents_visible_to(actor).filter(state=Incident.State.OPEN, is_drill=False)
    unreported = Q(reported_on__isnull=True) & Q(not_reported_because="")
    return int(rows.filter(Q(told_at__isnull=True) | unreported).count())


def last_drill(before: datetime) -> Incident | None:
    rows = Incident.objects.filter(is_drill=True, discovered_at__lte=before)
    return rows.order_by("-discovered_at").first()
