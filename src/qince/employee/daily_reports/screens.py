"""Daily reports on screen."""

from django.utils.translation import gettext_lazy as _

from qince.kit.resource import timeline

timeline.name_acts(
    {
        "daily_reports.create_template": _("Template of reports created"),
        "daily_reports.edit_template": _("Template of reports changed"),
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
