"""Permissions of the policy."""

from django.utils.translation import gettext_lazy as _

from qince.core.access.registry import AUDITOR, PRIVACY_OFFICER, permission

VIEW = permission(
    "policy.view", _("See the registers of data protection"), default_roles=(PRIVACY_OFFICER, AUDITOR)
)
ASSESS = permission("policy.assess", _("Write impact assessments"), default_roles=(PRIVACY_OFFICER,))
SIGN = permission("policy.sign", _("Sign impact assessments"), default_roles=(PRIVACY_OFFICER,))
