"""What recipients want: addresses that unsubscribed, and who agreed to mail tracking."""

from datetime import datetime

from qince.core.accounts.keys import keyed_digest
from qince.core.letters.models import Delivery, Letter, Unsubscription
from qince.core.letters.privacy import MAIL_TRACKING
from qince.core.privacy.gate import Standing

CHANNELS = (Delivery.Channel.EMAIL, Delivery.Channel.SMS)


def address_of(letter: Letter, channel: str) -> str:
    return letter.to_email if channel == Delivery.Channel.EMAIL else letter.to_mobile


def digest_of(address: str) -> str:
    return keyed_digest("unsubscription", address.strip().casefold())


def is_unsubscribed(channel: str, address: str) -> bool:
    rows = Unsubscription.objects.filter(channel=channel, address_digest=digest_of(address))
    return bool(rows.exists())


def unsubscribed_channels(addresses: dict[str, str]) -> set[str]:
    """Those of the channels whose address (by channel) unsubscribed. One query."""
    digests = {digest_of(address): channel for channel, address in addresses.items() if address}
    rows = Unsubscription.objects.filter(address_digest__in=digests)
    return {row.channel for row in rows if digests[row.address_digest] == row.channel}


def unsubscribe(channel: str, address: str, *, now: datetime) -> None:
    Unsubscription.objects.get_or_create(
        channel=channel, address_digest=digest_of(address), defaults={"at": now}
    )


def subscribe(channel: str, address: str) -> None:
    Unsubscription.objects.filter(channel=channel, address_digest=digest_of(address)).delete()


def may_track(letter: Letter) -> bool:
    """Whether the recipient's ledger allows it now, and the letter is one that may be unsubscribed from."""
    if letter.declared.is_mandatory or letter.employee_id is None:
        return False
    return Standing(letter.employee_id).allows(MAIL_TRACKING)
