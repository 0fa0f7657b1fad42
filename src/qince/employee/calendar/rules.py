"""Permissions of the calendar."""

from django.utils.translation import gettext_lazy as _

from qince.core.access.registry import MANAGER, REP, permission

# One's own agenda, and when colleagues are busy.
USE = permission(
    "calendar.use", _("Keep an agenda and see when colleagues are busy"), default_roles=(REP, MANAGER)
)
# What stands in the public events of others, within one's reach; what is private or busy-only stays closed.
VIEW = permission("calendar.view", _("See public events of others"), default_roles=(MANAGER,))
