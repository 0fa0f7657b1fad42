"""Carrying what waits. Each delivery in a transaction of its own: one that was taken is never carried again."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from qince.core.letters import forgetting, reaching, routing
from qince.core.letters.actions import tell_unreachable
from qince.core.letters.channels import Undelivered, Unwanted, channel, channels
from qince.core.letters.models import Delivery
from qince.kit import clock
from qince.kit.tenancy import tenant

log = logging.getLogger(__name__)
State = Delivery.State
ATTEMPTS = 6
FIRST_WAIT = timedelta(minutes=1)


def wait_after(attempts: int) -> timedelta:
    """1, 4, 16, 64, 256 minutes."""
    return FIRST_WAIT * 4 ** (attempts - 1)


@dataclass(slots=True)
class Carried:
    """What is left: the most attempts among those to be tried again, and when the first may go that has to wait."""

    attempts: int = 0
    later: datetime | None = None


def carry_all(organization_id: UUID, letter_ids: Sequence[UUID], *, now: datetime) -> Carried:
    """Try every pending delivery of the letters once, those apart that have to wait."""
    with tenant(organization_id):
        keys = list(_due(now).filter(letter__in=list(letter_ids)).values_list("pk", flat=True))
    carried = Carried()
    for key in keys:
        _carry(organization_id, key, carried, now)
    return carried


def _waiting():  # type: ignore[no-untyped-def]
    carried = [code for code, each in channels.items() if not each.is_manual]
    return Delivery.objects.filter(state=State.PENDING, channel__in=carried)


def _due(now: datetime):  # type: ignore[no-untyped-def]
    return _waiting().filter(Q(not_before__isnull=True) | Q(not_before__lte=now))


def _carry(organization_id: UUID, key: UUID, carried: Carried, now: datetime) -> None:
    """One delivery, locked: a second job at the same time passes it over."""
    with tenant(organization_id), timezone.override(settings.TIME_ZONE):
        rows = _due(now).select_related("letter__employee", "letter__organization")
        delivery: Delivery | None = (
            rows.select_for_update(skip_locked=True, of=("self",)).filter(pk=key).first()
        )
        if delivery is None:
            return
        if (later := routing.router().later(delivery.letter, delivery.channel, now=now)) is not None:
            delivery.not_before = later
            delivery.save(update_fields=["not_before"])
            carried.later = min(carried.later or later, later)
            return
        _settle(delivery, now)
        delivery.at = clock.now()
        delivery.save(update_fields=["state", "reason", "attempts", "at", "is_tracked"])
        forgetting.forget([delivery.letter_id])
        if delivery.state == State.PENDING:
            carried.attempts = max(carried.attempts, delivery.attempts)


def _settle(delivery: Delivery, now: datetime) -> None:
    delivery.attempts += 1
    try:
        channel(delivery.channel).carry(delivery.letter, delivery, now=now)
    except Unwanted as wish:
        delivery.state, delivery.reason = State.SKIPPED, wish.reason
    except Undelivered as failure:
        log.warning("letters: %s not delivered (%s)", delivery.channel, failure.reason)
        is_last = not failure.again or delivery.attempts >= ATTEMPTS
        delivery.state = State.FAILED if is_last else State.PENDING
        delivery.reason = failure.reason
        if failure.reason in reaching.HARD and not failure.again and reaching.refused(delivery, now=now):
            tell_unreachable(delivery, now=now)
    else:
        delivery.state, delivery.reason = State.SENT, ""
        reaching.reached(delivery)
