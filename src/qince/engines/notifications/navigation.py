"""Where one's own notification settings are found."""

from django.utils.translation import gettext_lazy as _

from qince.kit import navigation

navigation.entry(
    "notifications",
    _("Notifications"),
    icon="bell",
    url="notifications:mine",
    place=navigation.USER,
    order=40,
)
navigation.command(
    "notifications.mine",
    _("Notification settings"),
    icon="bell",
    url="notifications:mine",
    words="push quiet hours 通知 推送 免打扰",
)
