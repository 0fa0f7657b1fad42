"""Where the address book stands in the console."""

from django.utils.translation import gettext_lazy as _

from qince.core.people.rules import EDIT, IMPORT, VIEW
from qince.kit import navigation
from qince.kit.resource import timeline

navigation.group("organization", _("Organization"), order=80)
navigation.entry(
    "employees",
    _("Employees"),
    icon="users",
    url="people:employees_list",
    permission=VIEW,
    group="organization",
    order=10,
    key="e",
)
navigation.entry(
    "departments",
    _("Departments"),
    icon="sitemap",
    url="people:departments_tree",
    permission=VIEW,
    group="organization",
    order=20,
)
navigation.command(
    "people.new", _("New employee"), icon="user-plus", url="people:employees_new", permission=EDIT
)
navigation.command(
    "people.import",
    _("Import the address book"),
    icon="address-book",
    url="people:employees_import",
    permission=IMPORT,
    words="xlsx csv dingtalk wecom 钉钉 企业微信",
)

timeline.name_facts(
    {
        "departments": _("Departments"),
        "subordinates": _("Subordinates"),
        "successor": _("Successor"),
        "on": _("From"),
        "invited": _("Invitation sent"),
        "lacks": _("Suspended because this is missing"),
    }
)
timeline.name_acts(
    {
        "people.create_employee": _("Entered"),
        "people.edit_employee": _("Changed"),
        "people.move_employee": _("Moved to another department"),
        "people.set_leader": _("Leader changed"),
        "people.invite_employee": _("Invited"),
        "people.suspend_employee": _("Suspended"),
        "people.resume_employee": _("Resumed"),
        "people.leave": _("Left the company"),
        "people.employees.import": _("Imported"),
        "people.create_department": _("Made"),
        "people.edit_department": _("Changed"),
        "people.move_department": _("Moved"),
    }
)
