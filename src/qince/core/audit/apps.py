from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "qince.core.audit"

    def ready(self) -> None:
        from qince.core.audit import actions  # noqa: F401  (the recorder registers itself)
