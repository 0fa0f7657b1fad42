"""Leave in the demo: the law's types, balances, and requests in every state, as people would have handed them in."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from qince.core.access.queries import actor_for
from qince.core.people.models import Employee
from qince.employee.leave.actions import booking, cancelling, requesting, typing
from qince.employee.leave.models import LeaveRequest, LeaveType
from qince.employee.leave.reckoning.counting import Part, Segment
from qince.engines.approvals.actions import deciding
from qince.engines.approvals.models import Instance, Task
from qince.kit import clock
from qince.kit.actor import Actor
from qince.kit.errors import Refusal
from qince.kit.ids import uuid7
from qince.surfaces.demo.company import Company

# Working life begins before this company for some: they get ten days, or fifteen.
WORKED_BEFORE = {"ZX009": 22, "ZX010": 11, "ZX015": 12, "ZX020": 9}


@dataclass(frozen=True, slots=True)
class Wish:
    """Somebody's leave, counted in days from today, and what became of it."""

    number: str
    kind: str
    first: int
    last: int
    end: str = "approved"
    part: Part = Part.FULL
    reason: str = ""


WISHES = (
    Wish("ZX010", "annual", -16, -15, reason="家里有事"),
    Wish("ZX012", "annual", -9, -9, part=Part.PM),
    Wish("ZX013", "sick", -6, -5),
    Wish("ZX015", "personal", -3, -3, reason="搬家"),
    Wish("ZX010", "annual", 3, 7, reason="回老家"),
    Wish("ZX020", "annual", 0, 1),
    Wish("ZX021", "annual", 5, 5, "pending", Part.PM, "接孩子"),
    Wish("ZX013", "personal", 9, 10, "pending", reason="办理证件"),
    Wish("ZX015", "annual", 12, 16, "rejected", reason="旅游"),
    Wish("ZX012", "annual", 6, 8, "returned", reason="家庭聚会"),
    Wish("ZX030", "annual", 4, 4, "withdrawn"),
    Wish("ZX033", "annual", 13, 17, "called_off", reason="探亲"),
    Wish("ZX011", "bereavement", -12, -10),
    Wish("ZX014", "marriage", 20, 22, "pending", reason="婚礼"),
)


def set_up(made: Company, *, began: datetime, now: datetime) -> int:
    """Types and balances as of `began`, then the requests; how many were handed in."""
    typing.add_templates(made.admin, now=began)
    booking.bring_up(made.admin, now=began)
    for number, years in WORKED_BEFORE.items():
        person = Employee.objects.filter(number=number).first()
        if person is not None:
            since = date(began.year - years, 3, 1)
            booking.set_service(made.admin, employee=person, working_since=since, now=began)
    _credit_overtime(made, now)
    return sum(_live(wish, began, now) for wish in WISHES)


def _credit_overtime(made: Company, now: datetime) -> None:
    kind = LeaveType.objects.get(template="compensatory")
    for number in ("ZX010", "ZX012"):
        person = Employee.objects.filter(number=number).first()
        if person is not None:
            booking.credit(
                made.admin, employee_id=person.pk, type=kind, qty=Decimal(6), on=now.date() - timedelta(days=20),
                key=f"demo-{number}", now=now,
            )  # fmt: skip


def _live(wish: Wish, began: datetime, now: datetime) -> bool:
    """Handed in a few days before, decided the day after; what the rules refuse is not handed in."""
    person = Employee.objects.filter(number=wish.number, leader__isnull=False).first()
    kind = LeaveType.objects.filter(template=wish.kind).first()
    if person is None or kind is None:
        return False
    at = max(began, min(now - timedelta(days=2), now + timedelta(days=wish.first - 4)))
    actor = actor_for(person, client="phone", locale="zh-hans")
    try:
        with clock.at(at):
            row = _hand_in(actor, wish, kind, at, now)
    except Refusal:
        return False
    later = at + timedelta(hours=5)
    with clock.at(later):
        _become(row, wish, actor, later)
    return True


def _hand_in(actor: Actor, wish: Wish, kind: LeaveType, at: datetime, now: datetime) -> LeaveRequest:
    first, last = (_day(now, step) for step in (wish.first, wish.last))
    begins = Part.PM if wish.part is Part.PM else Part.FULL
    asked = requesting.Wish(kind.pk, [Segment(first, last, begins)], wish.reason, paper_by_hand=True)
    return requesting.hand_in(actor, request_id=uuid7(), wish=asked, now=at)


def _day(now: datetime, step: int) -> date:
    """The working day next to so many days from today."""
    found = now.date() + timedelta(days=step)
    while found.weekday() > 4:
        found += timedelta(days=1)
    return found


def _become(row: LeaveRequest, wish: Wish, actor: Actor, at: datetime) -> None:
    if wish.end == "withdrawn":
        requesting.withdraw(actor, request_id=row.pk, now=at)
    elif wish.end == "rejected":
        _decide(row, deciding.reject, at, comment="那几天盘点，请换个时间")
    elif wish.end == "returned":
        _decide(row, deciding.send_back, at, comment="请避开月底")
    elif wish.end in ("approved", "called_off"):
        _decide(row, deciding.approve, at)
        if wish.end == "called_off":
            cancelling.call_off(
                actor, cancellation_id=uuid7(), request_id=row.pk, kept=[Segment(row.first_on, row.first_on)],
                reason="提前返岗", now=at,
            )  # fmt: skip


def _decide(row: Any, act: Any, at: datetime, **more: Any) -> None:
    """By whoever it waits for; an approval by all of them, one after the other."""
    while tasks := _open_tasks(row):
        act(
            actor_for(tasks[0].assignee, client="console", locale="zh-hans"),
            task_id=tasks[0].pk,
            now=at,
            **more,
        )


def _open_tasks(row: Any) -> list[Task]:
    instance = Instance.objects.filter(target_id=row.pk).latest("submitted_at")
    return list(Task.objects.filter(instance=instance, state=Task.State.PENDING).select_related("assignee"))
