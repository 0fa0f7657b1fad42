from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    name = "qince.engines.notifications"
    verbose_name = _("Notifications")

    def ready(self) -> None:
        from qince.core.letters.routing import routed_by
        from qince.engines.notifications import words  # noqa: F401  (naming is its import)
        from qince.engines.notifications.push import channel  # noqa: F401  (registering it is its import)
        from qince.engines.notifications.routing import ByPreference

        routed_by(ByPreference())
