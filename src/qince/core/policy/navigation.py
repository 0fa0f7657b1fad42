"""Where the registers of data protection are found."""

from django.utils.translation import gettext_lazy as _

from qince.core.policy.rules import VIEW
from qince.kit import navigation

navigation.group("privacy", _("Data protection"), order=85)
navigation.entry(
    "policy.releases", _("Policy and releases"), icon="file-text", url="policy:officer_releases",
    permission=VIEW, group="privacy", order=60,
)  # fmt: skip
navigation.entry(
    "policy.processing", _("Record of processing"), icon="database", url="policy:processing",
    permission=VIEW, group="privacy", order=62,
)  # fmt: skip
navigation.entry(
    "policy.assessments", _("Impact assessments"), icon="report-analytics", url="policy:assessment_list",
    permission=VIEW, group="privacy", order=64,
)  # fmt: skip
navigation.entry(
    "policy.controls", _("Control map"), icon="shield-check", url="policy:controls",
    permission=VIEW, group="privacy", order=66,
)  # fmt: skip
