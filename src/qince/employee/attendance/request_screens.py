"""Corrections, overtime and months on screen."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from qince.employee.attendance import correct_actions, month_actions, request_actions
from qince.employee.attendance.approving import CORRECTION, TIME
from qince.employee.attendance.models import Correction, Decided, MonthReport, TimeRequest
from qince.employee.attendance.replay.months import FIGURES
from qince.employee.attendance.rules import ASK, CLOSE, CORRECT, DECIDE, EXPORT, VIEW
from qince.employee.attendance.words import FIGURE_WORDS
from qince.engines.approvals.forms import ForDepartment
from qince.engines.approvals.tabs import approval_tab
from qince.kit.actor import Actor
from qince.kit.forms import DateTimeInput
from qince.kit.resource import ActorForm, Column, Permissions, Resource, RowAct, Tab, filters

TONES = {
    "pending": "orange",
    "returned": "purple",
    "approved": "green",
    "rejected": "red",
    "withdrawn": "grey",
    "lapsed": "grey",
}
MONTH_TONES = {"open": "grey", "asked": "blue", "confirmed": "green", "disputed": "red", "locked": "purple"}


def _reason() -> forms.CharField:
    return forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea({"rows": 2}))


class AnswerForm(ActorForm):
    answer = forms.CharField(label=_("Answer"), max_length=300, required=False)


class ReasonForm(ActorForm):
    answer = forms.CharField(label=_("Reason"), max_length=300)


class _ChangeForm(ForDepartment):
    """What came back, as it was handed in."""

    def arrange(self) -> None:
        held = [name for name in self.fields if name != "department"]
        super().arrange()
        if self.row is not None:
            self.initial = {**{name: self._shown(getattr(self.row, name)) for name in held}, **self.initial}

    def _shown(self, value: Any) -> Any:
        """Times on the wall where the person works; without a zone a form leaves them as they are."""
        return self.row.local(value).replace(tzinfo=None) if isinstance(value, datetime) else value

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if self.row is None or not self.row.zone:
            return given
        there = ZoneInfo(self.row.zone)
        return {
            name: timezone.make_naive(value).replace(tzinfo=there) if isinstance(value, datetime) else value
            for name, value in given.items()
        }


class ChangeCorrectionForm(_ChangeForm):
    """The work date stays."""

    end = forms.ChoiceField(label=_("Which end"), choices=Correction.End.choices)
    at = forms.DateTimeField(label=_("Time that shall count"), widget=DateTimeInput())
    reason = _reason()


class ChangeTimeForm(_ChangeForm):
    """Overtime, outing or trip; its kind stays."""

    starts_at = forms.DateTimeField(label=_("From"), widget=DateTimeInput())
    ends_at = forms.DateTimeField(label=_("Until"), widget=DateTimeInput())
    reason = _reason()


class AdjustmentForm(ActorForm):
    figure = forms.ChoiceField(label=_("Figure"), choices=FIGURE_WORDS.items())
    amount = forms.IntegerField(
        label=_("Change"), min_value=-100_000, max_value=100_000, help_text=_("Minus takes away.")
    )
    reason = forms.CharField(label=_("Reason"), max_length=200)


def within(model: Any) -> Any:
    """Rows of the people whose attendance the actor sees."""

    def rows(actor: Actor) -> Any:
        return actor.scope(VIEW).filter(model.objects.all(), "employee")

    return rows


def _is_pending(row: Any) -> bool:
    return row.state == Decided.PENDING


def _is_own_open(actor: Actor, row: Any) -> bool:
    return bool(row.state in (Decided.PENDING, Decided.RETURNED) and row.employee_id == actor.employee_id)


def _is_own_returned(actor: Actor, row: Any) -> bool:
    return bool(row.state == Decided.RETURNED and row.employee_id == actor.employee_id)


def _change(act: Any, form: type[ActorForm]) -> RowAct:
    """For whoever asked, once it came back to them."""
    return RowAct("change", _("Change and hand in again"), act, ASK, "pencil", form=form, in_bulk=False,
                  offered_to=_is_own_returned)  # fmt: skip


def _is_word(row: Any) -> bool:
    return bool(row.kind == Correction.Kind.ADMIN and row.state == Decided.APPROVED)


DECISIONS = (
    RowAct("approve", _("Approve"), request_actions.approve, DECIDE, "check", form=AnswerForm, offered=_is_pending),
    RowAct("reject", _("Reject"), request_actions.reject, DECIDE, "x", form=ReasonForm, is_dangerous=True,
           offered=_is_pending),
    RowAct("withdraw", _("Withdraw"), request_actions.withdraw, ASK, "arrow-back-up", in_bulk=False,
           offered_to=_is_own_open),
)  # fmt: skip


def _wall(name: str) -> Any:
    """A time as the wall showed it where the person worked."""
    return lambda row: row.local(value) if (value := getattr(row, name)) else None


_WHO = Column("employee__name", _("Employee"), is_link=True)
_DECISION = (
    Column("reason", _("Reason")),
    Column("state", _("State"), tones=TONES),
    Column("asked_at", _("Asked at")),
    Column("decided_by__name", _("Decided by")),
    Column("answer", _("Answer"), is_shown=False),
    Column("zone", _("Time zone"), is_shown=False),
)
CORRECTIONS = Resource(
    namespace="attendance",
    name="correction",
    model=Correction,
    title=_("Corrections"),
    singular=_("correction"),
    icon="pencil",
    hint=_("People ask on the phone for a press that was forgotten; it is decided here."),
    rows=within(Correction),
    prepare=lambda rows: rows.select_related("employee", "decided_by"),
    permissions=Permissions(view=VIEW, export=EXPORT),
    tabs=(approval_tab(CORRECTION),),
    columns=(
        _WHO,
        Column("on", _("Work date")),
        Column("end", _("End")),
        Column("at", _("Time that shall count"), value=_wall("at"), sort="at"),
        Column("result", _("Result"), is_shown=False),
        Column("kind", _("Kind"), is_shown=False),
        *_DECISION,
    ),
    order="-asked_at",
    search=("employee__name", "employee__number", "reason"),
    filters=(
        filters.choice("state", _("State"), Decided.choices),
        filters.choice("kind", _("Kind"), Correction.Kind.choices),
        filters.dates("on", _("Work date")),
    ),
    group_by=("state",),
    acts=(
        *DECISIONS,
        _change(request_actions.change_correction, ChangeCorrectionForm),
        RowAct("take_back", _("Take back"), correct_actions.take_back, CORRECT, "arrow-back-up", form=ReasonForm,
               is_dangerous=True, offered=_is_word),
    ),
)  # fmt: skip
TIME_REQUESTS = Resource(
    namespace="attendance",
    name="time",
    model=TimeRequest,
    title=_("Overtime and outings"),
    singular=_("request"),
    icon="stopwatch",
    hint=_("People ask on the phone; what is approved enters their results."),
    rows=within(TimeRequest),
    prepare=lambda rows: rows.select_related("employee", "decided_by"),
    permissions=Permissions(view=VIEW, export=EXPORT),
    tabs=(approval_tab(TIME),),
    columns=(
        _WHO,
        Column("kind", _("Kind"), tones={"overtime": "purple", "out": "blue", "trip": "teal"}),
        Column("starts_at", _("From"), value=_wall("starts_at"), sort="starts_at"),
        Column("ends_at", _("Until"), value=_wall("ends_at"), sort="ends_at"),
        *_DECISION,
    ),
    order="-asked_at",
    search=("employee__name", "employee__number", "reason"),
    filters=(
        filters.choice("state", _("State"), Decided.choices),
        filters.choice("kind", _("Kind"), TimeRequest.Kind.choices),
        filters.dates("starts_at", _("From"), is_instant=True),
    ),
    group_by=("state", "kind"),
    acts=(*DECISIONS, _change(request_actions.change_time, ChangeTimeForm)),
)


def _figure(name: str) -> Any:
    return lambda row: row.totals.get(name, 0)


def _adjustments(actor: Actor, report: MonthReport) -> dict[str, Any]:
    found = month_actions.adjusted(report)
    return {
        "figures": [(FIGURE_WORDS[name], report.totals.get(name, 0), found[name]) for name in FIGURES],
        "adjustments": [
            (FIGURE_WORDS.get(row.figure, row.figure), row)
            for row in report.adjustments.select_related("by").order_by("at")
        ],
        "report": report,
    }


SHOWN = (
    "due_days",
    "attended_days",
    "late_times",
    "early_times",
    "lack_times",
    "absent_days",
    "leave",
    "away",
)
MONTHS = Resource(
    namespace="attendance",
    name="report",
    model=MonthReport,
    title=_("Month report"),
    singular=_("month"),
    icon="report-analytics",
    hint=_("Put a month together, let people confirm it, then lock it."),
    rows=within(MonthReport),
    prepare=lambda rows: rows.select_related("employee"),
    permissions=Permissions(view=VIEW, export=EXPORT),
    columns=(
        _WHO,
        Column("employee__number", _("Employee number"), is_shown=False),
        Column("month", _("Month"), text=lambda row: f"{row.month:%Y-%m}"),
        *(
            Column(f"the_{name}", FIGURE_WORDS[name], value=_figure(name), is_numeric=True, is_shown=name in SHOWN)
            for name in FIGURES
        ),
        Column("state", _("State"), tones=MONTH_TONES),
        Column("objection", _("Objection"), is_shown=False),
        Column("version", _("Version"), is_numeric=True, is_shown=False),
    ),
    order="-month",
    search=("employee__name", "employee__number"),
    filters=(
        filters.dates("month", _("Month")),
        filters.choice("state", _("State"), MonthReport.State.choices),
    ),
    group_by=("state",),
    tabs=(Tab("figures", _("Figures"), "attendance/report_figures.html", _adjustments, icon="list"),),
    acts=(
        RowAct("lock", _("Lock"), month_actions.lock_month, CLOSE, "lock",
               question=_("Locked figures do not change any more; only adjustments can be added."),
               offered=lambda row: row.state != MonthReport.State.LOCKED),
        RowAct("adjust", _("Adjust"), month_actions.adjust_month, CLOSE, "pencil", form=AdjustmentForm, in_bulk=False,
               offered=lambda row: row.state == MonthReport.State.LOCKED),
    ),
)  # fmt: skip
