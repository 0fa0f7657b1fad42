"""Where the logs are found."""

from django.utils.translation import gettext_lazy as _

from qince.core.watch.rules import VIEW_ACCESS, VIEW_ALERTS, VIEW_READS
from qince.kit import navigation

navigation.group("settings", _("Administration"), order=90)
navigation.entry("watch_alerts", _("Alerts"), icon="alert-triangle", url="watch:alerts_list",
                 permission=VIEW_ALERTS, group="settings", order=76)  # fmt: skip
navigation.entry("watch_reads", _("Who looked at what"), icon="eye", url="watch:reads_list",
                 permission=VIEW_READS, group="settings", order=78)  # fmt: skip
navigation.entry("watch_access", _("Access log"), icon="history", url="watch:access_list",
                 permission=VIEW_ACCESS, group="settings", order=82)  # fmt: skip
