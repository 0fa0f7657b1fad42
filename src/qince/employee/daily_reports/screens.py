"""Daily reports on screen: who owes and who sent, reports, templates."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qince.core.people.queries import department_names, departments_visible_to
from qince.employee.daily_reports import queries, words
from qince.employee.daily_reports.actions import answering, designing
from qince.employee.daily_reports.forms import NewTemplateForm, TemplateForm, initial_of
from qince.employee.daily_reports.models import Obligation, Report, Template
from qince.employee.daily_reports.models.obligations import State
from qince.employee.daily_reports.rules import DESIGN, EXPORT, REMIND, VIEW, VIEW_TEMPLATES
from qince.kit.resource import Column, FormPage, Permissions, Resource, RowAct, Section, filters, timeline


def _period(row: Any) -> str:
    return words.period(row.period_on, row.ends_on)


PERSON = Column("employee__name", _("Employee"), is_link=True, sort="employee__name_key")
NUMBER = Column("employee__number", _("Employee number"), is_shown=False)
TEMPLATE = Column("template__name", _("Template"))
PERIOD = Column("period_on", _("Period"), text=_period, sort="period_on")

OBLIGATIONS = Resource(
    namespace="daily_reports",
    name="obligation",
    model=Obligation,
    title=_("Who has reported"),
    singular=_("owed report"),
    icon="checklist",
    hint=_("Set up a template: who owes what for each period appears here by itself."),
    rows=queries.obligations_listed,
    prepare=lambda rows: rows.select_related("employee", "template", "department", "by_version"),
    permissions=Permissions(view=VIEW, export=EXPORT),
    columns=(
        PERSON,
        NUMBER,
        Column("department__name", _("Department"), sort="department__name_key"),
        TEMPLATE,
        PERIOD,
        Column("state", _("State"), text=lambda row: words.state_words(row.state), tones=words.TONES, sort="state"),
        Column("reason", _("Exempt because"), text=lambda row: row.get_reason_display(), sort=""),
        Column("due_at", _("Due")),
        Column("late_until", _("Taken as late until"), is_shown=False),
        Column("sent_at", pgettext_lazy("report", "Sent")),
    ),
    order="-period_on",
    search=("employee__name", "employee__number"),
    filters=(
        filters.choice("state", _("State"), State.choices),
        filters.reference("template", _("Template"), queries.templates_visible_to),
        filters.dates("period_on", _("Period")),
        filters.reference(
            "department", _("Department"), departments_visible_to, path="department", names=department_names
        ),
        filters.choice("reason", _("Exempt because"), Obligation.Reason.choices),
        filters.yes_no("afterwards", _("Came when it was missing already"), Q(state="missing", sent_at__isnull=False)),
    ),
    group_by=("template__name",),
    acts=(
        RowAct("remind", _("Remind"), answering.remind, REMIND, icon="bell",
               offered=lambda row: row.sent_at is None and not row.reason),
    ),
)  # fmt: skip

REPORTS = Resource(
    namespace="daily_reports",
    name="report",
    model=Report,
    title=_("All reports"),
    singular=_("report"),
    icon="notes",
    hint=_("Reports appear when people send them from the phone."),
    rows=queries.reports_visible_to,
    prepare=lambda rows: rows.select_related("employee", "template"),
    permissions=Permissions(view=VIEW),
    columns=(
        PERSON,
        NUMBER,
        TEMPLATE,
        PERIOD,
        Column("sent_at", pgettext_lazy("report", "Sent")),
        Column("edition", _("Edition"), is_numeric=True),
    ),
    order="-sent_at",
    search=("employee__name", "employee__number"),
    filters=(
        filters.reference("template", _("Template"), queries.templates_visible_to),
        filters.dates("period_on", _("Period")),
        filters.yes_no("changed", _("Changed after sending"), Q(edition__gt=1)),
    ),
)


def _newest(row: Template) -> Any:
    return max(row.versions.all(), key=lambda each: each.number)


def _due(row: Template) -> str:
    rule = _newest(row).rules
    return _("%(time)s, late for %(hours)s h") % {"time": f"{rule.due_at:%H:%M}", "hours": rule.late_hours}


NAME = Column("name", _("Name"), is_link=True)
CYCLE = Column(
    "cycle", _("How often"), text=lambda row: words.CYCLES[_newest(row).rules.cycle.value], sort=""
)
DUE = Column("due", _("Due by"), text=_due, sort="")
VERSION = Column("latest", _("Version"), is_numeric=True)
IN_USE = Column("is_active", _("In use"))

TEMPLATES = Resource(
    namespace="daily_reports",
    name="template",
    model=Template,
    title=_("Report templates"),
    singular=_("report template"),
    icon="adjustments-horizontal",
    hint=_("Begin with a day in the field: it fills itself in from the visits."),
    rows=queries.templates_visible_to,
    prepare=lambda rows: rows.prefetch_related("versions"),
    permissions=Permissions(view=VIEW_TEMPLATES, add=DESIGN, edit=DESIGN),
    columns=(NAME, CYCLE, DUE, VERSION, IN_USE),
    order="sequence",
    search=("name",),
    filters=(filters.yes_no("is_active", _("In use"), Q(is_active=True)),),
    sections=(Section(_("Template"), (NAME, CYCLE, DUE, VERSION, IN_USE)),),
    create=FormPage(NewTemplateForm, designing.create_template),
    edit=FormPage(TemplateForm, designing.edit_template, initial_of),
)

timeline.name_acts(
    {
        "daily_reports.create_template": _("Template of reports created"),
        "daily_reports.edit_template": _("Template of reports changed"),
        "daily_reports.save_draft": _("Draft of a template saved"),
        "daily_reports.export": _("Figures exported"),
        "daily_reports.send": _("Report sent"),
        "daily_reports.revise": _("Report changed"),
        "daily_reports.withdraw": _("Report withdrawn"),
        "daily_reports.read": _("Report read"),
        "daily_reports.comment": _("Commented"),
        "daily_reports.take_back": _("Comment taken back"),
        "daily_reports.remind": _("Reminded"),
    }
)
timeline.name_kinds(
    {
        "daily_reports.template": _("Template of reports"),
        "daily_reports.templateversion": _("Version of a template of reports"),
        "daily_reports.target": _("Who reports"),
        "daily_reports.report": _("Daily report"),
        "daily_reports.edition": _("Earlier edition of a report"),
        "daily_reports.reportfile": _("Photo in a report"),
        "daily_reports.obligation": _("Owed report"),
        "daily_reports.nudge": _("Reminder of a report"),
        "daily_reports.receipt": _("Receiver of a report"),
        "daily_reports.comment": _("Comment"),
        "daily_reports.mention": _("Mention in a comment"),
    }
)
timeline.name_facts(
    {
        "reminded": _("Reminded"),
        "mentions": _("Mentioned"),
        "read": _("Read edition"),
        "report": _("Daily report"),
        "taken_back": _("Comment taken back"),
    }
)
