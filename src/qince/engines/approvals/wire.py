"""The way of a request as phones and pages' scripts are told it."""

from collections.abc import Iterable
from datetime import datetime

import msgspec

from qince.engines.approvals.presenting import Part, Passage


class PartShown(msgspec.Struct):
    name: str
    for_name: str
    state: str
    words: str
    comment: str
    at: datetime | None
    place: str


class PassageShown(msgspec.Struct):
    """A step of the way; one that is still to come has `people` but no `parts`."""

    name: str
    kind: str
    state: str
    mode: str
    why: str
    round: int
    parts: list[PartShown]
    people: list[str]


class Ahead(msgspec.Struct):
    """The way a request would take if it were handed in now."""

    way: list[PassageShown]


def told(way: Iterable[Passage]) -> list[PassageShown]:
    return [
        PassageShown(
            str(each.name), each.kind, each.state, str(each.mode), str(each.why), each.round,
            [_part(part) for part in each.parts], each.people,
        )
        for each in way
    ]  # fmt: skip


def _part(part: Part) -> PartShown:
    return PartShown(part.name, part.for_name, part.state, str(part.words), part.comment, part.at, part.place)
