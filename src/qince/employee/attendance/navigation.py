"""Where attendance is found."""

from django.utils.translation import gettext_lazy as _

from qince.employee.attendance import rules
from qince.kit import navigation

navigation.group("attendance", _("Attendance"), order=25)
navigation.entry("work_places", _("Work places"), icon="map-pin", url="attendance:place_list",
                 permission=rules.EDIT_PLACES, group="attendance", order=40)  # fmt: skip
