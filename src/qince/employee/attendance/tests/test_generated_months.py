"""Two hundred months made up from a seed: replay and the clerk agree on every figure, and replay with itself."""

from datetime import date, timedelta
from random import Random

import pytest

from qince.employee.attendance.replay.days import replay
from qince.employee.attendance.replay.results import canonical
from qince.employee.attendance.replay.shapes import Fix, Grace, OvertimeRule, Punch, Segment
from qince.employee.attendance.replay.zones import instant
from qince.employee.attendance.tests.building import case, rule, shift
from qince.employee.attendance.tests.naive import clerk

ZONES = ("Asia/Shanghai", "Asia/Urumqi", "America/New_York", "Europe/Berlin", "Pacific/Auckland")
FIGURES = ("worked", "absent", "leave", "away", "overtime")


def a_shift(dice, name, base):
    length = dice.choice((240, 480, 600))
    slot = {
        "on_advance": dice.choice((30, 120, 240)),
        "off_delay": dice.choice((60, 240, 600)),
        "late_as_late": dice.choice((0, 0, 5)),
        "late_as_serious": dice.choice((0, 30)),
        "late_as_lack": dice.choice((0, 90)),
        "early_as_early": dice.choice((0, 3)),
        "early_as_lack": dice.choice((0, 60)),
        "no_need_off": dice.random() < 0.1,
        "no_need_on": dice.random() < 0.05,
    }
    slots = [{"on": base, "off": base + length, **slot}]
    rests = [(base + 120, base + 150)]
    if dice.random() < 0.3:
        later = base + length + dice.choice((60, 180))
        slots.append({"on": later, "off": later + 180, **slot})
    graces = (Grace(60, 30), Grace(120, 60)) if dice.random() < 0.3 else ()
    flex = {"flex_late": 60, "flex_early": 30} if dice.random() < 0.3 else {}
    return shift(*slots, id=name, rests=rests if dice.random() < 0.6 else (), graces=graces, **flex)


def a_month(seed):
    dice = Random(seed)
    shifts = [a_shift(dice, "s1", 540), a_shift(dice, "late", 840), a_shift(dice, "night", 1320)]
    first = date(2026, dice.randint(1, 12), 1)
    last = first + timedelta(days=27)
    kind = dice.choice(("fixed", "roster", "roster", "free"))
    extra = {
        name: OvertimeRule(basis=dice.choice(("none", "approval", "punch", "lesser")), after=dice.choice((0, 30)),
                           step=dice.choice((1, 30)), least=dice.choice((1, 60)))
        for name in ("workday", "weekend", "swapped_rest", "statutory")
    }  # fmt: skip
    rules = rule(kind=kind, zone=dice.choice(ZONES), sync_grace=dice.choice((0, 120)), **extra)
    roster = {
        (first + timedelta(days=day)).isoformat(): dice.choice(("s1", "late", "night", None))
        for day in range(-2, 29)
    }
    holidays = {6: "statutory", 7: "swapped_rest", 11: "workday"}
    empty = case(
        first.isoformat(),
        last.isoformat(),
        shifts=shifts,
        roster=roster if kind == "roster" else None,
        rules=rules,
        holiday=lambda on: holidays.get(on.day, ""),
    )
    begin, end = instant(rules.zone, empty.plans[0].on, 0), instant(rules.zone, empty.plans[-1].on, 1440)
    empty.as_of = dice.choice((end + 90_000, begin + 60 * dice.randrange((end - begin) // 60)))
    empty.punches = some_presses(dice, empty, begin, end)
    empty.segments = some_segments(dice, empty)
    empty.fixes = some_fixes(dice, empty)
    return empty


def some_presses(dice, month, begin, end):
    times = []
    says = dice.random() < 0.6
    for plan in month.plans:
        for placed in plan.placed:
            if dice.random() < 0.85:
                times.append((placed.on + 60 * int(dice.gauss(-5, 25)), "in"))
            if dice.random() < 0.85:
                times.append((placed.off + 60 * int(dice.gauss(20, 45)), "out"))
        if not plan.placed and dice.random() < 0.5 and plan.rule:
            noon = instant(plan.rule.zone, plan.on, 600)
            times += [(noon + 60 * dice.randint(-90, 90), "in"), (noon + 60 * dice.randint(200, 700), "out")]
    times += [
        (begin + 60 * dice.randrange((end - begin) // 60), dice.choice(("in", "out"))) for _ in range(4)
    ]
    made = [(at, kind if says and dice.random() < 0.9 else "") for at, kind in times]
    return [Punch(f"p{number}", at, kind) for number, (at, kind) in enumerate(sorted(made))]


def some_segments(dice, month):
    found = []
    for number in range(dice.randint(0, 6)):
        plan = dice.choice(month.plans)
        start = instant("Asia/Shanghai", plan.on, dice.randrange(0, 1440, 30))
        kind = dice.choice(("leave", "leave", "trip", "out", "field", "overtime"))
        found.append(Segment(f"x{number}", kind, start, start + 1800 * dice.choice((2, 4, 8, 20, 48))))
    for plan in month.plans:
        for placed in plan.placed:
            if dice.random() < 0.06:  # half of a slot, from its very beginning or to its very end
                middle = placed.on + (placed.off - placed.on) // 7200 * 3600
                span = dice.choice(((placed.on, middle), (middle, placed.off), (placed.on, placed.off)))
                found.append(Segment(f"h{placed.on}", dice.choice(("leave", "out")), *span))
            if dice.random() < 0.1:
                found.append(Segment(f"o{placed.on}", "overtime", placed.off, placed.off + 7200))
    return sorted(found, key=lambda each: (each.start, each.id))


def some_fixes(dice, month):
    found = []
    for plan in month.plans:
        for placed in plan.placed:
            if dice.random() < 0.04:
                end = dice.choice(("on", "off"))
                at = (placed.on if end == "on" else placed.off) + 60 * dice.randint(-10, 10)
                found.append(Fix(f"f{placed.on}", plan.on.isoformat(), placed.number, end, "remedy", at))
        if plan.state == "due" and not plan.placed and dice.random() < 0.1:
            end, hour = dice.choice((("on", 8), ("off", 19)))
            at = instant(plan.rule.zone, plan.on, 60 * hour + dice.randint(-30, 30))
            found.append(Fix(f"f{plan.on}", plan.on.isoformat(), 0, end, "remedy", at))
    return found


@pytest.mark.parametrize("seed", range(200))
def test_replay_and_the_clerk_agree(seed):
    month = a_month(seed)
    days = replay(month)
    by_clerk = clerk(month)
    assert [day.on for day in days] == list(by_clerk)
    for day in days:
        other = by_clerk[day.on]
        found = {name: getattr(day, name) for name in FIGURES if name in other}
        assert (day.on, day.status, found) == (day.on, other["status"], {n: other[n] for n in found})
        if "ends" in other:
            assert [(point.result, point.minutes) for point in day.points] == other["ends"], day.on
    assert canonical(days) == canonical(replay(a_month(seed)))


def test_the_months_hold_every_result_and_status():
    """What is never generated is never compared."""
    days = [day for seed in range(200) for day in replay(a_month(seed))]
    results = {point.result for day in days for point in day.points}
    assert results == {"normal", "late", "serious_late", "early", "lack", "no_need", "pending"}
    assert {day.status for day in days} >= {
        "normal", "late", "early", "late_early", "lack", "absent", "leave", "away", "pending", "off",
    }  # fmt: skip
    assert all(sum(getattr(day, name) for day in days) for name in FIGURES)
