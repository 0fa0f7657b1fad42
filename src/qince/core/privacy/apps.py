from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PrivacyConfig(AppConfig):
    name = "qince.core.privacy"
    verbose_name = _("Consents")

    def ready(self) -> None:
        from qince.core.privacy import banners, checks, doors, limitation, services  # noqa: F401  (registering them is their import)
        from qince.kit.grants import append_only, expires_by

        append_only("privacy.ConsentEntry", expired_by="erasure_expire_consents")
        expires_by("privacy.Consent", "erasure_expire_consents")
