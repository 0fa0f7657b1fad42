"""Where leave is found."""

from django.utils.translation import gettext_lazy as _

from qince.employee.leave import rules
from qince.kit import navigation

navigation.group("leave", _("Leave"), order=27)
navigation.entry("leave_requests", _("Leave requests"), icon="calendar-event", url="leave:request_list",
                 permission=rules.VIEW, group="leave", order=10)  # fmt: skip
navigation.entry("leave_team", _("Leave calendar"), icon="calendar", url="leave:team",
                 permission=rules.VIEW, group="leave", order=20)  # fmt: skip
navigation.entry("leave_balances", _("Leave balances"), icon="list", url="leave:balance_list",
                 permission=rules.VIEW, group="leave", order=30)  # fmt: skip
navigation.entry("leave_types", _("Types of leave"), icon="adjustments-horizontal", url="leave:type_list",
                 permission=rules.EDIT_TYPES, group="leave", order=40)  # fmt: skip
navigation.command("leave.law_types", _("Create the law's types of leave"), icon="plus", url="leave:templates",
                   permission=rules.EDIT_TYPES)  # fmt: skip
navigation.command(
    "leave.ask", _("Ask for leave"), icon="plus", url="leave:request_new", permission=rules.APPLY
)
