"""What recipients want: addresses that unsubscribed, and who agreed to mail tracking."""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from qince.core.accounts.keys import keyed_digest
from qince.core.letters.models import Delivery, Letter, Unsubscription
from qince.core.letters.privacy import MAIL_TRACKING
from qince.core.letters.registry import Kind
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


class Pushed(StrEnum):
    """How a person wants pushed information. The choice is kept by a room above, which tells it here."""

    PERSONAL = "personal"
    GENERAL = "general"
    NONE = "none"


_pushed: list[Callable[[Collection[UUID]], Mapping[UUID, str]]] = []


def pushed_by(provider: Callable[[Collection[UUID]], Mapping[UUID, str]]) -> None:
    """`provider`: the choices of those of the employees who made one."""
    _pushed[:] = [provider]


def pushed_of(employee_ids: Collection[UUID]) -> dict[UUID, Pushed]:
    """Of each; whoever has not chosen gets nothing that is chosen by their traits."""
    chosen = _pushed[0](employee_ids) if _pushed and employee_ids else {}
    return {key: Pushed(chosen.get(key, Pushed.GENERAL)) for key in employee_ids}


def is_wanted(kind: Kind, pushed: Pushed | None) -> bool:
    """Whether a letter of the kind may be written to an employee with this choice; None for somebody outside."""
    if kind.is_mandatory or pushed is Pushed.PERSONAL:
        return True
    return pushed is not Pushed.NONE and not kind.is_personalised


def values_for(kind: Kind, pushed: Pushed | None, values: Mapping[str, str]) -> dict[str, str]:
    """Without what is drawn from the person's traits, unless they want it."""
    left_out = () if pushed is Pushed.PERSONAL else kind.personal_values
    return {name: str(value) for name, value in values.items() if name not in left_out}


def may_track(letter: Letter) -> bool:
    """Whether the recipient's ledger allows it now, and the letter is one that may be unsubscribed from."""
    if letter.declared.is_mandatory or letter.employee_id is None:
        return False
    return Standing(letter.employee_id).allows(MAIL_TRACKING)
