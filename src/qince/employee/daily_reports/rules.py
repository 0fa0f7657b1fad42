"""Permissions of daily reports."""

from django.utils.translation import gettext_lazy as _

from qince.core.access.registry import AUDITOR, MANAGER, REP, permission

WRITE = permission("daily_reports.write", _("Write daily reports"), default_roles=(REP, MANAGER))
VIEW = permission(
    "daily_reports.view", _("See daily reports and who sent them"), default_roles=(REP, MANAGER, AUDITOR)
)
REMIND = permission("daily_reports.remind", _("Remind who has not reported"), default_roles=(MANAGER,))
EXPORT = permission("daily_reports.export", _("Export daily reports and figures"), default_roles=(MANAGER,))
DESIGN = permission("daily_reports.design", _("Set up templates of daily reports"))
# Their pages name people, who reports and who receives: not for everybody who writes or reads reports.
VIEW_TEMPLATES = permission(
    "daily_reports.view_templates", _("See report templates"), default_roles=(AUDITOR,)
)
