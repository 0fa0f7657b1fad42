from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OpenapiConfig(AppConfig):
    name = "qince.surfaces.openapi"
    verbose_name = _("Interface description")
    label = "openapi"
