"""Permissions about incidents: the privacy officer's work."""

from django.utils.translation import gettext_lazy as _

from qince.core.access.registry import AUDITOR, PRIVACY_OFFICER, permission

VIEW = permission("incidents.view", _("See incidents"), default_roles=(PRIVACY_OFFICER, AUDITOR))
HANDLE = permission("incidents.handle", _("Handle incidents"), default_roles=(PRIVACY_OFFICER,))
EXPORT = permission("incidents.export", _("Export incidents"), default_roles=(PRIVACY_OFFICER,))
