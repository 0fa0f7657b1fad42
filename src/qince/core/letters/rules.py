"""Permissions about letters. Reading one's own needs none."""

from django.utils.translation import gettext_lazy as _

from qince.core.access.registry import AUDITOR, permission

EXPORT_LOG = permission("letters.export_log", _("Export the log of sent messages"))
VIEW_LOG = permission("letters.view_log", _("See which messages were sent"), default_roles=(AUDITOR,))
