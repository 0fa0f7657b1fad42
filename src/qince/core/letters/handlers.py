"""Deliveries are queued in the transaction that wrote the letters, so they stand or fall with it."""

from qince.core.letters.events import LettersWritten
from qince.core.letters.jobs import deliver
from qince.core.letters.models import Delivery
from qince.kit.events import subscribe
from qince.kit.tenancy import current_organization_id

# One job carries this many letters at most, so that a large mailing can be spread and a retry stays small.
BATCH = 50


@subscribe(LettersWritten)
def queue(event: LettersWritten) -> None:
    waiting = Delivery.objects.filter(letter__in=event.letter_ids, state=Delivery.State.PENDING)
    by_hand = (Delivery.Channel.LETTER, Delivery.Channel.PHONE)
    found = set(waiting.exclude(channel__in=by_hand).values_list("letter_id", flat=True))
    keys = [str(key) for key in event.letter_ids if key in found]
    for start in range(0, len(keys), BATCH):
        deliver.defer(organization_id=str(current_organization_id()), letter_ids=keys[start : start + BATCH])
