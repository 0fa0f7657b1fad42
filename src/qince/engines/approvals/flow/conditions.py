"""Tests of a condition. A fact that was not given, or is of another kind than the value, makes a test fail."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from qince.engines.approvals.flow.schema import Comparison


def holds(groups: Sequence[Sequence[Comparison]], facts: Mapping[str, Any]) -> bool:
    """Whether all tests of any group hold. No groups: no."""
    return any(bool(group) and all(passes(test, facts) for test in group) for group in groups)


def passes(test: Comparison, facts: Mapping[str, Any]) -> bool:
    found = facts.get(test.fact)
    if found is None:
        return False
    if test.is_ in ("in", "not_in"):
        listed = bool({*_listed(found)} & {*_listed(test.value)})
        return listed if test.is_ == "in" else not listed
    if test.is_ == "between":
        ends = _listed(test.value)
        return len(ends) == 2 and _ordered("ge", found, ends[0]) and _ordered("le", found, ends[1])
    if test.is_ in ("eq", "ne"):
        return _equal(found, test.value) == (test.is_ == "eq")
    return _ordered(test.is_, found, test.value)


def _listed(value: Any) -> list[Any]:
    return [str(each) for each in value] if isinstance(value, list | tuple) else [str(value)]


_ORDERS: dict[str, Callable[[Any, Any], bool]] = {
    "lt": lambda one, other: one < other,
    "le": lambda one, other: one <= other,
    "gt": lambda one, other: one > other,
    "ge": lambda one, other: one >= other,
}


def _ordered(order: str, found: Any, value: Any) -> bool:
    """Numbers by size, ISO dates by time; nothing else is in an order."""
    one, other = number(found), number(value)
    if one is not None and other is not None:
        return _ORDERS[order](one, other)
    if isinstance(found, str) and isinstance(value, str) and one is None and other is None:
        return _ORDERS[order](found, value)
    return False


def _equal(found: Any, value: Any) -> bool:
    if isinstance(found, list | tuple):
        return str(value) in _listed(found)
    one, other = number(found), number(value)
    return one == other if one is not None and other is not None else str(found) == str(value)


def number(value: Any) -> Decimal | None:
    """The value as a number, exact; None when it is none."""
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        return None
    try:
        found = Decimal(str(value))
    except InvalidOperation:
        return None
    return found if found.is_finite() else None
