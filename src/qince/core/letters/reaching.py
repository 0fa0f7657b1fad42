"""Addresses that take nothing any more. After a few refusals for good in a row, only what is owed is still tried.

Whoever keeps sending to a mailbox that is gone is taken for a sender of spam, and nobody learns that the address in
the address book is wrong. So the person is told in the app. A message that gets through, a new address, or the
person's word that it works again lifts it. The address itself is not kept.
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from qince.core.letters.models import Delivery, Unreachable
from qince.core.letters.registry import kind
from qince.core.letters.wishes import CHANNELS, address_of, digest_of

HARD_FAILURES = 3
# Refused for good; all else may pass.
HARD = ("address_refused", "number_refused")
SUPPRESSED = "suppressed"

TOLD = {
    Delivery.Channel.EMAIL.value: kind(
        "letters.email_unreachable",
        title=_("Your e-mail address takes no messages"),
        body=_(
            "Several e-mails in a row were refused for good. Optional e-mails go there no more. Have the address in "
            "the address book mended, or say under Messages that it works again."
        ),
        is_mandatory=True,
    ),
    Delivery.Channel.SMS.value: kind(
        "letters.sms_unreachable",
        title=_("Your mobile number takes no text messages"),
        body=_(
            "Several text messages in a row were refused for good. Optional ones go there no more. Have the number in "
            "the address book mended, or say under Messages that it works again."
        ),
        is_mandatory=True,
    ),
}  # fmt: skip


def is_suppressed(channel: str, address: str) -> bool:
    rows = Unreachable.objects.filter(channel=channel, address_digest=digest_of(address))
    return bool(rows.filter(suppressed_at__isnull=False).exists())


def suppressed_channels(addresses: Mapping[str, str]) -> set[str]:
    """Those of the channels whose address (by channel) takes nothing. One query."""
    digests = {digest_of(address): channel for channel, address in addresses.items() if address}
    rows = Unreachable.objects.filter(address_digest__in=digests, suppressed_at__isnull=False)
    return {row.channel for row in rows if digests[row.address_digest] == row.channel}


def refused(delivery: Delivery, *, now: datetime) -> bool:
    """Count a refusal for good; whether this was the one too many."""
    row, _made = Unreachable.objects.select_for_update().get_or_create(
        channel=delivery.channel, address_digest=_digest(delivery), defaults={"at": now}
    )
    row.failures, row.at = min(row.failures + 1, 1000), now
    is_last = row.failures >= HARD_FAILURES and row.suppressed_at is None
    if is_last:
        row.suppressed_at = now
    row.save(update_fields=["failures", "at", "suppressed_at"])
    return is_last


def reached(delivery: Delivery) -> None:
    if delivery.channel in CHANNELS:
        lift(delivery.channel, address_of(delivery.letter, delivery.channel))


def lift(channel: str, address: str) -> bool:
    """Forget its refusals; whether there were any."""
    rows = Unreachable.objects.filter(channel=channel, address_digest=digest_of(address))
    return bool(rows.delete()[0])


def about(employee_id: UUID, channel: str) -> str:
    """What the message to the person is about, so that a second one takes its place."""
    return f"unreachable:{channel}:{employee_id}"


def _digest(delivery: Delivery) -> str:
    return digest_of(address_of(delivery.letter, delivery.channel))
