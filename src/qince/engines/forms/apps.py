from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FormsConfig(AppConfig):
    name = "qince.engines.forms"
    verbose_name = _("Super forms")
