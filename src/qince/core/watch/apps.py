from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WatchConfig(AppConfig):
    name = "qince.core.watch"
    verbose_name = _("Logs and watch")

    def ready(self) -> None:
        from qince.core.access import middleware
        from qince.core.watch.tickets import without_ticket

        middleware.doors.append(without_ticket)
