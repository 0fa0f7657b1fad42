"""Which days people are due, and for how long: what leave counts with."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from qince.employee.attendance.book import Book, People, days
from qince.employee.attendance.replay.planning import Plan, State
from qince.employee.attendance.replay.shapes import DayKind, GroupKind, Rest, Rule, ShiftVersion, Slot

# For people in no group: the usual office week, so that leave can be counted all the same.
_OFFICE = ShiftVersion(
    id="", shift="office", version=0, name="", slots=(Slot(on=540, off=1080),), rests=(Rest(720, 780),)
)


@dataclass(frozen=True, slots=True)
class DueDay:
    """One person's one date. `stretches` are the times of work without the rests in them; on a day of a free group
    there are none, only the minutes.
    """

    on: date
    minutes: int
    stretches: tuple[tuple[datetime, datetime], ...]
    kind: str  # workday, weekend, swapped_rest, statutory
    source: str  # roster, special, holiday, weekly, none
    zone: str
    is_assumed: bool = False  # nobody has put the person into a group

    @property
    def is_due(self) -> bool:
        return self.minutes > 0


def due_days(employee_ids: Collection[UUID], first: date, last: date) -> dict[UUID, dict[date, DueDay]]:
    """Every date from `first` to `last` of each of these people. A number of queries that does not grow with them."""
    book = Book(first, last)
    people = People(book, employee_ids)
    standard = Rule(
        id="", group="", version=0, name="", zone=book.zone, week=("office",) * 5 + (None, None),
        kind=GroupKind.FIXED,
    )  # fmt: skip
    found: dict[UUID, dict[date, DueDay]] = {}
    cache: dict[int, DueDay] = {}
    for employee in people.ids:
        dates: dict[date, DueDay] = {}
        for on, plan in zip(days(first, last), people.plans(employee), strict=True):
            if plan.rule is not None:
                dates[on] = cache.get(id(plan)) or cache.setdefault(id(plan), _due(on, plan))
            elif people.is_employed(employee, on):
                assumed = book.plan_by(standard, on, lambda _shift, _on: _OFFICE)
                dates[on] = _due(on, assumed, is_assumed=True)
            else:
                dates[on] = DueDay(on, 0, (), DayKind.WORKDAY, "none", book.zone)
        found[employee] = dates
    return found


def _due(on: date, plan: Plan, *, is_assumed: bool = False) -> DueDay:
    assert plan.rule is not None
    # Who need not clock in still works on those days, and takes leave from them.
    is_due = plan.state in (State.DUE, State.EXEMPT)
    minutes = (plan.shift.due_minutes if plan.shift else plan.rule.free_minutes) if is_due else 0
    stretches = tuple(_stretches(plan)) if is_due else ()
    return DueDay(on, minutes, stretches, plan.kind, plan.source, plan.rule.zone, is_assumed)


def _stretches(plan: Plan) -> list[tuple[datetime, datetime]]:
    found: list[tuple[int, int]] = []
    for slot in plan.placed:
        start = slot.on
        for rest_start, rest_end in sorted(plan.rests):
            if slot.on <= rest_start < slot.off and rest_start >= start:
                found.append((start, rest_start))
                start = min(rest_end, slot.off)
        found.append((start, slot.off))
    return [
        (datetime.fromtimestamp(start, UTC), datetime.fromtimestamp(end, UTC))
        for start, end in found
        if end > start
    ]
