"""Where roles stand in the console."""

from django.utils.translation import gettext_lazy as _

from qince.core.access.rules import GRANT, VIEW_ROLES
from qince.kit import navigation
from qince.kit.resource import timeline

navigation.entry(
    "roles",
    _("Roles"),
    icon="shield-check",
    url="access:roles_list",
    permission=VIEW_ROLES,
    group="organization",
    order=30,
)
navigation.command(
    "access.leaders",
    _("Make leaders managers"),
    icon="users",
    url="access:leaders",
    permission=GRANT,
    words="manager role leaders 主管 角色 授予",
)
navigation.command(
    "access.trace",
    _("Why can they see this?"),
    icon="eye",
    url="access:trace",
    permission=VIEW_ROLES,
)

timeline.name_facts({"role": _("Role"), "reach": _("Reach")})
timeline.name_acts(
    {
        "access.grant_role": _("Role granted"),
        "access.grant_manager_roles": _("Role granted"),
        "access.revoke_grant": _("Role withdrawn"),
        "access.create_role": _("Made"),
        "access.edit_role": _("Changed"),
    }
)
