"""Permissions of approvals. Deciding needs none: whoever a flow asks may answer."""

from django.utils.translation import gettext_lazy as _

from qince.core.access.registry import AUDITOR, MANAGER, PRIVACY_OFFICER, REP, permission

USE = permission(
    "approvals.use",
    _("Follow own requests and decide on those of others"),
    default_roles=(REP, MANAGER, AUDITOR, PRIVACY_OFFICER),
)
VIEW = permission(
    "approvals.view", _("See requests and how they were decided"), default_roles=(MANAGER, AUDITOR)
)
EXPORT = permission("approvals.export", _("Export requests"), default_roles=(MANAGER,))
DESIGN = permission("approvals.design", _("Draw approval flows"))
