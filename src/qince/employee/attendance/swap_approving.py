"""What the approval of an exchange of shifts leads to."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from qince.employee.attendance import approving, swap_telling
from qince.employee.attendance.events import RosterChanged
from qince.employee.attendance.models import Decided, RosterEntry, Swap
from qince.employee.attendance.replay.planning import Plan
from qince.employee.attendance.rules import ASK
from qince.employee.attendance.swap_actions import require_unaltered
from qince.engines.approvals.models import Instance
from qince.engines.approvals.registry import subject
from qince.kit import bulk
from qince.kit.action import note
from qince.kit.actor import system_actor
from qince.kit.errors import Text
from qince.kit.events import publish
from qince.kit.tenancy import current_organization_id

_ENDS: dict[str, Decided] = {
    Instance.Status.WITHDRAWN: Decided.WITHDRAWN,
    Instance.Status.LAPSED: Decided.LAPSED,
}


def _row(instance: Instance) -> Any:
    return Swap.objects.select_for_update(of=("self",)).get(pk=instance.target_id)


def _require(instance: Instance, now: datetime) -> None:
    """Neither the exchange nor its undoing is agreed to where it could not be carried out any more."""
    row: Any = Swap.objects.get(pk=instance.target_id)
    require_unaltered(row, now, is_undone=row.state == Decided.APPROVED)


def _approved(instance: Instance, now: datetime) -> None:
    row = _row(instance)
    require_unaltered(row, now)
    _put(row, row.partner_shift_id, row.own_shift_id)
    approving.settle(row, instance, Decided.APPROVED, now)
    swap_telling.both(_machine(), row, swap_telling.DONE, now=now)


def _revoked(instance: Instance, now: datetime) -> None:
    row = _row(instance)
    require_unaltered(row, now, is_undone=True)
    _put(row, row.own_shift_id, row.partner_shift_id)
    approving.settle(row, instance, Decided.WITHDRAWN, now)
    swap_telling.both(_machine(), row, swap_telling.UNDONE, now=now)


def _closed(instance: Instance, now: datetime) -> None:
    row = _row(instance)
    approving.settle(row, instance, _ENDS.get(instance.status, Decided.REJECTED), now)
    tell = swap_telling.lapsed if row.state == Decided.LAPSED else swap_telling.over
    tell(_machine(), row, now=now)


def _put(row: Swap, own: UUID | None, partner: UUID | None) -> None:
    """The roster's word for both, whatever the week would have said."""
    entries = [
        RosterEntry(employee_id=row.employee_id, on=row.on, shift_id=own),
        RosterEntry(employee_id=row.partner_id, on=row.on, shift_id=partner),
    ]
    bulk.put(entries, key=("organization", "employee", "on"), replacing=("shift",))
    note(row, first=row.on, last=row.on)
    publish(RosterChanged((row.employee_id, row.partner_id), row.on, row.on))


def _machine() -> Any:
    return system_actor(current_organization_id(), "attendance.swap")


def _summary(instance: Instance) -> Sequence[tuple[Text, Any]]:
    row = Swap.objects.select_related("employee", "partner", "own_shift", "partner_shift").get(
        pk=instance.target_id
    )
    return [
        (_("Work date"), row.on),
        (str(row.employee), named(row.own_shift)),
        (str(row.partner), named(row.partner_shift)),
        (_("Reason"), row.reason),
    ]


def named(shift: Any) -> Text:
    return str(shift) if shift else _("Rest")


def planned(plan: Plan) -> Text:
    return plan.shift.name if plan.shift else _("Rest")


subject(
    approving.SWAP, name=_("Exchange of shifts"), icon="refresh", apply=ASK, summary=_summary,
    on_approved=_approved, on_revoked=_revoked, on_closed=_closed, require=_require,
)  # fmt: skip
