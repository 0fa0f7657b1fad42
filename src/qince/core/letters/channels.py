"""The ways a letter can go. One small protocol; a further channel (web push) is one more class registered here."""

from datetime import datetime
from typing import Protocol

from qince.core.letters.models import Delivery, Letter
from qince.core.people.models import Employee


class Undelivered(Exception):
    """The channel did not take the letter. `again`: trying later may help."""

    def __init__(self, reason: str, *, again: bool) -> None:
        super().__init__(reason)
        self.reason, self.again = reason, again


class Unwanted(Exception):
    """The letter is not to go this way at all; `reason` says why."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Channel(Protocol):
    code: str
    is_immediate: bool  # there as soon as it is written
    is_manual: bool  # a person carries it: printed, or read out on the phone

    def obstacle(self, letter: Letter) -> str:
        """Why `letter` cannot go this way at all, as a code of `words.REASONS`; empty when it can. No queries."""

    def carry(self, letter: Letter, delivery: Delivery, *, now: datetime) -> None:
        """Bring it. Returning says that it was taken; else `Undelivered` or `Unwanted`."""


channels: dict[str, Channel] = {}


def register(found: Channel) -> None:
    channels[found.code] = found


def channel(code: str) -> Channel:
    if code not in channels:
        raise ValueError(f"no channel is called {code}")
    return channels[code]


class InApp:
    code, is_immediate, is_manual = "app", True, False

    def obstacle(self, letter: Letter) -> str:
        if letter.employee is None:
            return "no_account"
        return "left" if letter.employee.status == Employee.Status.LEFT else ""

    def carry(self, letter: Letter, delivery: Delivery, *, now: datetime) -> None:
        return


class ByHand:
    """On paper or by phone: a person does it and ticks it off."""

    is_immediate, is_manual = False, True

    def __init__(self, code: str, *, needs_mobile: bool = False) -> None:
        self.code, self._needs_mobile = code, needs_mobile

    def obstacle(self, letter: Letter) -> str:
        return "no_mobile" if self._needs_mobile and not letter.to_mobile else ""

    def carry(self, letter: Letter, delivery: Delivery, *, now: datetime) -> None:
        raise Undelivered("by_hand", again=False)


register(InApp())
register(ByHand("letter"))
register(ByHand("phone", needs_mobile=True))
