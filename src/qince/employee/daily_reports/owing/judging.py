"""How one person's one period stands. Exactly one state, with the facts that led to it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from qince.employee.daily_reports.owing.periods import Period
from qince.employee.daily_reports.owing.rules import Basis, Cycle


class State(StrEnum):
    EXPECTED = "expected"
    ON_TIME = "on_time"
    LATE = "late"
    MISSING = "missing"
    EXEMPT = "exempt"


class Reason(StrEnum):
    """Why nothing is owed; empty: it is."""

    NONE = ""
    NAMED = "named"  # the template exempts the person
    NOT_YET = "not_yet"  # joined after the period
    LEFT = "left"  # gone before it was due
    WEEKDAY = "weekday"  # not one of the template's weekdays
    DAY_OFF = "day_off"
    HOLIDAY = "holiday"
    LEAVE = "leave"


@dataclass(frozen=True, slots=True)
class Day:
    """One date of one person. `is_made_up`: worked in place of a day off, whatever weekday it is."""

    is_working: bool
    is_holiday: bool = False
    is_made_up: bool = False
    is_on_leave: bool = False  # approved, for the whole of its working time


WORKDAY = Day(is_working=True)


@dataclass(frozen=True, slots=True)
class Reporter:
    """`left_on` is the day from which the person is gone."""

    joined_on: date = date.min
    left_on: date | None = None
    is_exempt: bool = False
    days: Mapping[date, Day] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Standing:
    """`facts` are those that the explanation speaks of."""

    state: State
    reason: Reason
    facts: Mapping[str, Any]


def owed(period: Period, reporter: Reporter) -> tuple[Reason, dict[str, Any]]:
    """Whether a person owes the report of a period, or why not."""
    if reporter.is_exempt:
        return Reason.NAMED, {}
    if reporter.joined_on > period.last:
        return Reason.NOT_YET, {"on": reporter.joined_on}
    if reporter.left_on is not None and reporter.left_on <= period.due_on:
        return Reason.LEFT, {"on": reporter.left_on}
    counted = [(on, reporter.days.get(on, WORKDAY)) for on in period.days if on >= reporter.joined_on]
    due = [(on, day) for on, day in counted if _is_due(period, day)]
    if not due:
        is_holiday = any(day.is_holiday for _on, day in counted)
        return (Reason.HOLIDAY if is_holiday else Reason.DAY_OFF), {}
    due = [(on, day) for on, day in due if _is_chosen(period, on, day)]
    if not due:
        return Reason.WEEKDAY, {}
    away = [on for on, day in due if day.is_on_leave]
    if len(away) == len(due):
        return Reason.LEAVE, {"days": away}
    made_up = [on for on, day in due if day.is_made_up]
    return Reason.NONE, {"days": [on for on, _day in due], "away": away, "made_up": made_up}


def judge(period: Period, reporter: Reporter, sent_at: datetime | None, now: datetime) -> Standing:
    reason, facts = owed(period, reporter)
    return Standing(state_of(period, reason, sent_at, now), reason, {**facts, "sent_at": sent_at})


def state_of(period: Period, reason: str, sent_at: datetime | None, now: datetime) -> State:
    """A report that came in its time counts even where none was owed: nobody loses what they wrote. One that came
    after the time for being late is kept, and the period stays missing.
    """
    if sent_at is not None and period.is_taken(sent_at):
        return State.ON_TIME if period.is_in_time(sent_at) else State.LATE
    if reason:
        return State.EXEMPT
    return State.MISSING if sent_at is not None or not period.is_taken(now) else State.EXPECTED


def _is_due(period: Period, day: Day) -> bool:
    return day.is_working or period.version.rule.basis is Basis.EVERY


def _is_chosen(period: Period, on: date, day: Day) -> bool:
    rule = period.version.rule
    if rule.cycle is not Cycle.DAILY or not rule.weekdays:
        return True
    # Nobody knows which weekday a make-up day stands for: it is reported on like any working day.
    return on.isoweekday() in rule.weekdays or (day.is_made_up and rule.basis is Basis.WORK)
