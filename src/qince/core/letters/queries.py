"""Reads of letters: one's own, and the log of what was sent."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from qince.core.letters.models import Delivery, Letter
from qince.core.letters.rules import VIEW_LOG
from qince.kit.actor import Actor
from qince.kit.errors import NotFound


def letters_to(actor: Actor) -> "QuerySet[Letter]":
    """One's own that reached the app, latest first."""
    if actor.employee_id is None:
        return Letter.objects.none()
    rows = Letter.objects.filter(employee=actor.employee_id)
    return rows.order_by("-created_at", "-id")


def letters_before(rows: "QuerySet[Letter]", created_at: datetime, key: UUID) -> "QuerySet[Letter]":
    """Those that follow the given one in the list."""
    return rows.filter(Q(created_at__lt=created_at) | Q(created_at=created_at, id__lt=key))


def get_letter(actor: Actor, key: UUID) -> Letter:
    found: Letter | None = letters_to(actor).filter(pk=key).first()
    if found is None:
        raise NotFound
    return found


def unread(actor: Actor) -> int:
    """How many of one's own are unread: one look into the index of unread letters."""
    if actor.employee_id is None:
        return 0
    return unread_by(actor.employee_id)


def unread_by(employee_id: UUID) -> int:
    return int(_still_unread(Letter.objects.filter(employee=employee_id)).count())


def _still_unread(rows: "QuerySet[Letter]") -> "QuerySet[Letter]":
    return rows.filter(read_at__isnull=True, recalled_at__isnull=True)


def unread_of(actor: Actor) -> "QuerySet[Letter]":
    """One's own that still want to be read; what is no longer needed does not."""
    return _still_unread(letters_to(actor))


def deliveries_visible_to(actor: Actor) -> "QuerySet[Delivery]":
    """What was sent to people in the actor's reach; to outsiders only for who sees everybody."""
    scope = actor.scope(VIEW_LOG)
    rows: Any = Delivery.objects.select_related("letter__employee")
    return scope.filter(rows, "letter__employee")
