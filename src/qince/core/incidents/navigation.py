"""Where incidents stand in the menu."""

from django.utils.translation import gettext_lazy as _

from qince.core.incidents.queries import waiting
from qince.core.incidents.rules import VIEW
from qince.kit import navigation

navigation.group("settings", _("Administration"), order=90)
navigation.entry(
    "incidents",
    _("Incidents"),
    icon="alert-triangle",
    url="incidents:incident_list",
    permission=VIEW,
    group="settings",
    order=70,
    badge=waiting,
)
