"""Switching on push messages in the console: one tap agrees to the purpose, notes the permission, keeps the device."""

from datetime import datetime

from django.db import transaction

from qince.core.privacy.actions import Decision, record_consent
from qince.core.privacy.gate import Standing
from qince.core.privacy.models import ConsentEntry
from qince.core.privacy.permissions import SYSTEM_DIALOG, PermissionReport, record_permission
from qince.engines.notifications.actions import switch_on
from qince.engines.notifications.models import Subscription
from qince.engines.notifications.privacy import NOTIFICATIONS, PUSH
from qince.kit.actor import Actor
from qince.kit.ids import uuid7
from qince.kit.tenancy import tenant


def join(
    actor: Actor, *, endpoint: str, p256dh: str, auth: str, notice_hash: str, now: datetime
) -> Subscription:
    """All of it or nothing: where the device is refused, the consent was not given either."""
    with tenant(actor.organization_id), transaction.atomic():
        if not Standing(actor.person_id).allows(PUSH):
            decision = Decision(
                id=uuid7(),
                purpose=PUSH,
                act=ConsentEntry.Act.GRANTED,
                notice_hash=notice_hash,
                occurred_at=now,
            )
            record_consent(actor, decision=decision, now=now)
        report = PermissionReport(
            id=uuid7(), permission=NOTIFICATIONS, is_allowed=True, source=SYSTEM_DIALOG, occurred_at=now,
            notice_hash=notice_hash,
        )  # fmt: skip
        record_permission(actor, report=report, now=now)
        return switch_on(actor, endpoint=endpoint, p256dh=p256dh, auth=auth, now=now)
