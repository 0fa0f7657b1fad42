"""What people are told about daily reports."""

from django.utils.translation import gettext_lazy as _

from qince.core.letters import registry as letters

letters.group("daily_reports", _("Daily reports"))
DUE = letters.kind(
    "daily_reports.due",
    title=_("%(template)s is due soon"),
    body=_("“%(template)s” for %(period)s is due by %(due)s, and is not there yet."),
    short=_("A report is due soon."),
)
NUDGED = letters.kind(
    "daily_reports.nudged",
    title=_("%(name)s asks for your report"),
    body=_("“%(template)s” for %(period)s is not there yet. It was due by %(due)s."),
    short=_("You are asked for a report."),
)
MISSING = letters.kind(
    "daily_reports.missing",
    title=_("%(template)s %(period)s: %(count)s missing"),
    body=_("Of %(owed)s who owed it, %(sent)s have reported. Missing: %(names)s"),
    short=_("Reports are missing."),
)
COMMENTED = letters.kind(
    "daily_reports.commented",
    title=_("%(name)s commented on your report"),
    body=_("About “%(template)s” for %(period)s."),
    short=_("There is a comment on your report."),
)
MENTIONED = letters.kind(
    "daily_reports.mentioned",
    title=_("%(name)s mentioned you"),
    body=_("In a comment on “%(template)s” of %(author)s for %(period)s."),
    short=_("You are mentioned in a comment."),
)
OWES = letters.reason("daily_reports.owes", _("You report by “%(template)s”."))
RECEIVES = letters.reason("daily_reports.receives", _("You receive the reports of “%(template)s”."))
ASKED = letters.reason("daily_reports.asked", _("Somebody who may remind you asked for it."))
SPOKEN_TO = letters.reason(
    "daily_reports.spoken_to", _("The comment is about your report, or speaks to you.")
)
