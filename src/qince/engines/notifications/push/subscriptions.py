"""Which devices of whom are to be told: valid, still signed in, and their person agrees."""

from collections.abc import Collection
from uuid import UUID

from qince.core.accounts.models import Device
from qince.core.privacy.gate import Standing
from qince.engines.notifications.models import Subscription
from qince.engines.notifications.privacy import NOTIFICATIONS, PUSH
from qince.engines.notifications.push.services import is_available
from qince.kit import clock


def subscribed(employee_ids: Collection[UUID]) -> set[UUID]:
    """Those who have a device to be told on. One query; whether it may be used is asked when something is sent."""
    if not employee_ids or not is_available():
        return set()
    rows = Subscription.objects.filter(employee__in=employee_ids, disabled_at__isnull=True)
    return set(rows.values_list("employee_id", flat=True))


def usable_of(employee_id: UUID) -> list[Subscription]:
    """The devices a message may go to now: none without consent, and none that was signed out or switched off."""
    standing = Standing(employee_id)
    if not standing.may_begin or not standing.allows(PUSH):
        return []
    rows = list(Subscription.objects.filter(employee=employee_id, disabled_at__isnull=True))
    present = set(
        Device.objects.filter(
            pk__in=[row.device_id for row in rows], employee_id=employee_id, revoked_at__isnull=True
        ).values_list("pk", flat=True)
    )
    return [
        row
        for row in rows
        if row.device_id in present
        and standing.device_allows(NOTIFICATIONS, clock.now, device_id=row.device_id)
        and row.endpoint
    ]
