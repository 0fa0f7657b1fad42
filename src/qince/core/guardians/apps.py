from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GuardiansConfig(AppConfig):
    name = "qince.core.guardians"
    verbose_name = _("Minors and guardians")
