from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WatchConfig(AppConfig):
    name = "qince.core.watch"
    verbose_name = _("Logs and watch")
