from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "qince.core.audit"

    def ready(self) -> None:
        from qince.core.audit import actions, timeline  # noqa: F401  (the recorder registers itself)
        from qince.kit.resource import timeline as pages

        pages.provide(timeline.moments)
