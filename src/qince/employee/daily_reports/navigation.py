"""Where daily reports are found."""

from django.utils.translation import gettext_lazy as _

from qince.core.files import viewers
from qince.employee.daily_reports import queries, rules
from qince.kit import navigation

navigation.group("daily_reports", _("Daily reports"), order=28)
navigation.entry("report_inbox", _("Reports received"), icon="mail", url="daily_reports:inbox", permission=rules.VIEW,
                 group="daily_reports", order=10, badge=queries.unread_count)  # fmt: skip
navigation.entry("report_owed", _("Who has reported"), icon="checklist", url="daily_reports:obligation_list",
                 permission=rules.VIEW, group="daily_reports", order=20)  # fmt: skip
navigation.entry("report_figures", _("Report figures"), icon="chart-bar", url="daily_reports:statistics",
                 permission=rules.VIEW, group="daily_reports", order=30)  # fmt: skip
navigation.entry("report_list", _("All reports"), icon="notes", url="daily_reports:report_list", permission=rules.VIEW,
                 group="daily_reports", order=40)  # fmt: skip
navigation.entry("report_mine", _("My reports"), icon="user", url="daily_reports:mine", permission=rules.WRITE,
                 group="daily_reports", order=50)  # fmt: skip
navigation.entry("report_templates", _("Report templates"), icon="adjustments-horizontal",
                 url="daily_reports:template_list", permission=rules.VIEW_TEMPLATES, group="daily_reports",
                 order=60)  # fmt: skip

viewers.provide(queries.shows_file)
