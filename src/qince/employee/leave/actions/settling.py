"""What a decision leads to. Approvals run each once, in the transaction of the decision."""

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from qince.employee.attendance import supplements
from qince.employee.attendance.adjusting import adjusting
from qince.employee.leave.actions.booking import book_request, settle
from qince.employee.leave.actions.requesting import days_of, replace_days
from qince.employee.leave.counting import reckon, segments_of
from qince.employee.leave.events import LeaveApproved, LeaveChanged
from qince.employee.leave.models import Cancellation, LeaveDay, LeaveRequest
from qince.employee.leave.reckoning.counting import by_date, total
from qince.employee.leave.reckoning.ledger import Kind
from qince.engines.approvals.models import Instance
from qince.kit.action import note
from qince.kit.errors import NotFound, Refusal, Text
from qince.kit.events import publish

State = LeaveRequest.State
ONE = timedelta(days=1)


def approve(instance: Instance, now: datetime) -> None:
    row = _locked(instance.target_id)
    if row.state == State.APPROVED:
        return
    if row.state not in (State.PENDING, State.RETURNED):
        raise Refusal(
            "wrong_state", _("The request is in the state “%(state)s”.") % {"state": row.get_state_display()}
        )
    settle(row, now=now)
    with adjusting(
        row.employee_id, row.first_on, row.last_on, because=_said(_("Leave approved"), row), now=now
    ):
        _turn(row, State.APPROVED, now)
    publish(LeaveApproved(row.pk, row.employee_id, row.first_on, row.last_on, _whole_days(row)))


def close(instance: Instance, now: datetime) -> None:
    """Refused or withdrawn: what was held is released."""
    row = _locked(instance.target_id)
    book_request(row, {}, now=now, by=None, kind=Kind.HOLD)
    is_refused = instance.status == Instance.Status.REJECTED
    _turn(row, State.REJECTED if is_refused else State.WITHDRAWN, now)


def give_back(instance: Instance, now: datetime) -> None:
    """Returned to its owner; the balance stays held until it is handed in again or withdrawn."""
    _turn(_locked(instance.target_id), State.RETURNED, now)


def revoke(instance: Instance, now: datetime) -> None:
    row = _locked(instance.target_id)
    book_request(row, {}, now=now, by=None, kind=Kind.USE)
    with adjusting(
        row.employee_id, row.first_on, row.last_on, because=_said(_("Leave undone"), row), now=now
    ):
        _turn(row, State.CANCELLED, now)
    _tell_changed(row, row.first_on, row.last_on)


# --- Calling off ---


def cancel(instance: Instance, now: datetime) -> None:
    """Only what is kept stays booked; the rest is given back to where it came from."""
    found = _cancellation(instance)
    row = _locked(found.request_id)
    if row.state != State.APPROVED:
        raise Refusal(
            "wrong_state", _("The request is in the state “%(state)s”.") % {"state": row.get_state_display()}
        )
    before = (row.qty, row.first_on, row.last_on)
    because = _said(_("Leave called off"), row)
    with adjusting(row.employee_id, row.first_on, row.last_on, because=because, now=now):
        _keep_only(row, found.kept, now)
    note(row, counts=(before[0], row.qty))
    _finish(found, Cancellation.State.APPROVED, now)
    _tell_changed(row, before[1], before[2])


def _keep_only(row: LeaveRequest, stored: Any, now: datetime) -> None:
    kept = segments_of(stored)
    if not kept:
        book_request(row, {}, now=now, by=None, kind=Kind.USE)
        _turn(row, State.CANCELLED, now)
        return
    left = reckon(row.employee_id, row.version.terms, kept)
    book_request(row, by_date(left.days), now=now, by=None, kind=Kind.USE)
    replace_days(row, left)
    row.segments, row.qty = stored, total(left.days)
    row.first_on, row.last_on = left.days[0].on, left.days[-1].on
    row.save()


def _said(what: Text, row: LeaveRequest) -> str:
    """Why a locked month is adjusted: without the type, which may tell about health."""
    return f"{what} ({days_of(row)})"


def keep(instance: Instance, now: datetime) -> None:
    is_refused = instance.status == Instance.Status.REJECTED
    state = Cancellation.State.REJECTED if is_refused else Cancellation.State.WITHDRAWN
    _finish(_cancellation(instance), state, now)


def reopen(instance: Instance, now: datetime) -> None:
    _finish(_cancellation(instance), Cancellation.State.RETURNED, now)


def _finish(found: Cancellation, state: str, now: datetime) -> None:
    found.state, found.decided_at = state, now
    found.save(update_fields=["state", "decided_at"])


def _cancellation(instance: Instance) -> Cancellation:
    rows: Any = Cancellation.objects.select_for_update(of=("self",)).select_related("request")
    found: Cancellation | None = rows.filter(pk=instance.target_id).first()
    if found is None:
        raise NotFound
    return found


def _locked(request_id: Any) -> LeaveRequest:
    rows: Any = LeaveRequest.objects.select_for_update(of=("self",)).select_related("type", "version")
    found: LeaveRequest | None = rows.filter(pk=request_id).first()
    if found is None:
        raise NotFound
    return found


def _turn(row: LeaveRequest, state: str, now: datetime) -> None:
    before = row.state
    row.state, row.decided_at = state, now
    row.save(update_fields=["state", "decided_at"])
    note(row, state=(before, state))
    if State.APPROVED in (before, state):
        supplements.changed([row.employee_id], row.first_on - ONE, row.last_on)


def _tell_changed(row: LeaveRequest, first: Any, last: Any) -> None:
    supplements.changed([row.employee_id], min(first, row.first_on) - ONE, max(last, row.last_on))
    publish(LeaveChanged(row.pk, row.employee_id, first, last))


def _whole_days(row: LeaveRequest) -> tuple[Any, ...]:
    days = LeaveDay.objects.filter(request=row, part="full", qty__gt=0).order_by("on")
    return tuple(days.values_list("on", flat=True))
