"""The requirement table, read from the file beside this one."""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "clauses.tsv"
WAITING = FILE.with_name("waiting.tsv")


@dataclass(frozen=True, slots=True)
class Clause:
    id: str
    kind: str
    text: str


@dataclass(slots=True)
class Section:
    id: str
    title: str
    clauses: list[Clause] = field(default_factory=list)


@cache
def sections() -> list[Section]:
    """The sections in the order of the agreement, each with its clauses."""
    found: list[Section] = []
    for line in FILE.read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if cells[0] == "#":
            found.append(Section(cells[1], cells[2]))
        elif not line.startswith("#"):
            found[-1].clauses.append(Clause(*cells))
    return found


@cache
def known_ids() -> frozenset[str]:
    return frozenset(clause.id for section in sections() for clause in section.clauses)


@cache
def waiting() -> dict[str, str]:
    """Clauses without a check yet, and the function that each waits for."""
    lines = WAITING.read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t", 1) for line in lines if not line.startswith("#"))
