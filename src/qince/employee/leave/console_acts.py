"""Acts as the pages of the console call them."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from qince.employee.leave import queries
from qince.employee.leave.actions import booking, cancelling, papers, requesting
from qince.employee.leave.counting import segments_of
from qince.employee.leave.models import Account, LeaveRequest, LeaveType
from qince.employee.leave.reckoning.counting import Part, Segment
from qince.kit.actor import Actor
from qince.kit.errors import NotFound
from qince.kit.ids import uuid7


def hand_in(actor: Actor, *, now: datetime, **fields: Any) -> LeaveRequest:
    wish = wish_of(**fields)
    return requesting.hand_in(actor, request_id=uuid7(), wish=wish, now=now)


def wish_of(
    *, type: LeaveType, segments: list[Segment], department_id: UUID | None = None, **fields: Any
) -> requesting.Wish:
    return requesting.Wish(
        type.pk, segments, fields["reason"], fields["paper_by_hand"], fields["papers"], department_id
    )


def change(actor: Actor, row: LeaveRequest, *, now: datetime, **fields: Any) -> LeaveRequest:
    wish = wish_of(**fields)
    return requesting.change(actor, request_id=row.pk, wish=wish, now=now)


def withdraw(actor: Actor, row: LeaveRequest, *, now: datetime) -> None:
    requesting.withdraw(actor, request_id=row.pk, now=now)


def call_off(
    actor: Actor, row: LeaveRequest, *, now: datetime, last: date | None, ends: str, reason: str
) -> None:
    kept = [] if last is None else cut(segments_of(row.segments), last, Part(ends))
    cancelling.call_off(actor, cancellation_id=uuid7(), request_id=row.pk, kept=kept, reason=reason, now=now)


def change_call_off(
    actor: Actor, row: LeaveRequest, *, now: datetime, last: date | None, ends: str, reason: str
) -> None:
    returned = queries.returned_cancellation(row)
    if returned is None:
        raise NotFound
    kept = [] if last is None else cut(segments_of(row.segments), last, Part(ends))
    cancelling.change_call_off(actor, cancellation_id=returned.pk, kept=kept, reason=reason, now=now)


def cut(segments: list[Segment], last: date, ends: Part) -> list[Segment]:
    """The stretches up to a day, which may end at noon."""
    found = []
    for each in segments:
        if each.first > last:
            continue
        if each.last > last or (each.last == last and ends is Part.AM and each.from_minute is None):
            each = Segment(each.first, last, each.begins, ends)
        found.append(each)
    return found


def adjust(actor: Actor, row: Account, *, now: datetime, **fields: Any) -> None:
    booking.adjust(actor, employee=row.employee, type=row.type, now=now, **fields)


def set_service(actor: Actor, row: Account, *, now: datetime, working_since: date) -> None:
    booking.set_service(actor, employee=row.employee, working_since=working_since, now=now)


def see_paper(actor: Actor, row: LeaveRequest, *, now: datetime) -> None:
    papers.see_paper(actor, request_id=row.pk, now=now)
