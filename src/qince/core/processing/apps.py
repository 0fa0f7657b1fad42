from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProcessingConfig(AppConfig):
    name = "qince.core.processing"
    verbose_name = _("Processing on the organization's behalf")
