"""Where the privacy officer finds erasures and retention, and everybody the copies of their own data."""

from django.utils.translation import gettext_lazy as _

from qince.core.erasure.rules import VIEW
from qince.kit import navigation

navigation.entry(
    "erasure.erasures", _("Erasures"), icon="trash", url="erasure:erasures", permission=VIEW,
    group="privacy", order=40,
)  # fmt: skip
navigation.entry(
    "erasure.retention", _("Retention"), icon="clock", url="erasure:retention", permission=VIEW,
    group="privacy", order=41,
)  # fmt: skip
navigation.entry(
    "erasure.copies",
    _("Copies of my data"),
    icon="copy",
    url="erasure:copies",
    place=navigation.USER,
    order=62,
)
