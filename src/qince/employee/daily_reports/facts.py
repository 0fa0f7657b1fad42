"""Where other rooms say what a person's records tell about a stretch of days: reports are filled in from it.

A room below is asked from `sources.py`; a room above, as visits are, calls `provide` from its own `handlers.py`.
Whatever is told must be countable as of a moment (`until`): so the server can tell later, by itself, what a phone
could have filled in when the report was begun.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from qince.core.privacy.gate import Standing
from qince.kit.errors import Text

NUMBER, TEXT, CUSTOMERS = "number", "text", "customers"


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose facts, of which days, as known at `until`."""

    employee_id: UUID
    first: date
    last: date
    until: datetime


# A number, a text, or ids of customers in the order they were called at; None where there is nothing to tell.
Gather = Callable[[Asked], Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """`purpose` and `function`: the consent without which the fact is not even asked for."""

    code: str
    title: Text
    kind: str
    gather: Gather
    purpose: str = ""
    circumstances: str = ""
    function: str = ""


facts: dict[str, Fact] = {}


def provide(fact: Fact) -> None:
    if fact.code in facts:
        raise ValueError(f"fact {fact.code} is provided twice")
    facts[fact.code] = fact


def gather(codes: Mapping[str, str] | list[str], asked: Asked, standing: Standing) -> dict[str, Any]:
    """What the named facts say; those without consent, or nothing to say, are left out."""
    found = {}
    for code in dict.fromkeys(codes.values() if isinstance(codes, Mapping) else codes):
        fact = facts.get(code)
        if fact is None or not _is_open(fact, standing):
            continue
        value = fact.gather(asked)
        if value is not None and value != []:
            found[code] = value
    return found


def _is_open(fact: Fact, standing: Standing) -> bool:
    return not fact.purpose or standing.allows(fact.purpose, fact.circumstances, function=fact.function)
