"""Where the trail is found."""

from django.utils.translation import gettext_lazy as _

from qince.core.audit.rules import VIEW
from qince.kit import navigation

navigation.group("settings", _("Administration"), order=90)
navigation.entry(
    "audit",
    _("Audit trail"),
    icon="shield-check",
    url="audit:entry_list",
    permission=VIEW,
    group="settings",
    order=80,
    key="l",
)
navigation.command("audit.verify", _("Verify the audit trail"), icon="shield-lock", url="audit:verification",
                   permission=VIEW, words="verify chain hash 校验 审计")  # fmt: skip
