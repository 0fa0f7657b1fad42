"""When calendar or shifts change, leave counts anew, and whoever it is about is told."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import formats
from django.utils.translation import gettext_lazy as _

from qince.core.people.models import Employee
from qince.employee.attendance import supplements
from qince.employee.leave import letters
from qince.employee.leave.actions.booking import book_request
from qince.employee.leave.actions.requesting import replace_days
from qince.employee.leave.counting import Reckoned, reckon, segments_of
from qince.employee.leave.events import LeaveChanged
from qince.employee.leave.models import LIVE, LeaveDay, LeaveRequest
from qince.employee.leave.reckoning.counting import by_date, total
from qince.employee.leave.reckoning.ledger import Kind
from qince.employee.leave.rules import EDIT_TYPES
from qince.employee.leave.words import amount_of
from qince.kit.action import action, note, note_set
from qince.kit.actor import Actor
from qince.kit.errors import Refusal
from qince.kit.events import publish


@action("leave.recount", permission=EDIT_TYPES)
def recount(
    actor: Actor, *, first: date, last: date, now: datetime, employee_ids: Collection[UUID] | None = None
) -> int:
    """Count live requests that touch these days anew; how many changed."""
    rows: Any = LeaveRequest.objects.filter(state__in=LIVE, last_on__gte=first, first_on__lte=last)
    if employee_ids is not None:
        rows = rows.filter(employee__in=employee_ids)
    rows = (
        rows.select_for_update(of=("self",))
        .select_related("type", "version")
        .order_by("employee", "first_on")
    )
    found = list(rows)
    held: dict[UUID, list[LeaveDay]] = defaultdict(list)
    for day in LeaveDay.objects.filter(request__in=[row.pk for row in found]):
        held[day.request_id].append(day)
    changed = sum(_recount(actor, row, held[row.pk], now) for row in found)
    note_set(LeaveRequest, str(_("Leave counted anew")), changed=changed, first=first, last=last)
    return changed


def _recount(actor: Actor, row: LeaveRequest, held: list[LeaveDay], now: datetime) -> bool:
    counted = reckon(row.employee_id, row.version.terms, segments_of(row.segments))
    if _as_set(counted.rows(row)) == _as_set(held):
        if row.is_short:
            row.is_short = False
            row.save(update_fields=["is_short"])
        return False
    before, after = row.qty, total(counted.days)
    try:
        _book(row, counted, now)
    except Refusal:
        if not row.is_short:
            row.is_short = True
            row.save(update_fields=["is_short"])
            _tell(actor, row, letters.SHORT, before, after, now)
        return False
    replace_days(row, counted)
    row.qty, row.is_short = after, False
    row.save(update_fields=["qty", "is_short"])
    note(row, counts=(before, after))
    if row.state == LeaveRequest.State.APPROVED:
        supplements.changed([row.employee_id], row.first_on, row.last_on)
        publish(LeaveChanged(row.pk, row.employee_id, row.first_on, row.last_on))
    if before != after:
        _tell(actor, row, letters.RECOUNTED, before, after, now)
    return True


def _book(row: LeaveRequest, counted: Reckoned, now: datetime) -> None:
    is_used = row.state == LeaveRequest.State.APPROVED
    book_request(row, by_date(counted.days), now=now, by=None, kind=Kind.USE if is_used else Kind.HOLD)


def _as_set(days: Collection[LeaveDay]) -> set[Any]:
    return {(day.on, day.part, day.from_minute, day.qty, day.why, day.starts_at, day.ends_at) for day in days}


def _tell(actor: Actor, row: LeaveRequest, kind: str, before: Any, after: Any, now: datetime) -> None:
    if not Employee.objects.present().filter(pk=row.employee_id).exists():
        return
    terms = row.version.terms
    values = {
        "first": formats.date_format(row.first_on, "SHORT_DATE_FORMAT"),
        "before": amount_of(terms, before),
        "after": amount_of(terms, after),
    }
    letters.tell(actor, row.employee_id, kind, values, now=now)
