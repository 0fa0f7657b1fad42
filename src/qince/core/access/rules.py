"""Permissions about permissions."""

from django.utils.translation import gettext_lazy as _

from qince.core.access.registry import AUDITOR, permission

VIEW_ROLES = permission("access.view", _("See roles and grants"), default_roles=(AUDITOR,))
GRANT = permission("access.grant", _("Grant and withdraw roles"))
EDIT_ROLES = permission("access.edit_roles", _("Create and change roles"))
