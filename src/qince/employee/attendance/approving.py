"""Corrections, overtime, outings and trips go the organization's own way of approval; without one the leader's."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from qince.core.organizations.models import Organization
from qince.employee.attendance.events import RosterChanged
from qince.employee.attendance.models import Correction, Decided, MonthReport, TimeRequest
from qince.employee.attendance.rules import ASK
from qince.engines.approvals.actions import applying
from qince.engines.approvals.models import Instance, Task
from qince.engines.approvals.registry import Fact, subject
from qince.kit import clock
from qince.kit.actor import Actor
from qince.kit.errors import Conflict, Text
from qince.kit.events import publish
from qince.kit.tenancy import current_organization_id


def hand_in(actor: Actor, row: Correction | TimeRequest, *, now: datetime) -> None:
    """Send the request on its way; it may be decided when this returns."""
    if isinstance(row, Correction):
        facts: dict[str, Any] = {"days_ago": (clock.local_date(now, zone()) - row.on).days}
        code, title = CORRECTION, str(_("Correction %(on)s") % {"on": row})
    else:
        hours = Decimal((row.ends_at - row.starts_at) // timedelta(minutes=1)) / 60
        facts = {"hours": round(hours, 2), "kind": row.kind}
        code, title = TIME, str(row.get_kind_display())
    what = applying.Application(code, row.pk, title, facts)
    applying.submit(actor, what=what, now=now)


def under_way(row: Correction | TimeRequest) -> Instance | None:
    code = CORRECTION if isinstance(row, Correction) else TIME
    found: Instance | None = Instance.objects.filter(
        subject=code, target_id=row.pk, status__in=(Instance.Status.RUNNING, Instance.Status.RETURNED)
    ).first()
    return found


def days_of(row: Correction | TimeRequest) -> tuple[date, date]:
    """The work dates it bears on; a shift may have begun the day before."""
    if isinstance(row, Correction):
        return row.on, row.on
    return (
        clock.local_date(row.starts_at, zone()) - timedelta(days=1),
        clock.local_date(row.ends_at, zone()),
    )


def zone() -> str:
    found: str = Organization.objects.values_list("time_zone", flat=True).get(pk=current_organization_id())
    return found


# --- What approvals lead to ---


def _row(instance: Instance) -> Any:
    model = Correction if instance.subject == CORRECTION else TimeRequest
    return model.objects.select_for_update(of=("self",)).get(pk=instance.target_id)


def _approved(instance: Instance, now: datetime) -> None:
    row = _row(instance)
    first, last = days_of(row)
    months = {first.replace(day=1), last.replace(day=1)}
    locked = MonthReport.State.LOCKED
    if MonthReport.objects.filter(employee=row.employee_id, month__in=months, state=locked).exists():
        raise Conflict("month_locked", _("The month is locked. Only adjustments can be added."))
    _settle(row, instance, Decided.APPROVED, now)


def _closed(instance: Instance, now: datetime) -> None:
    is_withdrawn = instance.status == Instance.Status.WITHDRAWN
    _settle(_row(instance), instance, Decided.WITHDRAWN if is_withdrawn else Decided.REJECTED, now)


def _revoked(instance: Instance, now: datetime) -> None:
    _settle(_row(instance), instance, Decided.WITHDRAWN, now)


def _settle(row: Any, instance: Instance, state: str, now: datetime) -> None:
    decision = (
        Task.objects.filter(instance=instance, decided_at__isnull=False).order_by("-decided_at").first()
    )
    row.state, row.decided_at = state, now
    if decision is not None:
        row.decided_by_id, row.answer = (
            decision.acted_by_id or decision.assignee_id,
            (decision.comment or "")[:300],
        )
    row.save(update_fields=["state", "decided_at", "decided_by", "answer"])
    publish(RosterChanged((row.employee_id,), *days_of(row)))


def _summary(instance: Instance) -> Sequence[tuple[Text, Any]]:
    if instance.subject == CORRECTION:
        row = Correction.objects.get(pk=instance.target_id)
        return [
            (_("Work date"), row.on),
            (_("End"), row.get_end_display()),
            (_("Time that shall count"), timezone.localtime(row.at)),
            (_("Reason"), row.reason),
        ]
    asked = TimeRequest.objects.get(pk=instance.target_id)
    return [
        (_("Kind"), asked.get_kind_display()),
        (_("From"), timezone.localtime(asked.starts_at)),
        (_("Until"), timezone.localtime(asked.ends_at)),
        (_("Reason"), asked.reason),
    ]


_LEADS_TO: dict[str, Any] = {
    "apply": ASK,
    "summary": _summary,
    "on_approved": _approved,
    "on_closed": _closed,
    "on_revoked": _revoked,
}
CORRECTION = subject(
    "attendance.correction", name=_("Correction of attendance"), icon="pencil",
    facts=(Fact("days_ago", _("Days since the work date")),), **_LEADS_TO,
)  # fmt: skip
TIME = subject(
    "attendance.time", name=_("Overtime, outing, business trip"), icon="stopwatch",
    facts=(Fact("hours", _("Hours")), Fact("kind", _("Kind"), "choice", tuple(TimeRequest.Kind.choices))),
    **_LEADS_TO,
)  # fmt: skip
