"""Calling off approved leave, in whole or in part: early return, a day that is worked after all."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from qince.employee.leave.actions.requesting import LONGEST_REASON, facts_of, own_locked, title_of, under_way
from qince.employee.leave.counting import as_stored, reckon
from qince.employee.leave.models import Cancellation, LeaveDay, LeaveRequest
from qince.employee.leave.reckoning.counting import Counted, Part, Segment, by_date, hours_of
from qince.employee.leave.reckoning.terms import ZERO
from qince.employee.leave.rules import APPLY, CANCELLATION, REQUEST
from qince.engines.approvals.actions import applying
from qince.engines.approvals.models import Instance
from qince.engines.approvals.queries import current_departments
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.errors import Conflict, NotFound, Refusal, require_unchanged


@action("leave.call_off", permission=APPLY)
def call_off(
    actor: Actor,
    *,
    cancellation_id: UUID,
    request_id: UUID,
    kept: Sequence[Segment],
    reason: str = "",
    now: datetime,
) -> Cancellation:
    """Ask that only `kept` remains of approved leave; nothing of it, and all is called off. Decided like a request."""
    row = own_locked(actor, request_id, LeaveRequest.State.APPROVED)
    if Cancellation.objects.filter(request=row, state__in=("pending", "returned")).exists():
        raise Conflict("under_way", _("A change of this leave is on its way already."))
    if Cancellation.objects.filter(pk=cancellation_id).exists():
        raise Conflict("handed_in", _("This request has been handed in already."))
    found = Cancellation(id=cancellation_id, request=row, submitted_at=now)
    _fill(found, row, kept, reason)
    found.save(force_insert=True)
    note(row, called_off=found.qty)
    applying.submit(actor, what=_application(found, row), now=now)
    found.refresh_from_db()
    return found


@action("leave.change_call_off", permission=APPLY)
def change_call_off(
    actor: Actor,
    *,
    cancellation_id: UUID,
    kept: Sequence[Segment],
    reason: str = "",
    now: datetime,
    revision: int | None = None,
) -> Cancellation:
    """Hand a calling off that came back in again: another part of the leave is kept, or another reason given.

    `revision`: the one that was seen; refused when it is another now.
    """
    found = own_cancellation(actor, cancellation_id)
    row = own_locked(actor, found.request_id, LeaveRequest.State.APPROVED)
    found = Cancellation.objects.select_for_update(of=("self",)).get(pk=found.pk)
    found.request = row
    require_unchanged(found.revision, revision)
    if found.state != Cancellation.State.RETURNED:
        raise Conflict(
            "wrong_state",
            _("The request is in the state “%(state)s”.") % {"state": found.get_state_display()},
            state=found.state,
        )
    _fill(found, row, kept, reason)
    found.state, found.decided_at, found.revision = Cancellation.State.PENDING, None, found.revision + 1
    found.save()
    note(row, called_off=found.qty)
    what = _application(found, row)
    applying.resubmit(
        actor, instance_id=under_way(CANCELLATION, found.pk).pk, title=what.title, facts=what.facts, now=now
    )
    found.refresh_from_db()
    return found


def own_cancellation(actor: Actor, key: UUID) -> Cancellation:
    found: Cancellation | None = Cancellation.objects.filter(
        pk=key, request__employee=actor.person_id
    ).first()
    if found is None:
        raise NotFound
    return found


def _fill(found: Cancellation, row: LeaveRequest, kept: Sequence[Segment], reason: str) -> None:
    if len(reason) > LONGEST_REASON:
        raise Refusal(
            "too_long", _("Use at most %(most)d characters.") % {"most": LONGEST_REASON}, field="reason"
        )
    found.kept, found.qty, found.reason = as_stored(kept), row.qty - _left(row, kept), reason.strip() or None


def _application(found: Cancellation, row: LeaveRequest) -> applying.Application:
    """For the department that the leave was asked for, as long as the person is in it."""
    asked = Instance.objects.filter(subject=REQUEST, target_id=row.pk).order_by("-submitted_at").first()
    department = asked.department_id if asked else None
    current = department if department in current_departments(row.employee_id) else None  # type: ignore[arg-type]
    return applying.Application(CANCELLATION, found.pk, title_of(row), facts_of(row, found.qty), current)


@action("leave.keep", permission=APPLY)
def withdraw_call_off(actor: Actor, *, cancellation_id: UUID, now: datetime) -> Cancellation:
    """The leave is taken after all."""
    found = own_cancellation(actor, cancellation_id)
    applying.withdraw(actor, instance_id=under_way(CANCELLATION, found.pk).pk, now=now)
    found.refresh_from_db()
    return found


def _left(row: LeaveRequest, kept: Sequence[Segment]) -> Decimal:
    """What remains; a `Refusal` where it is not less than before, or not a part of it."""
    if not kept:
        return ZERO
    left = reckon(row.employee_id, row.version.terms, kept).days
    held: dict[date, list[LeaveDay]] = {}
    for day in LeaveDay.objects.filter(request=row):
        held.setdefault(day.on, []).append(day)
    is_part = all(any(_covers(day, each) for day in held.get(each.on, ())) for each in left)
    qty = sum(by_date(left).values(), ZERO)
    if not is_part or qty >= row.qty:
        raise Refusal("not_a_part", _("Keep a part of the leave that was approved."), field="segments")
    return qty


def _covers(day: LeaveDay, each: Counted) -> bool:
    if day.part == Part.FULL:
        return True
    if day.part != each.part:
        return False
    if day.part == Part.HOURS and day.from_minute is not None and day.to_minute is not None:
        first, last = hours_of(each)
        return day.from_minute <= first and last <= day.to_minute
    return True
