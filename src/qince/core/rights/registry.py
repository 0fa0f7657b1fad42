"""What other rooms know of a person, offered from above or beside: recipients, disclosures, readers, rows, decisions.

registry.recipients.append(queries.recipients_of)         # in the feature's handlers.py
registry.decide("visits.place", find=…, replay=…)
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from qince.core.privacy.registers import registered
from qince.kit.actor import Actor
from qince.kit.errors import Text


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody outside who was given data of the person; `purposes`: those that the data given was taken for."""

    code: str
    name: str
    purposes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Told:
    """One line about the person: a disclosure, or somebody who looked."""

    at: datetime
    who: str
    what: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A row in which a mobile number stands: what it is, and where a handler opens it."""

    kind: Text
    name: str
    url: str
    person: str = ""


@dataclass(frozen=True, slots=True)
class Made:
    """A machine decision about a person: which row, when, in what words."""

    decision: str
    target_id: UUID
    at: datetime
    about: str
    result: str

    @property
    def title(self) -> Text:
        """What was decided, as the register of decisions names it."""
        return registered.decisions[self.decision].title


@dataclass(frozen=True, slots=True)
class Replay:
    """The decision computed again from the stored evidence. `result` is what the rule says of the inputs now."""

    made: Made
    inputs: list[tuple[Text, str]]
    version: str
    result: str
    stored: str

    @property
    def agrees(self) -> bool:
        return self.result == self.stored


@dataclass(frozen=True, slots=True)
class Maker:
    """How decisions of one code are found and replayed. Nothing is written when the decision is made: the evidence
    the feature keeps anyway is enough.
    """

    find: Callable[[UUID, int], list[Made]]  # (employee, at most so many) → latest first
    replay: Callable[[UUID, UUID], Replay | None]  # (employee, target); None when it is not the person's
    undo: Callable[[Actor, UUID, str, datetime], None] | None = None  # what follows when a review changes it


recipients: list[Callable[[UUID], list[Recipient]]] = []
disclosures: list[Callable[[UUID], list[Told]]] = []
onlookers: list[Callable[[UUID], list[Told]]] = []
mobile_finders: list[Callable[[str], list[Found]]] = []
makers: dict[str, Maker] = {}
# Where a business document of a kind may be opened: kind → (id → address or "" when it is gone).
documents: dict[str, Callable[[UUID], str]] = {}


def decide(code: str, *, find: Callable[[UUID, int], list[Made]], replay: Any, undo: Any = None) -> None:
    if code in makers:
        raise ValueError(f"decisions of {code} are provided twice")
    makers[code] = Maker(find, replay, undo)


def recipients_of(employee_id: UUID) -> list[Recipient]:
    """Everybody outside who was ever given data of the person, once each."""
    found = {each.code: each for provider in recipients for each in provider(employee_id)}
    return list(found.values())


def disclosures_of(employee_id: UUID) -> list[Told]:
    return _latest(disclosures, employee_id)


def onlookers_of(employee_id: UUID) -> list[Told]:
    return _latest(onlookers, employee_id)


def _latest(providers: list[Callable[[UUID], list[Told]]], employee_id: UUID) -> list[Told]:
    return sorted((line for each in providers for line in each(employee_id)), key=lambda line: line.at)[::-1]


def rows_with_mobile(mobile: str) -> list[Found]:
    """Every row in which the number stands, whoever entered it (C1.1-07)."""
    return [found for finder in mobile_finders for found in finder(mobile)]


def decisions_of(employee_id: UUID, limit: int = 50) -> list[Made]:
    made = [each for maker in makers.values() for each in maker.find(employee_id, limit)]
    return sorted(made, key=lambda each: each.at, reverse=True)[:limit]


def undo(actor: Actor, code: str, target_id: UUID, text: str, now: datetime) -> None:
    """Carry out what follows for the feature when a person has decided otherwise than the machine."""
    maker = makers.get(code)
    if maker is not None and maker.undo is not None:
        maker.undo(actor, target_id, text, now)


def replay(code: str, employee_id: UUID, target_id: UUID) -> Replay | None:
    maker = makers.get(code)
    return maker.replay(employee_id, target_id) if maker else None
