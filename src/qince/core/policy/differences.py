"""Two versions of a text side by side, as a reader wants them: which paragraphs came, went, or read differently."""

import re
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

ADDED, REMOVED, CHANGED = "added", "removed", "changed"
SAME, CAME, WENT = "same", "came", "went"
# A changed paragraph shares at least this much with what it was; less is one that went and one that came.
ALIKE = 0.5
_WORD = re.compile(r"[A-Za-z0-9À-ɏ'’-]+|\s+|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a changed paragraph: it stayed, came, or went."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    kind: str
    old: str = ""
    new: str = ""
    pieces: tuple[Piece, ...] = ()


@dataclass(slots=True)
class Part:
    """The changes in one part of one document."""

    document: str
    title: str
    changes: list[Change] = field(default_factory=list)


def between(old: dict[str, Any], new: dict[str, Any]) -> list[Part]:
    """What differs between two kept contents, in the order of the new one; nothing for equal texts."""
    before = {(kind, section["anchor"]): section for kind, section in _sections(old)}
    titles = {each["kind"]: each["title"] for each in [*old["documents"], *new["documents"]]}
    parts = []
    for kind, section in _sections(new):
        earlier = before.pop((kind, section["anchor"]), None)
        parts.append(_part(titles[kind], earlier, section))
    parts += [_part(titles[kind], section, None) for (kind, _anchor), section in before.items()]
    return [part for part in parts if part.changes]


def _sections(content: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return [(each["kind"], section) for each in content["documents"] for section in each["sections"]]


def _part(document: str, old: dict[str, Any] | None, new: dict[str, Any] | None) -> Part:
    shown = new or old
    assert shown is not None
    found = Part(document, shown["title"])
    found.changes = list(_changes(_texts(old), _texts(new)))
    return found


def _texts(section: dict[str, Any] | None) -> list[str]:
    """The paragraphs of a part, each row of a table as one."""
    texts = []
    for each in section["paragraphs"] if section else ():
        texts.append(each["text"])
        texts += [" · ".join(cell for cell in row["cells"] if cell) for row in each.get("rows", ())]
    return [text for text in texts if text]


def _changes(old: list[str], new: list[str]) -> list[Change]:
    found: list[Change] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            found += _matched(old[a:b], new[c:d])
    return found


def _matched(old: list[str], new: list[str]) -> list[Change]:
    """Pair each new paragraph with the old one it most likely came from."""
    left = list(old)
    found = []
    for text in new:
        best = max(left, key=lambda each: _likeness(each, text), default="")
        if best and _likeness(best, text) >= ALIKE:
            left.remove(best)
            found.append(Change(CHANGED, best, text, pieces(best, text)))
        else:
            found.append(Change(ADDED, new=text))
    return [*found, *(Change(REMOVED, old=text) for text in left)]


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def pieces(old: str, new: str) -> tuple[Piece, ...]:
    """A changed paragraph word by word; each Chinese character is a word."""
    before, after = _WORD.findall(old), _WORD.findall(new)
    found: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Piece(SAME, "".join(after[c:d])))
        else:
            found += [
                piece
                for piece in (Piece(WENT, "".join(before[a:b])), Piece(CAME, "".join(after[c:d])))
                if piece.text
            ]
    return tuple(found)
