"""What a day is for a person: which shift is due, and why.

The first that has a word decides: roster, the group's special day, holiday or make-up workday, weekly pattern.
"""

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import Any

import msgspec

from qince.employee.attendance.replay.shapes import DayKind, GroupKind, Rule, ShiftVersion
from qince.employee.attendance.replay.zones import instant


class State(StrEnum):
    DUE = "due"
    OFF = "off"
    EXEMPT = "exempt"
    OUTSIDE = "outside"  # no group, or not employed


class Source(StrEnum):
    ROSTER = "roster"
    SPECIAL = "special"
    HOLIDAY = "holiday"
    WEEKLY = "weekly"
    NONE = "none"


class Placed(msgspec.Struct, frozen=True):
    """A slot on the clock: instants of its ends and of the window in which presses may belong to it."""

    number: int
    on: int
    off: int
    opens: int
    closes: int


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """One work date of everybody whom the same words hold for."""

    on: date
    state: str
    kind: str = DayKind.WORKDAY
    source: str = Source.NONE
    rule: Rule | None = None
    shift: ShiftVersion | None = None
    placed: tuple[Placed, ...] = ()
    rests: tuple[tuple[int, int], ...] = ()

    @property
    def day(self) -> tuple[int, int]:
        """The instants between which presses without a shift belong to this date."""
        assert self.rule is not None
        return (
            instant(self.rule.zone, self.on, self.rule.day_starts),
            instant(self.rule.zone, self.on, self.rule.day_starts + 1440),
        )

    @property
    def due_minutes(self) -> int:
        if self.state != State.DUE or self.rule is None:
            return 0
        return self.shift.due_minutes if self.shift else self.rule.free_minutes


class Said(msgspec.Struct, frozen=True):
    """A word on one day: the shift due, None for rest."""

    shift: str | None


# Which holiday a date is: a kind of rest, "workday" for a make-up day, or nothing.
Holiday = Callable[[date], str]
Versions = Callable[[str, date], ShiftVersion | None]
OUTSIDE = Plan(on=date.min, state=State.OUTSIDE)


def plan_day(
    on: date,
    rule: Rule,
    *,
    roster: Said | None = None,
    special: Said | None = None,
    holiday: str = "",
    versions: Versions,
    is_exempt: bool = False,
) -> Plan:
    """The plan of `on` under `rule`. `versions` finds the version of a shift in force on a date."""
    said, source = _decide(on, rule, roster, special, holiday)
    kind = _kind(on, said, source, holiday)
    state = State.OFF if said is None else (State.EXEMPT if is_exempt else State.DUE)
    common: dict[str, Any] = {"on": on, "kind": kind, "source": source, "rule": rule}
    if said is None or (rule.kind == GroupKind.FREE and source != Source.ROSTER):
        return Plan(state=state, **common)
    shift = versions(said, on)
    if shift is None:
        return Plan(**{**common, "source": Source.NONE}, state=State.OFF)
    return Plan(state=state, shift=shift, **common, **place(on, rule.zone, shift))


def _decide(
    on: date, rule: Rule, roster: Said | None, special: Said | None, holiday: str
) -> tuple[str | None, str]:
    if roster is not None:
        return roster.shift, Source.ROSTER
    if special is not None:
        return special.shift, Source.SPECIAL
    if rule.kind == GroupKind.ROSTER:
        return None, Source.NONE  # nobody has put the person down for this day
    weekly = rule.week[on.weekday()]
    if holiday and rule.uses_holidays:
        if holiday != DayKind.WORKDAY:
            return None, Source.HOLIDAY
        if weekly is None:
            return rule.makeup or next(filter(None, rule.week), None), Source.HOLIDAY
    return weekly, Source.WEEKLY


def _kind(on: date, said: str | None, source: str, holiday: str) -> str:
    """Statutory days stay statutory even for those who are due; other days are what they are for the person."""
    if holiday == DayKind.STATUTORY:
        return DayKind.STATUTORY
    if said is not None:
        return DayKind.WORKDAY
    if source == Source.HOLIDAY:
        return holiday
    return DayKind.WEEKEND


def place(on: date, zone: str, shift: ShiftVersion) -> dict[str, Any]:
    """The shift's slots and rests as instants of that date."""
    placed = tuple(
        Placed(
            number,
            instant(zone, on, slot.on),
            instant(zone, on, slot.off),
            instant(zone, on, slot.on - slot.on_advance),
            instant(zone, on, slot.off + slot.off_delay),
        )
        for number, slot in enumerate(shift.slots)
    )
    rests = tuple((instant(zone, on, rest.start), instant(zone, on, rest.end)) for rest in shift.rests)
    return {"placed": placed, "rests": rests}
