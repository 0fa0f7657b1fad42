"""The verdict on one slot: due times moved by grace, flexible hours and what stands in, then compared with presses."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from qince.employee.attendance.replay.assigning import ends
from qince.employee.attendance.replay.planning import Placed, Plan
from qince.employee.attendance.replay.results import Point, Result, Step
from qince.employee.attendance.replay.shapes import Fix, Punch, Segment, ShiftVersion, Slot
from qince.employee.attendance.replay.spans import Span, clipped, merged, minutes, without

LEAVE = "leave"
OPEN = (Result.LACK, Result.PENDING)


class Facts(msgspec.Struct):
    """What stands in for presses, and until when is known."""

    standing: Sequence[Segment]
    fixes: Mapping[tuple[str, int, str], Fix]
    as_of: int


class Judged(msgspec.Struct):
    on: Point
    off: Point
    worked: int = 0
    absent: int = 0
    leave: int = 0
    away: int = 0
    flexed: int = 0  # seconds by which the day is shifted


class Due(msgspec.Struct):
    """The times due, after everything that moves them, and the steps that did."""

    on: int
    off: int
    on_trail: tuple[Step, ...] = ()
    off_trail: tuple[Step, ...] = ()
    on_by: str = ""
    off_by: str = ""
    covered_by: str = ""


def judge_slot(
    plan: Plan, number: int, presses: Sequence[Punch], facts: Facts, *, grace: int, flexed: int
) -> Judged:
    """`grace`: minutes that last night allows; `flexed`: seconds by which the day has been shifted already."""
    shift, placed = plan.shift, plan.placed[number]
    assert shift is not None
    assert plan.rule is not None
    slot = shift.slots[number]
    due = Due(placed.on, placed.off)
    if grace and number == 0:
        due.on, due.on_trail = placed.on + grace * 60, (("grace", grace),)
    standing = [each for each in facts.standing if each.start < placed.off and each.end > placed.on]
    if standing:
        _stand_in(due, standing, plan.rests)
    early = shift.flex_early * 60
    coming, leaving = ends(presses, due.on, due.off, placed, early)
    on = plan.on.isoformat()
    fix_on, fix_off = facts.fixes.get((on, number, "on")), facts.fixes.get((on, number, "off"))
    wait = plan.rule.sync_grace * 60
    is_last = number == len(plan.placed) - 1
    flexible = shift.flex_late * 60 if number == 0 and not due.on_trail else 0
    first = _coming(number, slot, due, coming, fix_on, flexible, as_of=facts.as_of - wait)
    if number == 0 and not due.on_trail and not slot.no_need_on and first.at is not None:
        flexed = max(-early, min(first.at - due.on, shift.flex_late * 60))
    if flexed and is_last and not due.off_trail:
        due.off, due.off_trail = due.off + flexed, (("flex", flexed // 60),)
    last = _leaving(number, slot, due, leaving, fix_off, placed.closes, as_of=facts.as_of - wait)
    found = Judged(first, last, flexed=flexed)
    _count(found, plan, placed, standing, shift, due)
    return found


def _stand_in(due: Due, standing: Sequence[Segment], rests: Sequence[Span]) -> None:
    """Move the due times to where nothing stands in for work any more; a rest beside it needs no work either."""
    blocks = merged([*((each.start, each.end) for each in standing), *rests])
    for start, end in blocks:
        if start <= due.on < end and _some(standing, start, end):
            due.on_by = _kind_at(standing, due.on, end)
            due.on_trail += tuple((each.kind, each.id) for each in standing if start <= each.start < end)
            due.on = end
        if start < due.off <= end and _some(standing, start, end):
            due.off_by = _kind_at(standing, start, due.off)
            due.off_trail += tuple((each.kind, each.id) for each in standing if start <= each.start < end)
            due.off = start
    if due.on >= due.off:
        due.covered_by = due.on_by or due.off_by


def _some(standing: Sequence[Segment], start: int, end: int) -> bool:
    return any(each.start < end and each.end > start for each in standing)


def _kind_at(standing: Sequence[Segment], start: int, end: int) -> str:
    """What stands in between: leave goes before business."""
    kinds = [each.kind for each in standing if each.start < end and each.end > start]
    return LEAVE if LEAVE in kinds else kinds[0]


def _coming(
    number: int, slot: Slot, due: Due, press: Punch | None, fix: Fix | None, flexible: int, *, as_of: int
) -> Point:
    common: dict[str, Any] = {"slot": number, "end": "on", "due": due.on}
    trail, supplement = due.on_trail, due.on_by
    if fix is not None:
        press, trail, supplement = fixed(fix, press, trail)
        if fix.result:
            return Point(**common, result=fix.result, at=fix.at, supplement=fix.kind, trail=trail)
    if due.covered_by or slot.no_need_on:
        return _unneeded(common, press, due.covered_by, trail)
    if press is None:
        closes = due.on + flexible + slot.late_as_lack * 60 if slot.late_as_lack else due.off
        result = Result.PENDING if as_of < closes else Result.LACK
        return Point(**common, result=result, by="no_press", supplement=supplement, trail=trail)
    if flexible:
        trail = (*trail, ("flex", flexible // 60))
    late = max(0, press.at - due.on - flexible) // 60
    result, by, limit = Result.NORMAL, "late_as_late", slot.late_as_late
    if late > slot.late_as_late:
        result = Result.LATE
    if slot.late_as_serious and late > slot.late_as_serious:
        result, by, limit = Result.SERIOUS, "late_as_serious", slot.late_as_serious
    if slot.late_as_lack and late > slot.late_as_lack:
        result, by, limit = Result.LACK, "late_as_lack", slot.late_as_lack
    return _pressed(common, press, result, by, limit, late, supplement, trail)


def _leaving(
    number: int, slot: Slot, due: Due, press: Punch | None, fix: Fix | None, closes: int, *, as_of: int
) -> Point:
    common: dict[str, Any] = {"slot": number, "end": "off", "due": due.off}
    trail, supplement = due.off_trail, due.off_by
    if fix is not None:
        press, trail, supplement = fixed(fix, press, trail)
        if fix.result:
            return Point(**common, result=fix.result, at=fix.at, supplement=fix.kind, trail=trail)
    if due.covered_by or slot.no_need_off:
        return _unneeded(common, press, due.covered_by, trail)
    if press is None:
        result = Result.PENDING if as_of < closes else Result.LACK
        return Point(**common, result=result, by="no_press", supplement=supplement, trail=trail)
    early = -((press.at - due.off) // 60) if press.at < due.off else 0
    result, by, limit = Result.NORMAL, "early_as_early", slot.early_as_early
    if early > slot.early_as_early:
        result = Result.EARLY
    if slot.early_as_lack and early > slot.early_as_lack and as_of >= closes:
        result, by, limit = Result.LACK, "early_as_lack", slot.early_as_lack
    return _pressed(common, press, result, by, limit, early, supplement, trail)


def _unneeded(common: dict[str, Any], press: Punch | None, covered: str, trail: tuple[Step, ...]) -> Point:
    at, key = (press.at, press.id) if press else (None, "")
    return Point(**common, result=Result.NO_NEED, at=at, punch=key, supplement=covered, trail=trail)


def fixed(
    fix: Fix, press: Punch | None, trail: tuple[Step, ...]
) -> tuple[Punch | None, tuple[Step, ...], str]:
    """The press that a correction puts in the place of the original, which the trail goes on naming."""
    trail = (*trail, (fix.kind, fix.id))
    if press is not None:
        trail = (*trail, ("original", press.id))
    return (press if fix.at is None else Punch("", fix.at, source=fix.kind)), trail, fix.kind


def _pressed(
    common: dict[str, Any],
    press: Punch,
    result: str,
    by: str,
    limit: int,
    off_by: int,
    supplement: str,
    trail: tuple[Step, ...],
) -> Point:
    if result == Result.NORMAL:
        if press.source == "auto":
            result = Result.AUTO
        off_by = 0
    if press.is_field and not supplement:
        supplement = "field"
    return Point(
        **common, result=result, at=press.at, punch=press.id, minutes=off_by, by=by, limit=limit,
        supplement=supplement, trail=trail,
    )  # fmt: skip


def _count(
    found: Judged,
    plan: Plan,
    placed: Placed,
    standing: Sequence[Segment],
    shift: ShiftVersion,
    due: Due,
) -> None:
    """Minutes worked, on leave, away and absent within the slot."""
    on, off = found.on, found.off
    slot = shift.slots[placed.number]
    instead: list[Span] = []
    if standing:
        work = without([(placed.on, placed.off)], plan.rests)
        leave = merged((each.start, each.end) for each in standing if each.kind == LEAVE)
        instead = merged((each.start, each.end) for each in standing)
        found.leave = _within(work, leave)
        found.away = _within(work, instead) - found.leave
    if on.result == off.result == Result.LACK:
        found.absent = slot.off - slot.on - shift.resting(slot.on, slot.off) - found.leave - found.away
    if due.covered_by or on.result in OPEN or off.result in OPEN:
        return
    moved = found.flexed
    start = max(due.on if on.at is None else on.at, placed.on + min(moved, 0))
    end = min(due.off if off.at is None else off.at, placed.off + max(moved, 0))
    if end > start:
        found.worked = minutes(without([(start, end)], [*plan.rests, *instead]))


def _within(work: list[Span], spans: list[Span]) -> int:
    return minutes(part for start, end in work for part in clipped(spans, start, end))
