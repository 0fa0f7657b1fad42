"""The logs on screen."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qince.core.people.choices import PEOPLE_AND_FORMER
from qince.core.people.queries import employees_visible_to
from qince.core.privacy.registers import registered
from qince.core.watch import alerts, deciding, queries, tickets, training
from qince.core.watch.models import Access, Alert, Reading, StaffAccess, Training
from qince.core.watch.rules import (
    DECIDE_ALERTS,
    EXPORT_ACCESS,
    KEEP_TRAINING,
    VIEW_ACCESS,
    VIEW_ALERTS,
    VIEW_READS,
    VIEW_STAFF,
)
from qince.core.watch.words import fact_words, page_words
from qince.kit.choosing import OneOf
from qince.kit.forms import DateInput
from qince.kit.resource import Column, FormPage, Permissions, Resource, RowAct, Section, Tab, timeline
from qince.kit.resource.filters import choice, dates, reference
from qince.kit.resource.forms import ActorForm

RULES = [(code, registered.decisions[code].title) for code in deciding.RULES]


class ReasonForm(ActorForm):
    reason = forms.CharField(label=_("Reason"), max_length=300)


ACCESS = Resource(
    namespace="watch",
    name="access",
    model=Access,
    purposes=("basic", "security"),
    title=_("Access log"),
    singular=_("request"),
    icon="history",
    hint=_("Every use of the service is noted here: who, when, from where, which page. Never what was sent."),
    rows=queries.access_visible_to,
    permissions=Permissions(view=VIEW_ACCESS, export=EXPORT_ACCESS),
    columns=(
        Column("at", _("Time"), is_link=True),
        Column("name", _("Employee"), computed=queries.name_of("employee_id")),
        Column("route", _("Page"), text=lambda row: page_words(row.route)),
        Column("method", _("Method")),
        Column("status", _("Answer"), is_numeric=True),
        Column("ip", _("IP address")),
        Column("browser", _("Browser")),
        Column("carrier", _("Carrier"), is_shown=False),
        Column("language", _("Language"), is_shown=False),
    ),
    order="-at",
    filters=(
        dates("at", _("Time"), is_instant=True),
        reference("employee_id", _("Employee"), employees_visible_to),
        choice("method", _("Method"), [(each, each) for each in ("GET", "POST", "PUT", "DELETE")]),
    ),
)

READS = Resource(
    namespace="watch",
    name="reads",
    model=Reading,
    purposes=("basic", "security"),
    title=_("Who looked at what"),
    singular=_("look"),
    icon="eye",
    hint=_(
        "When somebody opens sensitive data of somebody else, such as a position or a photo, it is noted here."
    ),
    rows=queries.reads_visible_to,
    permissions=Permissions(view=VIEW_READS, export=VIEW_READS),
    columns=(
        Column("at", _("Time"), is_link=True),
        Column("reader_name", _("Who looked")),
        Column("name", _("Whose data"), computed=queries.name_of("employee_id")),
        Column("page", _("Page"), text=lambda row: page_words(row.page)),
    ),
    order="-at",
    search=("reader_name",),
    filters=(
        dates("at", _("Time"), is_instant=True),
        reference("reader_id", _("Who looked"), employees_visible_to),
        reference("employee_id", _("Whose data"), employees_visible_to),
    ),
)

RULE = Column(
    "rule", _("What was unusual"), value=lambda row: deciding.title_of(row.rule), sort="rule", is_link=True
)
FACTS = Column("facts", _("Numbers"), value=lambda row: facts_words(row.facts))
STATE = Column("state", _("State"), tones={"open": "orange", "released": "green", "confirmed": "red"})
LOCKED = Column("is_locked", _("Account locked"))


def facts_words(facts: dict[str, int]) -> str:
    return ", ".join(f"{fact_words(name)}: {value}" for name, value in facts.items())


def _is_open(alert: Alert) -> bool:
    return alert.state == Alert.State.OPEN


ALERTS = Resource(
    namespace="watch",
    name="alerts",
    model=Alert,
    purposes=("basic", "security"),
    title=_("Alerts"),
    singular=_("alert"),
    icon="alert-triangle",
    hint=_("Unusual use of accounts is shown here: new devices, failed sign-ins, large exports."),
    rows=alerts.alerts_visible_to,
    prepare=lambda rows: rows.select_related("employee", "decided_by"),
    permissions=Permissions(view=VIEW_ALERTS),
    columns=(RULE, Column("employee__name", _("Employee")), Column("at", _("Time")), FACTS, STATE, LOCKED),
    order="-at",
    filters=(
        choice("state", _("State"), Alert.State.choices),
        choice("rule", _("What was unusual"), RULES),
        dates("at", _("Time"), is_instant=True),
    ),
    sections=(
        Section(_("Alert"), (
            RULE,
            Column("employee__name", _("Employee")),
            Column("at", _("Time")),
            FACTS,
            Column("version", _("Version of the rule")),
            LOCKED,
        )),
        Section(_("Decision"), (
            STATE,
            Column("decided_by__name", _("Decided by")),
            Column("decided_at", _("Decided at")),
            Column("reason", _("Reason")),
        )),
    ),
    acts=(
        RowAct("release", _("Release"), alerts.release_alert, DECIDE_ALERTS, "lock-open", ReasonForm,
               offered=_is_open),
        RowAct("confirm", _("Confirm"), alerts.confirm_alert, DECIDE_ALERTS, "shield-lock", ReasonForm,
               offered=_is_open, is_dangerous=True),
    ),
)  # fmt: skip


class TrainingForm(ActorForm):
    employee: Any = OneOf(PEOPLE_AND_FORMER, label=_("Employee"))
    topic = forms.CharField(label=_("Topic"), max_length=80)
    done_on = forms.DateField(label=_("Done on"), widget=DateInput)
    due_on = forms.DateField(label=_("To be repeated by"), widget=DateInput)


TICKETS = Resource(
    namespace="watch",
    name="staff",
    model=StaffAccess,
    purposes=("basic", "security"),
    title=_("Operator's access"),
    singular=_("ticket"),
    icon="user-shield",
    hint=_(
        "The operator's staff can read here only with a ticket, for some hours. Each is listed, with its reason."
    ),
    rows=tickets.tickets_visible_to,
    prepare=lambda rows: rows.select_related("employee"),
    permissions=Permissions(view=VIEW_STAFF, export=VIEW_STAFF),
    columns=(
        Column("staff_name", _("Operator's staff"), is_link=True),
        Column("reason", _("Reason")),
        Column("ground", _("Rests on"), value=tickets.ground_words),
        Column("starts_at", _("From")),
        Column("ends_at", _("Until")),
        Column("closed_at", _("Closed at")),
        Column("opened_by", _("Opened by")),
    ),
    order="-starts_at",
    search=("staff_name", "reason"),
    tabs=(Tab("acts", _("What was done"), "watch/acts.html", queries.done_under, icon="history"),),
)

TRAININGS = Resource(
    namespace="watch",
    name="trainings",
    model=Training,
    purposes=("basic", "security"),
    title=_("Trainings"),
    singular=_("training"),
    icon="checklist",
    hint=_("Write down who was trained in security and privacy, and by when it is to be repeated."),
    rows=training.trainings_visible_to,
    prepare=lambda rows: rows.select_related("employee"),
    permissions=Permissions(view=KEEP_TRAINING, add=KEEP_TRAINING, export=KEEP_TRAINING),
    columns=(
        Column("employee__name", _("Employee"), is_link=True),
        Column("topic", _("Topic")),
        Column("done_on", _("Done on")),
        Column("due_on", _("To be repeated by")),
        Column("reminded_at", _("Reminded at")),
    ),
    order="due_on",
    search=("employee__name", "topic"),
    filters=(dates("due_on", _("To be repeated by")),),
    create=FormPage(TrainingForm, training.enter_training),
)

timeline.name_acts(
    {
        "watch.open_staff_access": _("Operator's access opened"),
        "watch.close_staff_access": _("Operator's access ended"),
        "watch.enter_training": _("Training entered"),
        "watch.remind_training": _("Reminded of a training"),
        "watch.raise_alert": _("Alert raised"),
        "watch.release_alert": _("Alert released"),
        "watch.confirm_alert": _("Alert confirmed"),
    }
)
timeline.name_kinds({"watch.alert": _("Alert"), "watch.access": _("Request"), "watch.reading": _("Look")})
