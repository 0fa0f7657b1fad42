"""Reads of minors and age reviews: those within the actor's reach."""

from uuid import UUID

from django.db.models import QuerySet

from qince.core.guardians.models import AgeReview, Minor
from qince.core.guardians.rules import MANAGE
from qince.kit.actor import Actor
from qince.kit.errors import NotFound

OPEN_STAGES = (Minor.Stage.WAITING, Minor.Stage.CLOSED, Minor.Stage.CHILD)


def minors_visible_to(actor: Actor) -> "QuerySet[Minor]":
    return actor.scope(MANAGE).filter(Minor.objects.select_related("employee"))


def reviews_visible_to(actor: Actor) -> "QuerySet[AgeReview]":
    """Those still open."""
    rows = AgeReview.objects.filter(closed_at__isnull=True)
    return actor.scope(MANAGE).filter(rows.select_related("employee"))


def get_minor(actor: Actor, key: UUID) -> Minor:
    found = minors_visible_to(actor).filter(pk=key).first()
    if found is None:
        raise NotFound
    return found


def get_review(actor: Actor, key: UUID) -> AgeReview:
    found = reviews_visible_to(actor).filter(pk=key).first()
    if found is None:
        raise NotFound
    return found


def waiting(actor: Actor) -> int:
    """How many minors and reviews somebody has to look at."""
    return minors_visible_to(actor).filter(stage__in=OPEN_STAGES).count() + reviews_visible_to(actor).count()
