"""Permissions of sharing."""

from django.utils.translation import gettext_lazy as _

from qince.core.access.registry import AUDITOR, permission

VIEW = permission("partners.view", _("See recipients and their registers"), default_roles=(AUDITOR,))
EDIT = permission("partners.edit", _("Enter recipients and switch them on or off"))
# The privacy role: whoever holds it answers for what leaves without consent.
APPROVE = permission("partners.approve", _("Approve disclosures, exceptions and publications"))
LOG = permission("partners.log", _("See and export the disclosure log"), default_roles=(AUDITOR,))
