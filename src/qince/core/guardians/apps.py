from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GuardiansConfig(AppConfig):
    name = "qince.core.guardians"
    verbose_name = _("Minors and guardians")

    def ready(self) -> None:
        from qince.core.guardians import letters, words  # noqa: F401  (declaring them is their import)
        from qince.kit.grants import append_only

        append_only("guardians.GuardianConsent", expired_by="guardians_expire_consents")
