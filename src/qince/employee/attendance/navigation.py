"""Where attendance is found."""

from django.utils.translation import gettext_lazy as _

from qince.employee.attendance import rules
from qince.kit import navigation
from qince.kit.resource import timeline

navigation.group("attendance", _("Attendance"), order=25)
navigation.entry(
    "attendance",
    _("Day sheet"),
    icon="clock-check",
    url="attendance:day_sheet",
    permission=rules.VIEW,
    group="attendance",
    order=10,
    key="a",
)
navigation.entry("work_places", _("Work places"), icon="map-pin", url="attendance:place_list",
                 permission=rules.EDIT_PLACES, group="attendance", order=40)  # fmt: skip

timeline.name_acts(
    {"attendance.punch": _("Clocked in or out"), "attendance.export": _("Exported attendance")}
)
