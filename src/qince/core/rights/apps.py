from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RightsConfig(AppConfig):
    name = "qince.core.rights"
    verbose_name = _("Privacy requests")
