"""What daily reports keep of people: a report on the day's work, who read it and what was said about it."""

from django.utils.translation import gettext_lazy as _

from qince.core.privacy.functions import Family
from qince.core.privacy.registry import Kind, NotPersonal, Personal, declare, function

function(
    "daily_reports.report",
    _("Daily reports"),
    family=Family.EMPLOYEE,
    purposes=("basic",),
    scope=_("What you write about your day, week or month, its photos, when you sent it, and comments on it."),
    why=_("To tell your leaders what was done, and to show you and them who still owes a report."),
    method=_(
        "Filled in beforehand from your own visits, forms and other acts, then changed and sent by you; seen by you, "
        "those it goes to, your managers and auditors."
    ),
    if_refused=_("You tell your leaders in another way; the rest of the product works."),
)  # fmt: skip

# What a field of a template may be for: a report holds nothing that needs more than the basic consent.
PURPOSES = ("basic",)

_KEY = NotPersonal("technical key")
_RULES = NotPersonal("about the organization's rules")
_TEXT, _OWED = _("Your daily reports"), _("Which reports you owe, and when you sent them")


def _report(path: str, on_erase: str, source: str = "person") -> Personal:
    return Personal(
        _TEXT,
        Kind.ADDITIONAL,
        ("basic",),
        path,
        source=source,
        on_erase=on_erase,
        clauses=("C2.1.2-07", "C2.3.3-01"),
    )


def _owed(path: str, on_erase: str) -> Personal:
    return Personal(
        _OWED,
        Kind.BASIC,
        ("basic",),
        path,
        source="use",
        on_erase=on_erase,
        clauses=("C2.1.2-07",),
    )


def _reader(path: str, on_erase: str) -> Personal:
    return Personal(
        _("Which reports you received, read and commented on"), Kind.BASIC, ("basic",), path, source="use",
        on_erase=on_erase, clauses=("C2.1.2-07", "C2.3.3-02"),
    )  # fmt: skip


declare("daily_reports.Template", "id organization name sequence is_active latest draft revision", _RULES)
declare(
    "daily_reports.TemplateVersion",
    "id organization template number effective_from rule definition autofill is_for_everybody levels to_head "
    "created_at",
    _RULES,
)
declare(
    "daily_reports.TemplateVersion",
    "created_by",
    Personal(
        _("Who set up a template"),
        Kind.BASIC,
        ("basic",),
        "created_by",
        source="use",
        on_erase="pseudonym",
        clauses=("C2.1.2-07",),
    ),
)
declare("daily_reports.Target", "id organization version role department position", _RULES)
declare(
    "daily_reports.Target",
    "employee",
    Personal(
        _("Which reports you are asked for, or receive"),
        Kind.BASIC,
        ("basic",),
        "employee",
        source="organization",
        clauses=("C2.1.2-07",),
    ),
)

# That somebody reported stays in the figures; who it was and what they wrote does not.
declare("daily_reports.Report", "id organization", _KEY)
declare("daily_reports.Report", "employee", _report("employee", "pseudonym"))
declare("daily_reports.Report", "answers", _report("employee", "null"))
declare("daily_reports.Report", "autofill marks", _report("employee", "null", "use"))
declare(
    "daily_reports.Report", "sent_at received_at edition edited_at filled_until", _owed("employee", "keep")
)
declare(
    "daily_reports.Report",
    "template by_version period_on ends_on facts",
    NotPersonal("answers declared to be about nobody"),
)
declare("daily_reports.Edition", "id organization", _KEY)
declare(
    "daily_reports.Edition",
    "report number facts answers marks written_at replaced_at",
    _report("report.employee", "delete"),
)
declare("daily_reports.ReportFile", "id organization", _KEY)
declare("daily_reports.ReportFile", "report field_id sha256 blob", _report("report.employee", "delete"))

declare("daily_reports.Obligation", "id organization", _KEY)
declare("daily_reports.Obligation", "employee", _owed("employee", "pseudonym"))
declare("daily_reports.Obligation", "facts", _owed("employee", "null"))
declare("daily_reports.Obligation", "department report reason sent_at", _owed("employee", "keep"))
declare(
    "daily_reports.Obligation",
    "template by_version period_on ends_on due_at late_until",
    NotPersonal("about the period"),
)
declare("daily_reports.Nudge", "id organization", _KEY)
declare("daily_reports.Nudge", "template period_on employee kind at", _owed("employee", "delete"))

declare("daily_reports.Receipt", "id organization report", _KEY)
declare("daily_reports.Receipt", "employee", _reader("employee", "pseudonym"))
declare("daily_reports.Receipt", "why level read_at read_edition", _reader("employee", "keep"))
declare("daily_reports.Comment", "id organization report", _KEY)
declare("daily_reports.Comment", "author", _reader("author", "pseudonym"))
declare("daily_reports.Comment", "text", _report("author", "null"))
declare("daily_reports.Comment", "at taken_back_at", _reader("author", "keep"))
declare("daily_reports.Mention", "id organization comment", _KEY)
declare("daily_reports.Mention", "employee", _reader("employee", "delete"))
