from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProfileConfig(AppConfig):
    name = "qince.core.profile"
    verbose_name = _("My personal information")
