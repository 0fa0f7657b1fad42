"""Where certification is found: a tab of the organization's pages, and a command."""

from django.utils.translation import gettext_lazy as _

from qince.core.certification import words
from qince.core.certification.rules import MANAGE
from qince.kit import navigation

navigation.command(
    "certification",
    _("Certification of the organization"),
    icon="circle-check",
    url="certification:certification",
    permission=MANAGE,
    words="certification licence 认证 营业执照",
)

__all__ = ["words"]
