from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LifecycleConfig(AppConfig):
    name = "qince.core.lifecycle"
    verbose_name = _("Organization life cycle")

    def ready(self) -> None:
        from qince.core.lifecycle import banners, letters  # noqa: F401  (registering them is their import)
