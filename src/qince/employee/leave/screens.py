"""Leave on screen: types, balances, requests."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qince.employee.leave import console_acts, queries, words
from qince.employee.leave.actions import typing
from qince.employee.leave.forms import (
    AdjustForm,
    CallOffForm,
    ChangeForm,
    RequestForm,
    ServiceForm,
    TypeForm,
    initial_of,
)
from qince.employee.leave.importing import BALANCES as BALANCE_IMPORT
from qince.employee.leave.models import Account, LeaveRequest, LeaveType
from qince.employee.leave.rules import ADJUST, APPLY, EDIT_TYPES, EXPORT, PAPERS, REQUEST, VIEW
from qince.engines.approvals.tabs import approval_tab
from qince.kit.actor import Actor
from qince.kit.resource import Column, FormPage, Permissions, Resource, RowAct, Section, filters, timeline

STATES = {
    "pending": "orange", "returned": "purple", "approved": "green", "rejected": "red", "withdrawn": "grey",
    "cancelled": "grey",
}  # fmt: skip


def _newest(row: LeaveType) -> Any:
    return max(row.versions.all(), key=lambda each: each.version).terms


def _said(table: Any, name: str) -> Any:
    return lambda row: table[getattr(_newest(row), name).value]


TYPE_NAME = Column("name", _("Name"), is_link=True)
IN_USE = Column("is_active", _("In use"))
TYPE_COLUMNS = (
    TYPE_NAME,
    Column("grant", _("Way of granting"), text=_said(words.GRANTS, "grant"), sort=""),
    Column("unit", _("Taken in"), text=_said(words.UNITS, "unit"), sort=""),
    Column("basis", _("Way of counting"), text=_said(words.BASES, "basis"), sort=""),
    Column("latest", _("Version"), is_numeric=True),
    IN_USE,
)
RULES = (
    Column("step", _("Smallest step"), text=lambda row: words.number(_newest(row).step), sort=""),
    Column("tiers", _("Tiers"), text=lambda row: words.tiers(_newest(row)), sort=""),
    Column("carried", _("Carried over at most"), text=lambda row: words.carrying(_newest(row)), sort=""),
    Column(
        "advance",
        _("In advance at most"),
        text=lambda row: words.limit(_newest(row), "negative_limit"),
        sort="",
    ),
    Column("longest", _("At a time at most"), text=lambda row: words.limit(_newest(row), "longest"), sort=""),
    Column(
        "proof",
        _("Proof is needed above"),
        text=lambda row: words.limit(_newest(row), "proof_after"),
        sort="",
    ),
    Column("bridge", _("Days off within"), text=_said(words.BRIDGES, "bridge"), sort=""),
    Column("rounding", _("Rounding"), text=_said(words.ROUNDINGS, "rounding"), sort=""),
)
TYPES = Resource(
    namespace="leave",
    name="type",
    model=LeaveType,
    title=_("Types of leave"),
    singular=_("type of leave"),
    icon="adjustments-horizontal",
    hint=_(
        "Begin with the law's types: annual, sick, marriage, maternity … Their numbers are yours to change."
    ),
    rows=queries.types_visible_to,
    prepare=lambda rows: rows.prefetch_related("versions"),
    permissions=Permissions(view=VIEW, add=EDIT_TYPES, edit=EDIT_TYPES),
    columns=TYPE_COLUMNS,
    order="sequence",
    search=("name",),
    filters=(filters.yes_no("is_active", _("In use"), Q(is_active=True)),),
    sections=(Section(_("Type of leave"), TYPE_COLUMNS), Section(_("Rules"), RULES)),
    create=FormPage(TypeForm, typing.create_type),
    edit=FormPage(TypeForm, typing.edit_type, initial_of),
)


def _is_with_balance(actor: Actor) -> Any:
    return queries.accounts_visible_to(actor)


BALANCES = Resource(
    namespace="leave",
    name="balance",
    model=Account,
    title=_("Leave balances"),
    singular=_("balance"),
    icon="list",
    hint=_("Balances appear when a type grants leave, or when you import them from a table."),
    rows=_is_with_balance,
    permissions=Permissions(view=VIEW, imports=ADJUST, export=EXPORT),
    columns=(
        Column("employee__name", _("Employee"), is_link=True, sort="employee__name_key"),
        Column("employee__number", _("Employee number")),
        Column("type__name", _("Type of leave")),
        Column("balance", _("Balance"), is_numeric=True),
        Column("lapses_on", _("Next to lapse on")),
        Column("lapsing", _("Next to lapse"), is_numeric=True),
        Column("closed_on", _("As of"), is_shown=False),
    ),
    order="employee__name_key",
    search=("employee__name", "employee__number"),
    filters=(
        filters.reference("type", _("Type of leave"), queries.types_visible_to),
        filters.dates("lapses_on", _("Next to lapse on")),
        filters.yes_no("short", _("Below zero"), Q(balance__lt=0)),
    ),
    imports=BALANCE_IMPORT,
    acts=(
        RowAct("adjust", _("Adjust"), console_acts.adjust, ADJUST, icon="pencil", form=AdjustForm),
        RowAct("service", _("Years of service"), console_acts.set_service, ADJUST, icon="calendar",
               form=ServiceForm, in_bulk=False),
    ),
)  # fmt: skip


def _quantity(row: LeaveRequest) -> str:
    return words.amount_of(row.version.terms, row.qty)


REQUESTS = Resource(
    namespace="leave",
    name="request",
    model=LeaveRequest,
    title=_("Leave requests"),
    singular=_("leave request"),
    icon="calendar-event",
    hint=_("Requests appear when people ask for leave, on the phone or here."),
    rows=queries.requests_visible_to,
    permissions=Permissions(view=VIEW, add=APPLY, export=EXPORT),
    tabs=(approval_tab(REQUEST),),
    columns=(
        Column("employee__name", _("Employee"), is_link=True, sort="employee__name_key"),
        Column("type__name", _("Type of leave")),
        Column("first_on", _("From")),
        Column("last_on", _("Until")),
        Column("qty", _("Length of leave"), text=_quantity, sort="qty"),
        Column("state", _("State"), tones=STATES),
        Column("submitted_at", _("Handed in")),
    ),
    order="-submitted_at",
    search=("employee__name", "employee__number"),
    filters=(
        filters.choice("state", _("State"), LeaveRequest.State.choices),
        filters.reference("type", _("Type of leave"), queries.types_visible_to),
        filters.dates("first_on", _("From")),
        filters.yes_no("short", _("No longer covered"), Q(is_short=True)),
    ),
    create=FormPage(RequestForm, console_acts.hand_in, template="leave/ask.html"),
    acts=(
        RowAct("see_paper", _("Paper seen"), console_acts.see_paper, PAPERS, icon="check",
               offered=lambda row: row.paper_by_hand and row.paper_seen_at is None),
        RowAct("change", _("Change and hand in again"), console_acts.change, APPLY, icon="pencil", form=ChangeForm,
               in_bulk=False, offered=lambda row: row.state == "returned"),
        RowAct("withdraw", _("Withdraw"), console_acts.withdraw, APPLY, icon="x", in_bulk=False,
               question=_("What is held for it is released."),
               offered=lambda row: row.state in ("pending", "returned")),
        RowAct("call_off", _("Call off"), console_acts.call_off, APPLY, icon="arrow-back-up", form=CallOffForm,
               in_bulk=False, offered=lambda row: row.state == "approved" and not row.cancellations.filter(
                   state__in=("pending", "returned")).exists()),
        RowAct("change_call_off", _("Change the calling off"), console_acts.change_call_off, APPLY,
               icon="pencil", form=CallOffForm, in_bulk=False,
               offered=lambda row: row.state == "approved" and queries.returned_cancellation(row) is not None),
    ),
)  # fmt: skip

timeline.name_kinds(
    {
        "leave.leavetype": _("Type of leave"),
        "leave.account": _("Leave balance"),
        "leave.leaverequest": _("Leave request"),
        "leave.ledgerentry": _("Entry of a leave balance"),
        "leave.servicerecord": _("Years of service"),
        "leave.typeversion": _("Rules of a type of leave"),
        "leave.leaveday": _("Day of leave"),
        "leave.paper": _("Paper for leave"),
        "leave.cancellation": _("Calling off leave"),
    }
)
timeline.name_facts(
    {
        "created": _("Created"),
        "counts": _("Length of leave"),
        "quantity": _("Quantity"),
        "overtime": _("Overtime of"),
        "proofs": _("Papers"),
        "paper": _("Paper"),
        "first": _("From"),
        "last": _("Until"),
        "changed": _("Changed"),
        "entries": _("Entries"),
        "called_off": _("Called off"),
    }
)
timeline.name_acts(
    {
        "leave.create_type": _("Created"),
        "leave.edit_type": _("Changed"),
        "leave.add_templates": _("Created from the law's types"),
        "leave.bring_up": _("Granted what is due"),
        "leave.adjust": _("Adjusted"),
        "leave.credit": _("Credited overtime"),
        "leave.set_service": _("Years of service entered"),
        "leave.apply": _("Handed in"),
        "leave.change": _("Handed in again"),
        "leave.withdraw": _("Withdrawn"),
        "leave.call_off": _("Asked to call it off"),
        "leave.change_call_off": _("Calling off handed in again"),
        "leave.keep": _("Calling off withdrawn"),
        "leave.recount": _("Counted anew"),
        "leave.add_papers": _("Papers added"),
        "leave.open_paper": _("Paper opened"),
        "leave.open_reason": _("Reason read"),
        "leave.see_paper": _("Paper seen"),
    }
)
