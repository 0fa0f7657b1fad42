"""Permissions of products."""

from django.utils.translation import gettext_lazy as _

from qince.core.access.registry import AUDITOR, MANAGER, REP, permission

VIEW = permission("products.view", _("See products"), default_roles=(REP, MANAGER, AUDITOR))
EDIT = permission("products.edit", _("Create and change products"))
IMPORT = permission("products.import", _("Import products"))
EXPORT = permission("products.export", _("Export products"), default_roles=(MANAGER,))
