"""One person's days, one after the other: what happened the day before may allow something the day after."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

import msgspec

from qince.employee.attendance.replay.assigning import assign
from qince.employee.attendance.replay.judging import LEAVE, Facts, Judged, fixed, judge_slot
from qince.employee.attendance.replay.planning import Placed, Plan, State
from qince.employee.attendance.replay.results import Day, Point, Result, Status, Step
from qince.employee.attendance.replay.shapes import Basis, Fix, Punch, Segment
from qince.employee.attendance.replay.spans import Span, clipped, merged, minutes

OVERTIME = "overtime"
ONE = timedelta(days=1)
BEFORE, AFTER = 2, 1  # days around those asked for whose shifts and presses bear on them


class Case(msgspec.Struct):
    """Everything replay knows of one person. `plans` are consecutive dates, reaching `BEFORE` and `AFTER` beyond
    `first` and `last`; presses and segments are in order of time.
    """

    plans: Sequence[Plan]
    first: date
    last: date
    as_of: int
    punches: Sequence[Punch] = ()
    segments: Sequence[Segment] = ()
    fixes: Sequence[Fix] = ()


def replay(case: Case) -> list[Day]:
    """The results of each date from `first` to `last` on which the person belonged to a group."""
    slots: list[Placed] = []
    starts: list[int] = []
    for plan in case.plans:
        starts.append(len(slots))
        slots += plan.placed
    found, left = _assigned(slots, case.punches)
    facts = Facts(
        [each for each in case.segments if each.kind != OVERTIME],
        {(each.on, each.slot, each.end): each for each in case.fixes},
        case.as_of,
    )
    loose = _by_day(case.plans, left)
    approved = _approved(case) if len(facts.standing) < len(case.segments) else {}
    days: list[Day] = []
    grace, graced_on = 0, date.min
    for index, plan in enumerate(case.plans):
        if plan.rule is None:
            continue
        presses = found[starts[index] : starts[index] + len(plan.placed)]
        extra = approved.get(index, ())
        if plan.placed and plan.state != State.OFF:
            allowed = grace if graced_on == plan.on else 0
            day, left_at = _shift_day(plan, presses, facts, allowed, extra)
            grace, graced_on = _grace(plan, left_at), plan.on + ONE
        elif plan.state == State.OFF:
            day = _rest_day(plan, loose.get(index, ()), extra)
        else:
            day = _free_day(plan, loose.get(index, ()), facts, extra)
        if case.first <= plan.on <= case.last:
            days.append(day)
    return days


def _assigned(slots: list[Placed], punches: Sequence[Punch]) -> tuple[list[list[Punch]], list[Punch]]:
    """Slots are handed over in order of their beginning, and come back in the order of the plans."""
    order = sorted(range(len(slots)), key=lambda index: (slots[index].on, index))
    found, left = assign([slots[index] for index in order], punches)
    back: list[list[Punch]] = [[] for _ in slots]
    for place, index in enumerate(order):
        back[index] = found[place]
    return back, left


def _by_day(plans: Sequence[Plan], punches: Sequence[Punch]) -> dict[int, list[Punch]]:
    """Presses outside every window, by the date they fall on."""
    found: dict[int, list[Punch]] = defaultdict(list)
    for punch in punches:
        for index, plan in enumerate(plans):
            if plan.rule is not None and plan.day[0] <= punch.at < plan.day[1]:
                found[index].append(punch)
                break
    return found


def _approved(case: Case) -> dict[int, list[Span]]:
    """Approved overtime by the work date it belongs to: that of the shift it begins in or follows, else the day's."""
    found: dict[int, list[Span]] = defaultdict(list)
    for each in case.segments:
        if each.kind == OVERTIME and (index := _work_date(case.plans, each.start)) is not None:
            found[index].append((each.start, each.end))
    return found


def _work_date(plans: Sequence[Plan], at: int) -> int | None:
    for index, plan in enumerate(plans):
        if plan.placed and plan.state != State.OFF and plan.placed[0].on <= at <= plan.placed[-1].closes:
            return index
    for index, plan in enumerate(plans):
        if plan.rule is not None and plan.day[0] <= at < plan.day[1]:
            return index
    return None


def _grace(plan: Plan, left_at: int | None) -> int:
    """Minutes by which the next day may begin later."""
    if left_at is None or plan.shift is None or not plan.shift.graces:
        return 0
    stayed = (left_at - plan.placed[-1].off) // 60
    return max((each.may_come_later for each in plan.shift.graces if stayed >= each.left_after), default=0)


# --- Kinds of days ---


def _shift_day(
    plan: Plan, presses: Sequence[list[Punch]], facts: Facts, grace: int, approved: Sequence[Span]
) -> tuple[Day, int | None]:
    if plan.state == State.EXEMPT:
        return _day(plan, Status.EXEMPT), None
    judged: list[Judged] = []
    flexed = 0
    for number in range(len(plan.placed)):
        one = judge_slot(plan, number, presses[number], facts, grace=grace, flexed=flexed)
        flexed = one.flexed
        judged.append(one)
    points = tuple(point for each in judged for point in (each.on, each.off))
    left_at = judged[-1].off.at
    ended = plan.placed[-1].off + max(flexed, 0)
    assert plan.rule is not None
    after = ended + plan.rule.overtime(plan.kind).after * 60
    stayed = [(after, left_at)] if left_at is not None and left_at > after else []
    day = _day(
        plan,
        _status(points, judged),
        due=plan.due_minutes,
        worked=sum(each.worked for each in judged),
        absent=sum(each.absent for each in judged),
        leave=sum(each.leave for each in judged),
        away=sum(each.away for each in judged),
        overtime=_overtime(plan, stayed, approved),
        points=points,
        **_counts(points),
    )
    return day, left_at


def _rest_day(plan: Plan, presses: Sequence[Punch], approved: Sequence[Span]) -> Day:
    stayed = [(presses[0].at, presses[-1].at)] if len(presses) > 1 else []
    return _day(plan, Status.OFF, overtime=_overtime(plan, stayed, approved))


def _free_day(plan: Plan, presses: Sequence[Punch], facts: Facts, approved: Sequence[Span]) -> Day:
    """Due by minutes alone: the first and the last press bound what was worked."""
    if plan.state == State.EXEMPT:
        return _day(plan, Status.EXEMPT)
    assert plan.rule is not None
    start, end = plan.day
    leave = _standing(facts, start, end, only_leave=True)
    away = _standing(facts, start, end, only_leave=False) - leave
    due = plan.due_minutes
    leave, away = min(leave, due), min(away, max(0, due - leave))
    if leave + away >= due:
        status = Status.LEAVE if leave >= away else Status.AWAY
        return _day(plan, status, due=due, leave=leave, away=away)
    coming = next((each for each in presses if each.kind != "out"), None)
    leaving = next((each for each in reversed(presses) if each.kind != "in" and each is not coming), None)
    on = plan.on.isoformat()
    fix_on, fix_off = facts.fixes.get((on, 0, "on")), facts.fixes.get((on, 0, "off"))
    is_over = facts.as_of - plan.rule.sync_grace * 60 >= end
    points = (
        _free_point("on", start, coming, fix_on, is_over=is_over),
        _free_point("off", end, leaving, fix_off, is_over=is_over),
    )
    worked = _free_minutes(points, due)
    is_absent = is_over and points[0].result == points[1].result == Result.LACK
    if is_absent:
        status = Status.ABSENT
    elif Result.LACK in (points[0].result, points[1].result):
        status = Status.LACK
    else:
        is_open = Result.PENDING in (points[0].result, points[1].result)
        status = Status.PENDING if is_open else Status.NORMAL
    came, left = points[0].at, points[1].at
    stayed = [(came + due * 60, left)] if came is not None and left is not None and worked > due else []
    return _day(
        plan, status, due=due, worked=min(worked, due), leave=leave, away=away, points=points,
        absent=due - leave - away if is_absent else 0,
        overtime=_overtime(plan, stayed, approved), **_counts(points),
    )  # fmt: skip


def _free_point(end: str, due: int, press: Punch | None, fix: Fix | None, *, is_over: bool) -> Point:
    trail: tuple[Step, ...] = ()
    supplement = ""
    if fix is not None:
        press, trail, supplement = fixed(fix, press, ())
        if fix.result:
            return Point(
                slot=0, end=end, due=due, result=fix.result, at=press.at if press else None,
                punch=press.id if press else "", by="free", supplement=supplement, trail=trail,
            )  # fmt: skip
    if press is None:
        result = Result.LACK if is_over else Result.PENDING
        return Point(slot=0, end=end, due=due, result=result, by="free")
    supplement = supplement or ("field" if press.is_field else "")
    return Point(
        slot=0, end=end, due=due, result=Result.NORMAL, at=press.at, punch=press.id, by="free",
        supplement=supplement, trail=trail,
    )  # fmt: skip


def _free_minutes(points: tuple[Point, Point], due: int) -> int:
    """Between the presses; all that was due where somebody has said so without a time."""
    came, left = points
    if came.at is not None and left.at is not None:
        return max(0, left.at - came.at) // 60
    return due if came.result == left.result == Result.NORMAL else 0


def _standing(facts: Facts, start: int, end: int, *, only_leave: bool) -> int:
    spans = ((each.start, each.end) for each in facts.standing if not only_leave or each.kind == LEAVE)
    return minutes(clipped(merged(spans), start, end))


# --- What days share ---


def _day(plan: Plan, status: str, **figures: object) -> Day:
    assert plan.rule is not None
    return Day(
        on=plan.on.isoformat(),
        status=status,
        kind=plan.kind,
        source=plan.source,
        rule=plan.rule.id,
        shift=plan.shift.id if plan.shift else "",
        zone=plan.rule.zone,
        **figures,  # type: ignore[arg-type]
    )


def _counts(points: Sequence[Point]) -> dict[str, int]:
    late_times = late = serious = early_times = early = lack = 0
    for point in points:
        if point.result in (Result.LATE, Result.SERIOUS):
            late_times, late = late_times + 1, late + point.minutes
            serious += point.result == Result.SERIOUS
        elif point.result == Result.EARLY:
            early_times, early = early_times + 1, early + point.minutes
        elif point.result == Result.LACK:
            lack += 1
    return {
        "late_times": late_times,
        "late": late,
        "serious_times": serious,
        "early_times": early_times,
        "early": early,
        "lack_times": lack,
    }


def _status(points: Sequence[Point], judged: Sequence[Judged]) -> str:
    results = {point.result for point in points}
    if Result.PENDING in results:
        return Status.PENDING
    if Result.LACK in results:
        worked_at_all = any(point.result not in (Result.LACK, Result.NO_NEED) for point in points)
        is_absent = not worked_at_all and any(each.absent for each in judged)
        return Status.ABSENT if is_absent else Status.LACK
    is_late = Result.LATE in results or Result.SERIOUS in results
    if is_late:
        return Status.LATE_EARLY if Result.EARLY in results else Status.LATE
    if Result.EARLY in results:
        return Status.EARLY
    if all(point.result == Result.NO_NEED and point.supplement for point in points):
        return Status.LEAVE if any(point.supplement == LEAVE for point in points) else Status.AWAY
    return Status.NORMAL


def _overtime(plan: Plan, stayed: Sequence[Span], approved: Sequence[Span]) -> int:
    """Whole steps of what counts by the rule of this kind of day."""
    assert plan.rule is not None
    rule = plan.rule.overtime(plan.kind)
    if rule.basis == Basis.NONE or not (stayed or approved):
        return 0
    if rule.basis == Basis.APPROVAL:
        found = minutes(merged(approved))
    elif rule.basis == Basis.PUNCH:
        found = minutes(stayed)
    else:
        found = minutes(part for start, end in stayed for part in clipped(merged(approved), start, end))
    return found // rule.step * rule.step if found >= rule.least else 0
