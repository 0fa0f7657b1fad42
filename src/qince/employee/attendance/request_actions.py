"""Corrections, overtime, outings and trips: asked for by the person, decided by who leads them."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from qince.employee.attendance import approving, telling, zones
from qince.employee.attendance.approving import require_open_month
from qince.employee.attendance.events import RosterChanged
from qince.employee.attendance.models import (
    LIVE,
    Correction,
    Decided,
    Punch,
    TimeRequest,
)
from qince.employee.attendance.rules import ASK, DECIDE
from qince.employee.attendance.terms import terms_for
from qince.engines.approvals.actions import applying, deciding
from qince.engines.approvals.models import Task
from qince.kit import clock
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.errors import Conflict, NotFound, Refusal, require_unchanged
from qince.kit.events import publish
from qince.kit.validation import check

LONGEST = timedelta(days=31)
BEYOND = timedelta(hours=36)  # how far from the work date's midnight a corrected time may lie


@action("attendance.ask_correction", permission=ASK)
def ask_correction(
    actor: Actor,
    *,
    now: datetime,
    id: UUID | None = None,
    on: date,
    end: str,
    at: datetime,
    reason: str,
    slot: int = 0,
    department_id: UUID | None = None,
) -> Correction:
    """Ask that a time counts at which no press, or a wrong one, was made. The press itself stays as it is.

    Refused beyond the month's number, after the deadline, in a locked month, and for days yet to come.
    """
    terms = terms_for(actor.person_id, on)
    today = zones.date_at(actor.person_id, now)
    require_time(actor.person_id, on, at, now)
    if today > on + timedelta(days=terms.correction_days):
        words = _("Corrections may be asked for within %(days)d days.") % {"days": terms.correction_days}
        raise Refusal("too_late", words, field="on")
    month = Correction.objects.filter(
        employee=actor.person_id, on__year=on.year, on__month=on.month, kind=Correction.Kind.REMEDY,
        state__in=LIVE,
    )  # fmt: skip
    if month.count() >= terms.correction_limit:
        words = _("This month's %(count)d corrections are used up.") % {"count": terms.correction_limit}
        raise Refusal("quota_used", words, field="on")
    require_open_month(actor.person_id, on)
    found = Correction(
        employee_id=actor.person_id, on=on, slot=slot, end=end, at=at, reason=reason, asked_at=now,
        zone=zones.zone_under(terms),
        **({"id": id} if id else {}),
    )  # fmt: skip
    check(found)
    found.save(force_insert=True)
    note(found, on=on, end=end, at=at)
    approving.hand_in(actor, found, now=now, department_id=department_id)
    return found


@action("attendance.change_correction", permission=ASK)
def change_correction(
    actor: Actor, row: Correction, *, now: datetime, end: str, at: datetime, reason: str, slot: int | None = None,
    department_id: UUID | None = None, revision: int | None = None,
) -> Correction:  # fmt: skip
    """Hand a returned correction in again, changed; the work date stays, and so it stays in time and in the number.

    `revision`: the one that was seen; refused when it is another now.
    """
    found = _own_returned(actor, row, revision)
    require_time(found.employee_id, found.on, at, now)
    require_open_month(found.employee_id, found.on)
    before = (found.end, found.at)
    found.end, found.at, found.reason = end, at, reason
    found.slot = found.slot if slot is None else slot
    return _hand_in_again(actor, found, now, department_id, end=(before[0], end), at=(before[1], at))


@action("attendance.change_time", permission=ASK)
def change_time(
    actor: Actor, row: TimeRequest, *, now: datetime, starts_at: datetime, ends_at: datetime, reason: str,
    department_id: UUID | None = None, revision: int | None = None,
) -> TimeRequest:  # fmt: skip
    """Hand a returned request in again, with other times; its kind stays. `revision`: the one that was seen."""
    found = _own_returned(actor, row, revision)
    zone = zones.zone_at(found.employee_id, starts_at)
    _require_span(found.employee_id, found.kind, starts_at, ends_at, zone, but=found.pk)
    before = (found.starts_at, found.ends_at)
    found.starts_at, found.ends_at, found.reason, found.zone = starts_at, ends_at, reason, zone
    return _hand_in_again(
        actor, found, now, department_id, starts_at=(before[0], starts_at), ends_at=(before[1], ends_at)
    )


def _own_returned(actor: Actor, row: Correction | TimeRequest, seen: int | None) -> Any:
    """Locked. What was handed in again elsewhere meanwhile is another version, whatever became of it."""
    found = type(row).objects.select_for_update(of=("self",)).filter(pk=row.pk).first()
    if found is None or found.employee_id != actor.employee_id:
        raise NotFound
    require_unchanged(found.revision, seen)
    _require_state(found, Decided.RETURNED)
    return found


def _hand_in_again(
    actor: Actor, found: Any, now: datetime, department_id: UUID | None, **changed: tuple[Any, Any]
) -> Any:
    found.state, found.answer, found.revision = Decided.PENDING, "", found.revision + 1
    check(found)
    found.save()
    note(found, **{name: pair for name, pair in changed.items() if pair[0] != pair[1]})
    approving.hand_in_again(actor, found, now=now, department_id=department_id)
    return found


def require_time(employee_id: UUID, on: date, at: datetime, now: datetime) -> None:
    """A time that has been, and that a shift of that date can reach."""
    if on > zones.date_at(employee_id, now) or at > now:
        raise Refusal("in_the_future", _("This time is yet to come."), field="at")
    midnight = datetime(on.year, on.month, on.day, tzinfo=ZoneInfo(zones.zone_of(employee_id, on)))
    if not timedelta() <= at - midnight <= BEYOND:
        raise Refusal("not_that_day", _("The time does not lie on that work date."), field="at")


@action("attendance.ask_time", permission=ASK)
def ask_time(
    actor: Actor,
    *,
    now: datetime,
    id: UUID | None = None,
    kind: str,
    starts_at: datetime,
    ends_at: datetime,
    reason: str,
    department_id: UUID | None = None,
) -> TimeRequest:
    """Ask that a stretch of time counts as overtime, outing or business trip."""
    zone = zones.zone_at(actor.person_id, starts_at)
    _require_span(actor.person_id, kind, starts_at, ends_at, zone)
    found = TimeRequest(
        employee_id=actor.person_id, kind=kind, starts_at=starts_at, ends_at=ends_at, reason=reason, asked_at=now,
        zone=zone,
        **({"id": id} if id else {}),
    )  # fmt: skip
    check(found)
    found.save(force_insert=True)
    note(found, kind=kind, starts_at=starts_at, ends_at=ends_at)
    approving.hand_in(actor, found, now=now, department_id=department_id)
    return found


def _require_span(
    employee_id: UUID, kind: str, starts_at: datetime, ends_at: datetime, zone: str, but: UUID | None = None
) -> None:
    if not starts_at < ends_at <= starts_at + LONGEST:
        raise Refusal(
            "invalid_times", _("The end lies after the beginning, and within a month."), field="ends_at"
        )
    require_open_month(employee_id, clock.local_date(starts_at, zone))
    same = TimeRequest.objects.filter(
        employee=employee_id, kind=kind, state__in=LIVE, starts_at__lt=ends_at, ends_at__gt=starts_at
    )
    if same.exclude(pk=but).exists():
        raise Conflict("overlaps", _("You have asked for the same time already."), field="starts_at")


@action("attendance.withdraw_request", permission=ASK)
def withdraw(actor: Actor, row: Correction | TimeRequest, *, now: datetime) -> Any:
    """Take back what has not been decided yet, or came back: one's own only."""
    found = _locked(type(row), row.pk, Decided.PENDING, Decided.RETURNED)
    if found.employee_id != actor.employee_id:
        raise NotFound
    if (instance := approving.under_way(found)) is not None:
        applying.withdraw(actor, instance_id=instance.pk, now=now)
        found.refresh_from_db()
    note(found, state=found.state)
    return found


@action("attendance.approve_request", permission=DECIDE)
def approve(actor: Actor, row: approving.Request, *, now: datetime, answer: str = "") -> Any:
    return _decide(actor, row, Decided.APPROVED, now, answer)


@action("attendance.reject_request", permission=DECIDE)
def reject(actor: Actor, row: approving.Request, *, now: datetime, answer: str = "") -> Any:
    return _decide(actor, row, Decided.REJECTED, now, answer)


def _decide(
    actor: Actor, row: approving.Request, state: Decided, now: datetime, answer: str
) -> approving.Request:
    """The actor's own step in the request's approval: what stands in the inbox, too."""
    found = _locked(type(row), row.pk, Decided.PENDING)
    require_decider(actor, found.employee_id)
    require_open_month(found.employee_id, *approving.spoken_of(found))
    instance = approving.under_way(found)
    task = Task.objects.filter(
        instance=instance, assignee=actor.employee_id, state=Task.State.PENDING
    ).first()
    if instance is None or task is None:
        raise Refusal("not_your_turn", _("Somebody else decides about this request now."))
    if state == Decided.APPROVED:
        deciding.approve(actor, task_id=task.pk, comment=answer, now=now)
    else:
        deciding.reject(actor, task_id=task.pk, comment=answer, now=now)
    found.refresh_from_db()
    note(found, state=found.state)
    return found  # type: ignore[no-any-return]


@action("attendance.confirm_press", permission=DECIDE)
def confirm_press(actor: Actor, punch: Punch, *, now: datetime, answer: str = "") -> Punch:
    """A check-in that waits counts from now on, at the time it was made."""
    return _decide_press(actor, punch, Punch.Counting.COUNTED, answer, now)


@action("attendance.refuse_press", permission=DECIDE)
def refuse_press(actor: Actor, punch: Punch, *, now: datetime, answer: str) -> Punch:
    """It does not count, for a reason the person reads. The press stays."""
    if not answer.strip():
        raise Refusal("reason_required", _("Say why it does not count."), field="answer")
    return _decide_press(actor, punch, Punch.Counting.REFUSED, answer, now)


def _decide_press(actor: Actor, punch: Punch, counting: str, answer: str, now: datetime) -> Punch:
    found: Punch | None = Punch.objects.select_for_update(of=("self",)).filter(pk=punch.pk).first()
    if found is None:
        raise NotFound
    require_decider(actor, found.employee_id)
    if found.counting != Punch.Counting.WAITING:
        raise Conflict("decided_already", _("This has been decided already."))
    require_open_month(found.employee_id, found.work_date)
    found.counting, found.answer = counting, answer.strip()[:300]
    found.decided_at, found.decided_by_id = now, actor.employee_id
    found.save(update_fields=["counting", "answer", "decided_at", "decided_by"])
    note(found, counting=found.counting)
    telling.decided(actor, found, now=now)
    publish(RosterChanged((found.employee_id,), found.work_date, found.work_date))
    return found


# --- What they share ---


def require_decider(actor: Actor, employee_id: UUID, permission: str = DECIDE) -> None:
    """In reach, and never about oneself."""
    if not actor.scope(permission).covers(employee_id):
        raise NotFound
    if employee_id == actor.employee_id:
        raise Refusal("own_request", _("Somebody else decides about your own requests."))


def _locked(model: type[Any], key: UUID, *states: Decided) -> Any:
    found = model.objects.select_for_update(of=("self",)).filter(pk=key).first()
    if found is None:
        raise NotFound
    _require_state(found, *states)
    return found


def _require_state(found: Any, *states: Decided) -> None:
    if found.state not in states:
        raise Conflict("decided_already", _("This has been decided already."))
