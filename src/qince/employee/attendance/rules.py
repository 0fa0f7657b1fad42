"""Permissions and rules of attendance."""

from django.utils.translation import gettext_lazy as _

from qince.core.access.registry import AUDITOR, MANAGER, REP, permission

PUNCH = permission("attendance.punch", _("Check in and out for work"), default_roles=(REP, MANAGER))
VIEW = permission("attendance.view", _("See attendance"), default_roles=(REP, MANAGER, AUDITOR))
EXPORT = permission("attendance.export", _("Export attendance"), default_roles=(MANAGER,))
EDIT_PLACES = permission("attendance.edit_places", _("Set work places"))
