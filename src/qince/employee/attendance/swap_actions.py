"""Exchanging shifts: one asks, the other agrees, then it goes the organization's way of approval."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from qince.core.access.queries import actor_for
from qince.core.people.models import Employee
from qince.employee.attendance import approving, swap_telling, swaps, zones
from qince.employee.attendance.models import Decided, Swap
from qince.employee.attendance.rules import ASK
from qince.engines.approvals.actions import applying
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.errors import Conflict, NotFound
from qince.kit.validation import check


@action("attendance.ask_swap", permission=ASK)
def ask_swap(
    actor: Actor, *, now: datetime, id: UUID | None = None, partner_id: UUID, on: date, reason: str
) -> Swap:
    """Ask a colleague to exchange what that day has for both."""
    _lock(actor.person_id, partner_id)
    found = swaps.exchange(actor, partner_id, on, now)
    both = (actor.person_id, partner_id)
    live = Swap.objects.filter(Q(employee__in=both) | Q(partner__in=both), on=on, state=Decided.PENDING)
    if live.exists():
        raise Conflict("swap_under_way", _("One of you is exchanging that day already."), field="on")
    row = Swap(
        employee_id=actor.person_id, partner_id=partner_id, on=on, own_shift_id=found.own_shift,
        partner_shift_id=found.partner_shift, reason=reason.strip(), asked_at=now,
        zone=zones.zone_of(actor.person_id, on), **({"id": id} if id else {}),
    )  # fmt: skip
    check(row)
    row.save(force_insert=True)
    note(row, on=on)
    swap_telling.asked(actor, row, now=now)
    return row


@action("attendance.answer_swap", permission=ASK)
def answer_swap(actor: Actor, row: Swap, *, now: datetime, agrees: bool, answer: str = "") -> Swap:
    """The colleague's own word. Agreed to, it goes on to whoever decides, as the request of the one who asked."""
    found = _waiting(row)
    if found.partner_id != actor.employee_id:
        raise NotFound
    if agrees:
        require_unaltered(found, now)
        found.agreed_at = now
        found.save(update_fields=["agreed_at"])
    else:
        found.state, found.answer = Decided.REJECTED, answer.strip()[:300]
        found.decided_at, found.decided_by_id = now, actor.employee_id
        found.save(update_fields=["state", "answer", "decided_at", "decided_by"])
    note(found, agrees=agrees)
    swap_telling.answered(actor, found, now=now)
    if agrees:
        asker = actor_for(found.employee, client=actor.client, locale=actor.locale)
        approving.hand_in(asker, found, now=now)
    return found


@action("attendance.withdraw_swap", permission=ASK)
def withdraw_swap(actor: Actor, row: Swap, *, now: datetime) -> Swap:
    """Whoever asked takes it back, as long as it is not decided."""
    found = _locked(row)
    if found.employee_id != actor.employee_id:
        raise NotFound
    if (instance := approving.under_way(found)) is not None:
        applying.withdraw(actor, instance_id=instance.pk, now=now)
        found.refresh_from_db()
    else:
        found.state, found.decided_at = Decided.WITHDRAWN, now
        found.save(update_fields=["state", "decided_at"])
        swap_telling.over(actor, found, now=now)
    note(found, state=found.state)
    return found


def require_unaltered(row: Swap, now: datetime, *, is_undone: bool = False) -> None:
    """Still possible, and the day has for both what it had when it was asked for (exchanged, when undoing it)."""
    found = swaps.weigh(row.employee_id, row.partner_id, row.on, now)
    meant = (row.own_shift_id, row.partner_shift_id)
    if (found.own_shift, found.partner_shift) != (meant[::-1] if is_undone else meant):
        raise Conflict("roster_changed", _("The roster of that day has been changed since."))


def _lock(*employee_ids: UUID) -> None:
    """Two requests about the same people wait for each other; in one order, so that they never wait in a circle."""
    rows = Employee.objects.select_for_update(no_key=True).filter(pk__in=employee_ids).order_by("pk")
    list(rows.values_list("pk", flat=True))


def _waiting(row: Swap) -> Any:
    found = _locked(row)
    if found.agreed_at is not None:
        raise Conflict("answered_already", _("You have agreed already."))
    return found


def _locked(row: Swap) -> Any:
    found: Any = Swap.objects.select_for_update(of=("self",)).filter(pk=row.pk).first()
    if found is None:
        raise NotFound
    if found.state != Decided.PENDING:
        raise Conflict("decided_already", _("This has been decided already."))
    return found
