"""What a phone holds about its person and organization as such."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from qince.core.organizations.models import Organization
from qince.core.organizations.settings import Settings
from qince.core.people.models import Employee
from qince.core.policy.queries import unanswered
from qince.core.privacy.gate import Standing
from qince.core.privacy.models import Consent
from qince.core.privacy.registry import declared
from qince.engines.approvals.queries import own_departments
from qince.engines.sync.registry import collection
from qince.kit.actor import Actor

Rows = Iterable[dict[str, Any]]


def _me(actor: Actor) -> dict[str, Any]:
    person = Employee.objects.get(pk=actor.person_id)
    change = unanswered(Standing(actor.person_id))
    main = person.memberships.filter(is_main=True, ends_on__isnull=True).select_related("department").first()
    return {
        "id": person.pk,
        "name": person.name,
        "number": person.number,
        "mobile": person.mobile,
        "position": person.position,
        "department": main.department.name if main else "",
        "departments": _departments(person),
        "policy_release": change.number if change else 0,
    }


def _departments(person: Employee) -> list[dict[str, str]]:
    """Those the person is in, the main one first, where there is one to be chosen for a request; else none."""
    rows = own_departments(person.pk)
    return [{"id": str(row.pk), "name": row.name} for row in rows] if len(rows) > 1 else []


def _settings(actor: Actor) -> dict[str, Any]:
    organization = Organization.objects.get(pk=actor.organization_id)
    chosen = Settings.of(organization)
    return {
        "id": str(organization.pk),
        "organization": organization.name,
        "time_zone": organization.time_zone,
        "fence": {"cap_m": chosen.fence_cap_m, "unusable_m": chosen.fence_unusable_m},
        "photo_max_px": chosen.photo_max_px,
        "outside_policy": chosen.outside_policy,
        "location_attendance": chosen.location_attendance,
        "face_attendance": chosen.face_attendance,
        "location_visits": chosen.location_visits,
        "location_tracking": chosen.location_tracking,
        "location_approvals": chosen.location_approvals,
    }


def _single(name: str, make: Any) -> None:
    """A collection of one record; its version is its content."""

    def versions(actor: Actor, now: datetime) -> dict[str, Any]:
        row = make(actor)
        return {str(row["id"]): " ".join(str(value) for value in row.values())}

    def load(actor: Actor, keys: list[str], now: datetime) -> Rows:
        return [make(actor)]

    collection(name, versions=versions, load=load)


def _consents(actor: Actor) -> dict[str, Consent]:
    return {row.purpose: row for row in Consent.objects.filter(employee=actor.employee_id)}


def _purpose_versions(actor: Actor, now: datetime) -> dict[str, Any]:
    held = _consents(actor)
    return {
        code: f"{actor.locale} {held[code].at.isoformat() if code in held else '-'}"
        for code in declared.asked
    }


def _purposes(actor: Actor, keys: list[str], now: datetime) -> Rows:
    held = _consents(actor)
    for code in keys:
        purpose, consent = declared.purposes[code], held.get(code)
        yield {
            "id": code,
            "title": str(purpose.title),
            "explanation": purpose.explanation,
            "if_refused": str(purpose.if_refused),
            "kind": purpose.kind,
            "choices": list(purpose.circumstances),
            "state": consent.act if consent else "",
            "circumstances": consent.circumstances if consent else "",
            "at": consent.at if consent else None,
        }


_single("me", _me)
_single("settings", _settings)
collection("purposes", versions=_purpose_versions, load=_purposes)
