from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "qince.core.access"

    def ready(self) -> None:
        from qince.core.access import rules  # noqa: F401  (declares its permissions)
