"""Reads of sharing: recipients and registers for whoever keeps them, one's own disclosures for everybody."""

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from qince.core.people.models import Employee
from qince.core.privacy.models import Consent
from qince.engines.partners import consents, door
from qince.engines.partners.models import (
    Binding,
    CrossBorder,
    Disclosure,
    LegalException,
    Publication,
    Recipient,
    SubjectContract,
)
from qince.engines.partners.registry import FIELDS
from qince.engines.partners.rules import LOG, VIEW
from qince.kit.actor import Actor


def recipients_visible_to(actor: Actor) -> Any:
    return Recipient.objects.all() if actor.may(VIEW) else Recipient.objects.none()


def border_visible_to(actor: Actor) -> Any:
    return CrossBorder.objects.all() if actor.may(VIEW) else CrossBorder.objects.none()


def disclosures_visible_to(actor: Actor) -> Any:
    """Of whom the actor may see the log."""
    return actor.scope(LOG).filter(Disclosure.objects.all(), "subject")


def exceptions_visible_to(actor: Actor) -> Any:
    return actor.scope(VIEW).filter(LegalException.objects.all(), "subject")


def contracts_visible_to(actor: Actor) -> Any:
    return actor.scope(VIEW).filter(SubjectContract.objects.all(), "employee")


def publications_visible_to(actor: Actor) -> Any:
    return actor.scope(VIEW).filter(Publication.objects.all(), "subject")


# --- For the person concerned, and for the rights features below ---


def disclosures_of(subject_id: UUID) -> "QuerySet[Disclosure]":
    """Everything that was passed on about one person, latest first."""
    return Disclosure.objects.filter(subject=subject_id).order_by("-at")


def recipients_of(subject_id: UUID) -> list[Recipient]:
    """Whom to tell of a correction or an erasure: everybody who was given something about the person."""
    told = Disclosure.objects.filter(subject=subject_id, recipient__isnull=False).values("recipient")
    return list(Recipient.objects.filter(pk__in=told).order_by("name"))


def purposes_given(subject_id: UUID) -> dict[UUID, frozenset[str]]:
    """For each recipient the purposes of what it was given about the person."""
    found: dict[UUID, set[str]] = {}
    rows = Disclosure.objects.filter(subject=subject_id, recipient__isnull=False)
    for recipient, names in rows.values_list("recipient", "fields").distinct():
        given = (FIELDS[name].purposes for name in names if name in FIELDS)
        found.setdefault(recipient, set()).update(code for codes in given for code in codes)
    return {recipient: frozenset(codes) for recipient, codes in found.items()}


def partners_for(person: Employee) -> list[dict[str, Any]]:
    """Each recipient that is open to the person: what it would get, and where the person stands on each question."""
    rows = Recipient.objects.filter(Q(is_on=True)).select_related("organization").order_by("name")
    offered = [each for each in rows if door.is_offered_to(each, person)]
    held = {row.purpose: row for row in Consent.objects.filter(employee=person)}
    bound = {each.recipient_id: each for each in Binding.objects.filter(employee=person)}
    return [_partner(each, held, bound.get(each.pk)) for each in offered]


def _partner(recipient: Recipient, held: dict[str, Consent], binding: Binding | None) -> dict[str, Any]:
    text = consents.text_of(recipient)
    return {
        "id": recipient.pk,
        "name": recipient.name,
        "text": text.content,
        "text_hash": text.text_hash,
        "questions": [
            {**question, "state": _state(held.get(question["code"])), "at": _at(held.get(question["code"]))}
            for question in text.content["questions"]
        ],
        "binding": (binding.content or {}) if binding else None,
    }


def _state(row: Consent | None) -> str:
    return row.act if row else ""


def _at(row: Consent | None) -> Any:
    return row.at if row else None


def field_words(names: list[str]) -> list[str]:
    return [str(FIELDS[name].label) if name in FIELDS else name for name in names]
