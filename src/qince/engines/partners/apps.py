from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PartnersConfig(AppConfig):
    name = "qince.engines.partners"
    verbose_name = _("Recipients and partners")
