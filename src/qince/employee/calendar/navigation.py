"""Where the calendar is found."""

from django.utils.translation import gettext_lazy as _

from qince.employee.calendar import rules
from qince.kit import navigation

navigation.group("calendar", _("Calendar"), order=24)
navigation.entry("calendar_agenda", _("My agenda"), icon="calendar", url="calendar:agenda",
                 permission=rules.USE, group="calendar", order=10)  # fmt: skip
navigation.command("calendar.new", _("New event"), icon="plus", url="calendar:new", permission=rules.USE)
navigation.command(
    "calendar.import",
    _("Take events over from a file"),
    icon="upload",
    url="calendar:import",
    permission=rules.USE,
)
navigation.command(
    "calendar.settings",
    _("Calendar settings"),
    icon="calendar",
    url="calendar:settings",
    permission=rules.USE,
)
