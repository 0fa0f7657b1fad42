"""What was on its way and is no longer wanted: because it was read elsewhere, or its reason is gone."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from qince.core.letters.channels import channels
from qince.core.letters.models import Delivery, Letter

READ, RECALLED = "read_elsewhere", "recalled"


def cancel(letter_ids: Sequence[UUID], *, reason: str, now: datetime) -> None:
    """Stop every delivery that has not left. What a person carries, on paper or by phone, is theirs to decide."""
    carried = [code for code, each in channels.items() if not each.is_manual]
    waiting = Delivery.objects.filter(
        letter__in=letter_ids, state=Delivery.State.PENDING, channel__in=carried
    )
    waiting.update(state=Delivery.State.CANCELLED, reason=reason, at=now)


def recall(letter_ids: Sequence[UUID], *, now: datetime) -> None:
    """Mark letters as no longer needed and stop what is on its way."""
    Letter.objects.filter(pk__in=letter_ids, recalled_at__isnull=True).update(recalled_at=now)
    cancel(letter_ids, reason=RECALLED, now=now)
