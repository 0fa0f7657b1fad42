"""Exchanges that nobody answered, or nobody decided, before the day's work began: they end by themselves."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from qince.employee.attendance import approving, swap_telling, swaps, zones
from qince.employee.attendance.models import Decided, Swap
from qince.engines.approvals.actions.watching import lapse
from qince.engines.approvals.models import Instance
from qince.kit.action import action, note
from qince.kit.actor import Actor


def begun(now: datetime) -> list[UUID]:
    """Those under way, or whose undoing is, and whose day has begun."""
    _first, today = zones.todays(now)
    undone = Instance.objects.filter(subject=approving.SWAP, status=Instance.Status.RUNNING).values(
        "target_id"
    )
    rows = Swap.objects.filter(on__lte=today + timedelta(days=1))
    live = rows.filter(state=Decided.PENDING) | rows.filter(state=Decided.APPROVED, pk__in=undone)
    return [row.pk for row in live.order_by("on", "pk") if swaps.has_begun(row, now)]


@action("attendance.lapse_swap")
def lapse_swap(actor: Actor, *, swap_id: UUID, now: datetime) -> bool:
    """Whether it was under way still. What was handed in ends where it is decided; both are told why."""
    row = Swap.objects.get(pk=swap_id)
    instance = approving.under_way(row)
    if not (lapse(actor, instance_id=instance.pk, now=now) if instance else _end_unanswered(actor, row, now)):
        return False
    row.refresh_from_db()
    note(row, state=row.state)
    return True


def _end_unanswered(actor: Actor, row: Swap, now: datetime) -> bool:
    found: Any = Swap.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if found.state != Decided.PENDING or found.agreed_at is not None:  # answered in this very moment
        return False
    found.state, found.decided_at = Decided.LAPSED, now
    found.save(update_fields=["state", "decided_at"])
    swap_telling.lapsed(actor, found, now=now)
    return True
