"""Who sees the logs, and who decides about alerts. Administering, auditing, privacy: roles apart (C5.2-04)."""

from django.utils.translation import gettext_lazy as _

from qince.core.access.registry import AUDITOR, PRIVACY_OFFICER, permission

WATCHERS = (AUDITOR, PRIVACY_OFFICER)
VIEW_ACCESS = permission("watch.view_access", _("See the access log"), default_roles=(AUDITOR,))
EXPORT_ACCESS = permission("watch.export_access", _("Export the access log"), default_roles=(AUDITOR,))
VIEW_READS = permission(
    "watch.view_reads", _("See who looked at whose sensitive data"), default_roles=WATCHERS
)
VIEW_ALERTS = permission("watch.view_alerts", _("See alerts about accounts"), default_roles=WATCHERS)
DECIDE_ALERTS = permission(
    "watch.decide_alerts", _("Release or confirm alerts about accounts"), default_roles=(PRIVACY_OFFICER,)
)
VIEW_STAFF = permission(
    "watch.view_staff", _("See when the operator's staff had access"), default_roles=WATCHERS
)
KEEP_TRAINING = permission(
    "watch.keep_training", _("Keep the register of trainings"), default_roles=(PRIVACY_OFFICER,)
)
