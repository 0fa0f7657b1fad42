"""Permissions of routes and visit plans."""

from django.utils.translation import gettext_lazy as _

from qince.core.access.registry import AUDITOR, MANAGER, REP, permission

VIEW = permission("routes.view", _("See routes and plans"), default_roles=(REP, MANAGER, AUDITOR))
PLAN = permission("routes.plan", _("Set routes and plan visits"), default_roles=(MANAGER,))
