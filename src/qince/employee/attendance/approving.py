"""Corrections, overtime, outings and trips go the organization's own way of approval; without one the leader's."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qince.employee.attendance import zones
from qince.employee.attendance.events import RosterChanged
from qince.employee.attendance.models import Correction, Decided, MonthReport, Swap, TimeRequest
from qince.employee.attendance.rules import ASK
from qince.engines.approvals.actions import applying
from qince.engines.approvals.models import Instance, Task
from qince.engines.approvals.registry import Fact, subject
from qince.kit.actor import Actor
from qince.kit.errors import Conflict, NotFound, Text
from qince.kit.events import publish
from qince.kit.resource.columns import as_text

Request = Correction | TimeRequest | Swap
SWAP = "attendance.swap"  # declared in `swap_approving`, which decides on more than these


def application(row: Request, *, now: datetime, department_id: UUID | None) -> applying.Application:
    """What is asked for, with what conditions of a flow may ask."""
    if isinstance(row, Correction):
        today = zones.date_at(row.employee_id, now)
        facts: dict[str, Any] = {"days_ago": (today - row.on).days}
        code, title = CORRECTION, str(_("Correction %(on)s") % {"on": row})
    elif isinstance(row, Swap):
        facts, code, title = {}, SWAP, str(_("Exchange of shifts %(on)s") % {"on": row.on})
    else:
        hours = Decimal((row.ends_at - row.starts_at) // timedelta(minutes=1)) / 60
        facts = {"hours": round(hours, 2), "kind": row.kind}
        code, title = TIME, str(row.get_kind_display())
    return applying.Application(code, row.pk, title, facts, department_id)


def hand_in(actor: Actor, row: Request, *, now: datetime, department_id: UUID | None = None) -> None:
    """Send the request on its way; it may be decided when this returns."""
    applying.submit(actor, what=application(row, now=now, department_id=department_id), now=now)
    row.refresh_from_db()


def hand_in_again(actor: Actor, row: Request, *, now: datetime, department_id: UUID | None = None) -> None:
    """What came back was changed: another round."""
    instance = under_way(row)
    if instance is None:
        raise NotFound
    what = application(row, now=now, department_id=department_id)
    applying.resubmit(
        actor,
        instance_id=instance.pk,
        title=what.title,
        facts=what.facts,
        department_id=department_id,
        now=now,
    )
    row.refresh_from_db()


def under_way(row: Request) -> Instance | None:
    code = {Correction: CORRECTION, TimeRequest: TIME, Swap: SWAP}[type(row)]
    found: Instance | None = Instance.objects.filter(
        subject=code, target_id=row.pk, status__in=(Instance.Status.RUNNING, Instance.Status.RETURNED)
    ).first()
    return found


def days_of(row: Request) -> tuple[date, date]:
    """The work dates it bears on; a shift may have begun the day before."""
    if not isinstance(row, TimeRequest):
        return row.on, row.on
    return row.local(row.starts_at).date() - timedelta(days=1), row.local(row.ends_at).date()


def spoken_of(row: Request) -> set[date]:
    """The dates it speaks of itself: in none of their months may the sheet be locked."""
    if not isinstance(row, TimeRequest):
        return {row.on}
    return {row.local(each).date() for each in (row.starts_at, row.ends_at)}


# --- What approvals lead to ---


def _row(instance: Instance) -> Any:
    model = Correction if instance.subject == CORRECTION else TimeRequest
    return model.objects.select_for_update(of=("self",)).get(pk=instance.target_id)


def require_open_month(employee_id: UUID, *days: date) -> None:
    """Refused where a month that these days lie in is locked."""
    months = {on.replace(day=1) for on in days}
    locked = MonthReport.objects.filter(
        employee=employee_id, month__in=months, state=MonthReport.State.LOCKED
    )
    if locked.exists():
        raise Conflict("month_locked", _("The month is locked. Only adjustments can be added."))


def _require(instance: Instance, now: datetime) -> None:
    """Neither a request nor its undoing is agreed to in a month that is locked meanwhile."""
    model = Correction if instance.subject == CORRECTION else TimeRequest
    row: Any = model.objects.get(pk=instance.target_id)
    require_open_month(row.employee_id, *spoken_of(row))


def _approved(instance: Instance, now: datetime) -> None:
    row = _row(instance)
    require_open_month(row.employee_id, *spoken_of(row))
    settle(row, instance, Decided.APPROVED, now)


def _returned(instance: Instance, now: datetime) -> None:
    """Its owner reads why, and changes it."""
    row = _row(instance)
    row.state, row.answer = Decided.RETURNED, _said(_last_decision(instance))
    row.save(update_fields=["state", "answer"])


def _closed(instance: Instance, now: datetime) -> None:
    is_withdrawn = instance.status == Instance.Status.WITHDRAWN
    settle(_row(instance), instance, Decided.WITHDRAWN if is_withdrawn else Decided.REJECTED, now)


def _revoked(instance: Instance, now: datetime) -> None:
    row = _row(instance)
    require_open_month(row.employee_id, *spoken_of(row))
    settle(row, instance, Decided.WITHDRAWN, now)


def _last_decision(instance: Instance) -> Task | None:
    rows = Task.objects.filter(instance=instance, decided_at__isnull=False)
    return rows.order_by("-decided_at").first()  # type: ignore[no-any-return]


def _said(decision: Task | None) -> str:
    return (decision.comment or "")[:300] if decision else ""


def settle(row: Any, instance: Instance, state: str, now: datetime) -> None:
    decision = _last_decision(instance)
    row.state, row.decided_at = state, now
    if decision is not None:
        row.decided_by_id, row.answer = decision.acted_by_id or decision.assignee_id, _said(decision)
    row.save(update_fields=["state", "decided_at", "decided_by", "answer"])
    publish(RosterChanged((row.employee_id,), *days_of(row)))


def _summary(instance: Instance) -> Sequence[tuple[Text, Any]]:
    if instance.subject == CORRECTION:
        row = Correction.objects.get(pk=instance.target_id)
        return [
            (_("Work date"), row.on),
            (_("End"), row.get_end_display()),
            (_("Time that shall count"), as_text(row.local(row.at))),
            (_("Reason"), row.reason),
        ]
    asked = TimeRequest.objects.get(pk=instance.target_id)
    return [
        (_("Kind"), asked.get_kind_display()),
        (_("From"), as_text(asked.local(asked.starts_at))),
        (_("Until"), as_text(asked.local(asked.ends_at))),
        (_("Reason"), asked.reason),
    ]


_LEADS_TO: dict[str, Any] = {
    "apply": ASK,
    "summary": _summary,
    "on_approved": _approved,
    "on_closed": _closed,
    "on_revoked": _revoked,
    "on_returned": _returned,
    "phone_page": lambda instance: f"/punch/requests/{instance.target_id}",
    "require": _require,
}
CORRECTION = subject(
    "attendance.correction", name=_("Correction of attendance"), icon="pencil",
    facts=(Fact("days_ago", _("Days since the work date")),),
    edit_page=lambda instance: reverse("attendance:correction_act", args=[instance.target_id, "change"]),
    **_LEADS_TO,
)  # fmt: skip
TIME = subject(
    "attendance.time", name=_("Overtime, outing, business trip"), icon="stopwatch",
    facts=(Fact("hours", _("Hours")), Fact("kind", _("Kind"), "choice", tuple(TimeRequest.Kind.choices))),
    edit_page=lambda instance: reverse("attendance:time_act", args=[instance.target_id, "change"]),
    **_LEADS_TO,
)  # fmt: skip
