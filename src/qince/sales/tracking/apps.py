from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TrackingConfig(AppConfig):
    name = "qince.sales.tracking"
    verbose_name = _("Location tracking")
