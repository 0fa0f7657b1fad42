"""Deliveries are queued in the transaction that wrote the letters, so they stand or fall with it."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from qince.core.letters.events import LettersWritten
from qince.core.letters.jobs import deliver
from qince.core.letters.models import Delivery
from qince.kit.events import subscribe
from qince.kit.tenancy import current_organization_id

# One job carries this many letters at most, so that a large mailing can be spread and a retry stays small.
BATCH = 50


@subscribe(LettersWritten)
def queue(event: LettersWritten) -> None:
    enqueue(event.letter_ids)


def enqueue(letter_ids: Sequence[UUID]) -> None:
    """Queue what waits among the deliveries of these letters, each at the time from which it may leave."""
    waiting = Delivery.objects.filter(letter__in=letter_ids, state=Delivery.State.PENDING)
    by_hand = (Delivery.Channel.LETTER, Delivery.Channel.PHONE)
    due: dict[datetime | None, set[UUID]] = defaultdict(set)
    for key, at in waiting.exclude(channel__in=by_hand).values_list("letter_id", "not_before"):
        due[at].add(key)
    for at, found in due.items():
        keys = [str(key) for key in letter_ids if key in found]
        for start in range(0, len(keys), BATCH):
            deliver.configure(schedule_at=at).defer(
                organization_id=str(current_organization_id()), letter_ids=list(keys[start : start + BATCH])
            )
