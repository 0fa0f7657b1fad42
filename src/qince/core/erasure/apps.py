from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ErasureConfig(AppConfig):
    name = "qince.core.erasure"
    verbose_name = _("Erasure and retention")

    def ready(self) -> None:
        from qince.core.erasure import doors, words  # noqa: F401  (their import is what they do)
