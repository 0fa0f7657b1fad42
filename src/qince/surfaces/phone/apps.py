from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PhoneConfig(AppConfig):
    name = "qince.surfaces.phone"
    verbose_name = _("Phone app")

    def ready(self) -> None:
        from qince.surfaces.phone import modules

        modules.register()
