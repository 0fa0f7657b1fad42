"""Where the logs are found."""

from django.utils.translation import gettext_lazy as _

from qince.core.watch.rules import KEEP_TRAINING, VIEW_ACCESS, VIEW_ALERTS, VIEW_READS, VIEW_STAFF
from qince.kit import navigation

navigation.group("settings", _("Administration"), order=90)
navigation.entry("watch_alerts", _("Alerts"), icon="alert-triangle", url="watch:alerts_list",
                 permission=VIEW_ALERTS, group="settings", order=76)  # fmt: skip
navigation.entry("watch_reads", _("Who looked at what"), icon="eye", url="watch:reads_list",
                 permission=VIEW_READS, group="settings", order=78)  # fmt: skip
navigation.entry("watch_access", _("Access log"), icon="history", url="watch:access_list",
                 permission=VIEW_ACCESS, group="settings", order=82)  # fmt: skip
navigation.entry("watch_staff", _("Operator's access"), icon="user-shield", url="watch:staff_list",
                 permission=VIEW_STAFF, group="settings", order=84)  # fmt: skip
navigation.entry("watch_trainings", _("Trainings"), icon="checklist", url="watch:trainings_list",
                 permission=KEEP_TRAINING, group="settings", order=86)  # fmt: skip
