"""Plans and presses for replay, without a database."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from qince.employee.attendance.replay.days import AFTER, BEFORE, Case, replay
from qince.employee.attendance.replay.planning import Said, plan_day
from qince.employee.attendance.replay.shapes import Fix, Punch, Rest, Rule, Segment, ShiftVersion, Slot

LATER = 4_000_000_000


def at(text, zone="Asia/Shanghai"):
    return int(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp())


def shift(*slots, id="s1", rests=(), **times):
    made = tuple(Slot(**each) if isinstance(each, dict) else Slot(on=each[0], off=each[1]) for each in slots)
    return ShiftVersion(
        id=id, shift=id, version=1, name=id, slots=made, rests=tuple(Rest(*each) for each in rests), **times
    )


OFFICE = shift({"on": 540, "off": 1080}, rests=[(720, 780)])


def rule(**fields):
    fields = {"week": ("s1",) * 5 + (None, None), **fields}
    return Rule(id="r1", group="g1", version=1, name="Group", **fields)


def presses(*texts, zone="Asia/Shanghai", **fields):
    """`2026-03-09 09:00`, with ` in` or ` out` behind it where the person said so."""
    made = []
    for number, text in enumerate(texts):
        said = next((word for word in ("in", "out") if text.endswith(f" {word}")), "")
        moment = text.removesuffix(f" {said}") if said else text
        made.append(Punch(f"p{number}", at(moment, zone), said, **fields))
    return sorted(made, key=lambda each: each.at)


def segment(kind, start, end, id="", zone="Asia/Shanghai"):
    return Segment(id or kind, kind, at(start, zone), at(end, zone))


def fix(on, end, time=None, slot=0, kind="remedy", result=""):
    return Fix("f1", on, slot, end, kind, at(time) if time else None, result)


def case(first, last, *, punches=(), shifts=(OFFICE,), roster=None, rules=None, segments=(), fixes=(), as_of=LATER,
         holiday=lambda on: "", is_exempt=False):  # fmt: skip
    """A person under one rule from `first` to `last`; `roster` names shifts by date, None for rest."""
    known = {each.id: each for each in shifts}
    first, last = date.fromisoformat(first), date.fromisoformat(last)
    roster = roster or {}
    plans = []
    on = first - timedelta(days=BEFORE)
    while on <= last + timedelta(days=AFTER):
        said = roster.get(on.isoformat(), "nothing")
        plans.append(
            plan_day(
                on, rules or rule(), roster=None if said == "nothing" else Said(said), holiday=holiday(on),
                versions=lambda key, _on: known.get(key), is_exempt=is_exempt,
            )
        )  # fmt: skip
        on += timedelta(days=1)
    return Case(plans, first, last, as_of, punches, sorted(segments, key=lambda each: each.start), fixes)


def run(first, last="", **given):
    return replay(case(first, last or first, **given))


def results(days):
    return [point.result for day in days for point in day.points]
