"""Permissions of customers."""

from django.utils.translation import gettext_lazy as _

from qince.core.access.registry import AUDITOR, MANAGER, REP, maskable, permission

VIEW = permission("customers.view", _("See customers"), default_roles=(REP, MANAGER, AUDITOR))
EDIT = permission("customers.edit", _("Create and change customers"), default_roles=(MANAGER,))
IMPORT = permission("customers.import", _("Import customers"))
EXPORT = permission("customers.export", _("Export customers"), default_roles=(MANAGER,))
ASSIGN = permission("customers.assign", _("Assign customers to reps"), default_roles=(MANAGER,))

MASK_PHONE = maskable("customers.customer.contact_phone", _("Customers' contact phone numbers"))
