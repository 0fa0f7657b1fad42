"""Exchanged shifts on screen."""

from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qince.employee.attendance import request_actions, swap_actions
from qince.employee.attendance.approving import SWAP
from qince.employee.attendance.models import Decided, Swap
from qince.employee.attendance.request_screens import TONES, AnswerForm, ReasonForm
from qince.employee.attendance.rules import ASK, DECIDE, EXPORT, VIEW
from qince.employee.attendance.swap_approving import named
from qince.employee.attendance.swap_asking import AskForm, ask
from qince.engines.approvals.tabs import approval_tab
from qince.kit.actor import Actor
from qince.kit.resource import Column, FormPage, Permissions, Resource, RowAct, filters


def _rows(actor: Actor) -> Any:
    """Exchanges of people whose attendance the actor sees, on either side; none that tells of a restricted person."""
    seen = actor.scope(VIEW)
    of_own = seen.filter(Swap.objects.all(), "employee").values("pk")
    of_partner = seen.filter(Swap.objects.all(), "partner").values("pk")
    rows = Swap.objects.filter(employee__restricted_at=None, partner__restricted_at=None)
    return rows.filter(Q(pk__in=of_own) | Q(pk__in=of_partner))


def _is_decidable(row: Swap) -> bool:
    return bool(row.state == Decided.PENDING and row.agreed_at is not None)


def _is_asked(actor: Actor, row: Swap) -> bool:
    return row.waits_for_partner and row.partner_id == actor.employee_id


def _is_own_open(actor: Actor, row: Swap) -> bool:
    return bool(row.state == Decided.PENDING and row.employee_id == actor.employee_id)


def _state(row: Swap) -> str:
    return str(_("Waits for the colleague") if row.waits_for_partner else row.get_state_display())


def _agree(actor: Actor, row: Swap, *, now: datetime, answer: str = "") -> Swap:
    return swap_actions.answer_swap(actor, row, now=now, agrees=True, answer=answer)


def _decline(actor: Actor, row: Swap, *, now: datetime, answer: str) -> Swap:
    return swap_actions.answer_swap(actor, row, now=now, agrees=False, answer=answer)


SWAPS = Resource(
    namespace="attendance",
    name="swap",
    model=Swap,
    title=_("Exchanges of shifts"),
    singular=_("exchange"),
    icon="refresh",
    hint=_("Two people of one group exchange what a day has for them: asked for on the phone or here, then decided."),
    rows=_rows,
    prepare=lambda rows: rows.select_related("employee", "partner", "own_shift", "partner_shift", "decided_by"),
    permissions=Permissions(view=VIEW, add=ASK, export=EXPORT),
    create=FormPage(AskForm, ask, template="attendance/swap_ask.html"),
    tabs=(approval_tab(SWAP),),
    columns=(
        Column("employee__name", _("Employee"), is_link=True),
        Column("partner__name", _("With")),
        Column("on", _("Work date")),
        Column("own_shift__name", _("Gives"), value=lambda row: named(row.own_shift)),
        Column("partner_shift__name", _("Takes"), value=lambda row: named(row.partner_shift)),
        Column("state", _("State"), text=_state, tones=TONES),
        Column("reason", _("Reason")),
        Column("asked_at", _("Asked at")),
        Column("agreed_at", _("Agreed at"), is_shown=False),
        Column("decided_by__name", _("Decided by")),
        Column("answer", _("Answer"), is_shown=False),
    ),
    order="-asked_at",
    search=("employee__name", "employee__number", "partner__name", "reason"),
    filters=(
        filters.choice("state", _("State"), Decided.choices),
        filters.dates("on", _("Work date")),
    ),
    group_by=("state",),
    acts=(
        RowAct("agree", _("Agree"), _agree, ASK, "check",
               question=_("Your shift of that day is exchanged once it is decided."), offered_to=_is_asked,
               in_bulk=False),
        RowAct("decline", _("Decline"), _decline, ASK, "x", form=ReasonForm, offered_to=_is_asked, in_bulk=False),
        RowAct("approve", _("Approve"), request_actions.approve, DECIDE, "check", form=AnswerForm,
               offered=_is_decidable),
        RowAct("reject", _("Reject"), request_actions.reject, DECIDE, "x", form=ReasonForm, is_dangerous=True,
               offered=_is_decidable),
        RowAct("withdraw", _("Withdraw"), swap_actions.withdraw_swap, ASK, "arrow-back-up", offered_to=_is_own_open,
               in_bulk=False),
    ),
)  # fmt: skip
