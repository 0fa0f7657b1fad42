from django.utils.translation import gettext_lazy as _

from qince.core.access.registry import AUDITOR, permission

VIEW = permission("audit.view", _("Read and verify the audit trail"), default_roles=(AUDITOR,))
