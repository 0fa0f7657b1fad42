"""Who gives the operator instructions, and who takes the organization's data away.

The permission to export ends in `export`: it stays open when nothing may be written any more.
"""

from django.utils.translation import gettext_lazy as _

from qince.core.access.registry import PRIVACY_OFFICER, permission

VIEW = permission(
    "processing.view", _("See the instructions given to the operator"), default_roles=(PRIVACY_OFFICER,)
)
INSTRUCT = permission("processing.instruct", _("Give the operator an instruction"))
EXPORT = permission("processing.export", _("Export all of the organization's data"))
