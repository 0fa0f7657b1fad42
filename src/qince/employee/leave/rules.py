"""Permissions of leave."""

from django.utils.translation import gettext_lazy as _

from qince.core.access.registry import AUDITOR, MANAGER, REP, permission

APPLY = permission("leave.apply", _("Ask for leave"), default_roles=(REP, MANAGER))
VIEW = permission("leave.view", _("See leave and balances"), default_roles=(REP, MANAGER, AUDITOR))
EXPORT = permission("leave.export", _("Export leave and balances"), default_roles=(MANAGER,))
EDIT_TYPES = permission("leave.edit_types", _("Set types of leave"))
ADJUST = permission("leave.adjust", _("Adjust and import balances of leave"))
PAPERS = permission("leave.papers", _("See reasons about health and papers of leave"))

# Kinds of requests, as approvals know them.
REQUEST, CANCELLATION = "leave.request", "leave.cancellation"
