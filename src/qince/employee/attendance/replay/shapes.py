"""What replay reads. Minutes of a shift count from the work date's midnight and may exceed 24:00; instants are seconds.

Everything is frozen, so a shift, a rule and a planned day can be shared by thousands of people.
"""

from enum import StrEnum

import msgspec


class Slot(msgspec.Struct, frozen=True, kw_only=True):
    """One stretch of work. Thresholds are minutes beyond which the next verdict holds; 0 means never, but for
    `late_as_late` and `early_as_early`, where it means from the first minute.
    """

    on: int
    off: int
    on_advance: int = 120  # presses count for this slot from so long before its beginning …
    off_delay: int = 240  # … until so long after its end
    late_as_late: int = 0
    late_as_serious: int = 0
    late_as_lack: int = 0
    early_as_early: int = 0
    early_as_lack: int = 0
    no_need_on: bool = False
    no_need_off: bool = False


class Rest(msgspec.Struct, frozen=True):
    start: int
    end: int


class Grace(msgspec.Struct, frozen=True):
    """Who left so long after the end may come so much later the next day."""

    left_after: int
    may_come_later: int


class ShiftVersion(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    shift: str
    version: int
    name: str
    slots: tuple[Slot, ...]
    rests: tuple[Rest, ...] = ()
    flex_late: int = 0  # coming up to so much later, and leaving as much later, is in time
    flex_early: int = 0
    graces: tuple[Grace, ...] = ()

    @property
    def due_minutes(self) -> int:
        return sum(slot.off - slot.on - self.resting(slot.on, slot.off) for slot in self.slots)

    def resting(self, start: int, end: int) -> int:
        """Minutes of rest between the two."""
        return sum(max(0, min(end, rest.end) - max(start, rest.start)) for rest in self.rests)


class GroupKind(StrEnum):
    FIXED = "fixed"
    ROSTER = "roster"
    FREE = "free"


class DayKind(StrEnum):
    """By which overtime is paid differently."""

    WORKDAY = "workday"
    WEEKEND = "weekend"
    SWAPPED_REST = "swapped_rest"
    STATUTORY = "statutory"


class Basis(StrEnum):
    """What overtime is counted by; `LESSER` is what was both approved and spent."""

    NONE = "none"
    APPROVAL = "approval"
    PUNCH = "punch"
    LESSER = "lesser"


class OvertimeRule(msgspec.Struct, frozen=True, kw_only=True):
    basis: str = Basis.APPROVAL
    after: int = 0  # minutes after the end of work that do not count yet
    least: int = 30
    step: int = 30  # counted in whole steps


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """One version of a group's rules."""

    id: str
    group: str
    version: int
    name: str
    kind: str = GroupKind.FIXED
    zone: str = "Asia/Shanghai"
    week: tuple[str | None, ...] = (None,) * 7  # shifts, Monday first; in a free group any word means due
    makeup: str | None = None  # the shift of make-up workdays; without one the week's first
    uses_holidays: bool = True
    sync_grace: int = 120  # after a window has closed, what is on its way may still arrive
    day_starts: int = 240  # where a day without a shift begins: 04:00
    free_minutes: int = 480  # due on a day of a free group
    workday: OvertimeRule = OvertimeRule()
    weekend: OvertimeRule = OvertimeRule()
    swapped_rest: OvertimeRule = OvertimeRule()
    statutory: OvertimeRule = OvertimeRule()

    def overtime(self, kind: str) -> OvertimeRule:
        return getattr(self, kind)  # type: ignore[no-any-return]


class Punch(msgspec.Struct, frozen=True):
    """A press that counts. `kind` is what the person pressed: in, out, or nothing for a gate that does not ask."""

    id: str
    at: int
    kind: str = ""
    source: str = "self"
    is_field: bool = False


class Segment(msgspec.Struct, frozen=True):
    """An approved stretch: leave, trip, out, field, overtime."""

    id: str
    kind: str
    start: int
    end: int


class Fix(msgspec.Struct, frozen=True):
    """An approved correction of one end of a slot, or an administrator's word on it. The original press stays."""

    id: str
    on: str
    slot: int
    end: str
    kind: str  # remedy, admin
    at: int | None = None
    result: str = ""
