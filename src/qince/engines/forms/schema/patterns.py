"""Patterns of `regex()`: only what means the same here and on a phone, and cannot run away on any text.

Refused are groups with options, look-around, back references, and whatever makes the time explode: an unbounded
repetition that holds another or a choice, and many unbounded repetitions in one pattern.
"""

import re
from functools import lru_cache
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

LONGEST_TEXT = 1000
MOST_REPETITIONS = 4
MANY = 50
_PLAIN = (sre.LITERAL, sre.NOT_LITERAL, sre.ANY, sre.IN, sre.AT, sre.CATEGORY, sre.RANGE, sre.NEGATE)


@lru_cache(maxsize=512)
def compiled(pattern: str) -> re.Pattern[str] | None:
    """The pattern, or None where it is not allowed."""
    try:
        tree = _parser.parse(pattern, re.ASCII)
        if re.search(r"\\[^dDwWsSbBtnr.^$*+?()\[\]{}|/\\-]", pattern) or not _is_safe(tree):
            return None
        return re.compile(pattern, re.ASCII)
    except (re.error, OverflowError, RecursionError):
        return None


def matches(pattern: str, text: str) -> bool:
    """Whether the whole text fits, as XForms asks."""
    found = compiled(pattern)
    return found is not None and len(text) <= LONGEST_TEXT and found.fullmatch(text) is not None


def _is_safe(tree: Any) -> bool:
    return _unbounded(tree, inside=False) <= MOST_REPETITIONS


def _unbounded(items: Any, *, inside: bool) -> int:
    """How many unbounded repetitions there are; very many where one of them is not allowed."""
    return sum(_one(code, value, inside) for code, value in items)


def _one(code: Any, value: Any, inside: bool) -> int:
    if code in _PLAIN:
        return 0
    if code in (sre.MAX_REPEAT, sre.MIN_REPEAT):
        least, most, held = value
        if most != sre.MAXREPEAT and most <= MANY:
            return _unbounded(held, inside=inside) * max(int(most), 1) if not inside else 1000
        if inside or least > MANY:
            return 1000
        return 1 + _unbounded(held, inside=True)
    if code is sre.SUBPATTERN:
        _group, adding, removing, held = value
        return 1000 if adding or removing else _unbounded(held, inside=inside)
    if code is sre.BRANCH:
        return 1000 if inside else sum(_unbounded(each, inside=inside) for each in value[1])
    return 1000  # look-around, back references, conditions
