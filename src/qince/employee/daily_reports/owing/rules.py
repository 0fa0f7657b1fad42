"""What a template says about time: how often, on which days, until when, and until when late."""

from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum
from typing import Any

import msgspec

LONGEST_LATE_HOURS = 24 * 14
LATEST_DUE_AFTER = 10  # days after the period


class Cycle(StrEnum):
    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"


class Basis(StrEnum):
    WORK = "work"  # each person's own working days: holidays and make-up days count as they do at work
    EVERY = "every"  # every day of the calendar


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """`weekdays` (1 to 7) narrow a daily one; none: all. `due_after`: days between the period's last day and the day
    it is due on. `late_hours`: for so long after that a report counts as late; then as missing, even if
    it still comes.
    """

    cycle: Cycle = Cycle.DAILY
    basis: Basis = Basis.WORK
    weekdays: tuple[int, ...] = ()
    due_at: time = time(20)
    due_after: int = 0
    late_hours: int = 12
    remind_minutes: int = 60  # before it is due; 0: nobody is reminded


@dataclass(frozen=True, slots=True)
class RuleVersion:
    """A rule from a day on. `id` is the stored version's."""

    number: int
    effective_from: date
    rule: Rule
    id: Any = field(default=None, compare=False)


def faults(rule: Rule) -> dict[str, str]:
    """What is wrong with a rule, by field; empty: nothing."""
    found = {}
    if any(not 1 <= each <= 7 for each in rule.weekdays) or len(set(rule.weekdays)) != len(rule.weekdays):
        found["weekdays"] = "weekday"
    if not 0 <= rule.due_after <= LATEST_DUE_AFTER:
        found["due_after"] = "range"
    if not 0 <= rule.late_hours <= LONGEST_LATE_HOURS:
        found["late_hours"] = "range"
    if not 0 <= rule.remind_minutes <= 24 * 60:
        found["remind_minutes"] = "range"
    if rule.due_at.tzinfo is not None or rule.due_at.second or rule.due_at.microsecond:
        found["due_at"] = "minute"
    return found


def as_stored(rule: Rule) -> Any:
    return msgspec.to_builtins(rule)


def rule_of(stored: Any) -> Rule:
    return msgspec.convert(stored, Rule)
