"""Permissions of forms."""

from django.utils.translation import gettext_lazy as _

from qince.core.access.registry import AUDITOR, MANAGER, REP, permission

FILL = permission("forms.fill", _("Fill in forms"), default_roles=(REP, MANAGER))
VIEW = permission("forms.view", _("See what was filled in"), default_roles=(REP, MANAGER, AUDITOR))
DESIGN = permission("forms.design", _("Design and publish forms"))
ASSIGN = permission("forms.assign", _("Say who fills in which form, and until when"))
REVIEW = permission("forms.review", _("Accept or return what was filled in"), default_roles=(MANAGER,))
EDIT = permission("forms.edit", _("Change what others filled in"))
DELETE = permission("forms.delete", _("Delete what was filled in"))
EXPORT = permission("forms.export", _("Export what was filled in"), default_roles=(MANAGER,))
TOKENS = permission("forms.tokens", _("Give keys to other apps that fill in forms"))
