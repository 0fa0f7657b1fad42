from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    name = "qince.core.audit"
    verbose_name = _("Audit trail")

    def ready(self) -> None:
        from qince.core.audit import actions, timeline  # noqa: F401  (the recorder registers itself)
        from qince.kit.grants import append_only
        from qince.kit.resource import timeline as pages

        append_only("audit.Entry", updatable=("sequence", "link"))
        pages.provide(timeline.moments)
