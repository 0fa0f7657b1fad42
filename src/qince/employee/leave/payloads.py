"""What phones send about leave."""

from datetime import date
from typing import Annotated
from uuid import UUID

import msgspec

from qince.employee.leave.reckoning.counting import Part, Segment
from qince.employee.leave.reckoning.terms import Unit
from qince.engines.approvals.wire import PassageShown

Minute = Annotated[int, msgspec.Meta(ge=0, le=48 * 60)]
Reason = Annotated[str, msgspec.Meta(max_length=300)]


class Stretch(msgspec.Struct, forbid_unknown_fields=True):
    """From a day to a day; the halves only where they are not whole days; minutes only for hours of one day."""

    first: date
    last: date
    begins: Part = Part.FULL
    ends: Part = Part.FULL
    from_minute: Minute | None = None
    to_minute: Minute | None = None


Stretches = Annotated[list[Stretch], msgspec.Meta(max_length=20)]


class RequestPayload(msgspec.Struct, forbid_unknown_fields=True):
    leave_id: UUID
    leave_type_id: UUID
    segments: Stretches
    reason: Reason = ""
    paper_by_hand: bool = False
    department_id: UUID | None = None  # for which of one's departments, where one is in several


class WithdrawPayload(msgspec.Struct, forbid_unknown_fields=True):
    leave_id: UUID


class CallOffPayload(msgspec.Struct, forbid_unknown_fields=True):
    """`kept`: what remains of the leave; empty, and all of it is called off."""

    call_off_id: UUID
    leave_id: UUID
    kept: Stretches
    reason: Reason = ""


class ChangeCallOffPayload(msgspec.Struct, forbid_unknown_fields=True):
    call_off_id: UUID
    kept: Stretches
    reason: Reason = ""


class LeavePreview(msgspec.Struct):
    """`leave_id`: the request that came back and is being changed, if it is one."""

    leave_type_id: UUID
    segments: Stretches
    leave_id: UUID | None = None
    department_id: UUID | None = None


class PreviewDay(msgspec.Struct):
    on: date
    part: str
    qty: str
    why: str


class PreviewAnswer(msgspec.Struct):
    """What a request would count, day by day, the balance on its last day without and with it, and who would decide."""

    days: list[PreviewDay]
    qty: str
    unit: Unit
    before: str | None = None
    after: str | None = None
    problem: str = ""
    way: list[PassageShown] = []


def segments_of(sent: list[Stretch]) -> list[Segment]:
    return [
        Segment(each.first, each.last, each.begins, each.ends, each.from_minute, each.to_minute)
        for each in sent
    ]
