"""Permissions of the address book."""

from django.utils.translation import gettext_lazy as _

from qince.core.access.registry import AUDITOR, MANAGER, PRIVACY_OFFICER, REP, maskable, permission

VIEW = permission("people.view", _("See employees"), default_roles=(REP, MANAGER, AUDITOR, PRIVACY_OFFICER))
EDIT = permission("people.edit", _("Create and change employees and departments"))
IMPORT = permission("people.import", _("Import the address book"))
EXPORT = permission("people.export", _("Export the address book"))

MASK_MOBILE = maskable("people.employee.mobile", _("Employees' mobile numbers"))
MASK_EMAIL = maskable("people.employee.email", _("Employees' e-mail addresses"))
MASK_NUMBER = maskable("people.employee.number", _("Employees' numbers"))
