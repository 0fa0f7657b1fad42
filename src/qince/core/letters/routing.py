"""By which ways a letter goes. Whoever keeps people's preferences tells it here; without that, the app alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from qince.core.letters.models import Letter

# Which rule chose a way: codes of `words.DECISIONS`.
SENDER, STANDARD, PREFERENCE, MANDATORY, ESCALATION = (
    "sender", "standard", "preference", "mandatory", "escalation",
)  # fmt: skip
ALWAYS = "app"


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One channel for one letter. `obstacle`: it is on record as not taken, for this reason of `words.REASONS`."""

    channel: str
    decided_by: str
    not_before: datetime | None = None
    obstacle: str = ""


class Router(Protocol):
    def ways(
        self, letters: Sequence[Letter], channels: tuple[str, ...] | None, *, now: datetime
    ) -> Mapping[UUID, Sequence[Way]]:
        """The ways of each letter; `channels` are the sender's, None when people's preferences decide."""

    def later(self, letter: Letter, channel: str, *, now: datetime) -> datetime | None:
        """When a letter that was about to go by `channel` may, if not now. Asked once more before each try."""


class Plain:
    """Without preferences: what the sender names, else the app alone."""

    def ways(
        self, letters: Sequence[Letter], channels: tuple[str, ...] | None, *, now: datetime
    ) -> Mapping[UUID, Sequence[Way]]:
        decided_by = STANDARD if channels is None else SENDER
        named = dict.fromkeys((ALWAYS,) if channels is None else channels)
        return {each.pk: [Way(channel=name, decided_by=decided_by) for name in named] for each in letters}

    def later(self, letter: Letter, channel: str, *, now: datetime) -> datetime | None:
        return None


_router: list[Router] = [Plain()]


def routed_by(router: Router) -> None:
    _router[:] = [router]


def router() -> Router:
    return _router[0]
