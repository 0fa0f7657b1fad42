"""Where attendance is found."""

from django.utils.translation import gettext_lazy as _

from qince.employee.attendance import rules
from qince.kit import navigation

navigation.group("employee", _("Employees"), order=40)
navigation.entry("attendance", _("Attendance"), icon="clock-check", url="attendance:day_sheet",
                 permission=rules.VIEW, group="employee", order=10, key="a")  # fmt: skip
