from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LettersConfig(AppConfig):
    name = "qince.core.letters"
    verbose_name = _("Letters to people")

    def ready(self) -> None:
        from qince.core.letters import mail, texting  # noqa: F401  (registering the channels is their import)
