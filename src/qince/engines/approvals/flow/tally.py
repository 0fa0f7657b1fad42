"""Counting the decisions of one step. Pure, so that it can be tried with every order of events."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Said(StrEnum):
    """Where one part of a step stands. `CLOSED`: it no longer matters."""

    OPEN = "open"
    YES = "yes"
    NO = "no"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Part:
    said: Said
    is_added: bool = False


class Outcome(StrEnum):
    OPEN = "open"  # somebody's decision is still needed
    ENOUGH = "enough"  # the step's own people have agreed; only those they added are missing
    PASSED = "passed"
    REFUSED = "refused"


def outcome(mode: str, share: int, parts: Sequence[Part]) -> Outcome:
    """`mode` and `share` as the flow says; nobody to ask means passed."""
    own = [part.said for part in parts if not part.is_added]
    added = [part.said for part in parts if part.is_added and part.said != Said.CLOSED]
    if Said.NO in added:
        return Outcome.REFUSED
    found = _own(mode, share, own)
    if found is not Outcome.PASSED:
        return found
    return Outcome.ENOUGH if Said.OPEN in added else Outcome.PASSED


def _own(mode: str, share: int, said: Sequence[Said]) -> Outcome:
    yes, no, total = said.count(Said.YES), said.count(Said.NO), len(said)
    if not total:
        return Outcome.PASSED
    if mode == "any":
        return Outcome.PASSED if yes else Outcome.REFUSED if no else Outcome.OPEN
    if mode == "vote":
        if yes * 100 >= share * total:
            return Outcome.PASSED
        return Outcome.REFUSED if (total - no) * 100 < share * total else Outcome.OPEN
    if no:
        return Outcome.REFUSED
    return Outcome.PASSED if yes == total else Outcome.OPEN
