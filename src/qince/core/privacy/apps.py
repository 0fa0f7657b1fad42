from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "qince.core.privacy"

    def ready(self) -> None:
        from qince.core.privacy import checks, doors, limitation  # noqa: F401  (registering them is their import)
        from qince.kit.grants import append_only

        append_only("privacy.ConsentEntry")
