"""Where minors and guardians are found."""

from django.utils.translation import gettext_lazy as _

from qince.core.guardians.queries import waiting
from qince.core.guardians.rules import MANAGE
from qince.kit import navigation

navigation.entry(
    "guardians",
    _("Minors and guardians"),
    icon="shield-lock",
    url="guardians:minors",
    permission=MANAGE,
    group="settings",
    order=60,
    badge=waiting,
)
