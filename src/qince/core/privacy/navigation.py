"""What everybody signed in finds in the user menu."""

from django.utils.translation import gettext_lazy as _

from qince.kit import navigation

navigation.entry(
    "privacy.mine", _("My privacy"), icon="shield-lock", url="privacy:mine", place=navigation.USER, order=60
)
navigation.entry(
    "privacy.notice",
    _("Privacy notice"),
    icon="file-text",
    url="privacy:notice",
    place=navigation.USER,
    order=61,
)
