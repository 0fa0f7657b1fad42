from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    name = "qince.core.audit"
    verbose_name = _("Audit trail")

    def ready(self) -> None:
        from qince.core.audit import actions, timeline  # noqa: F401  (the recorder registers itself)
        from qince.kit.grants import append_only
        from qince.kit.resource import timeline as pages

        # Put on later: the seal; and, with a voucher the chain's check demands, what erasing leaves of the words.
        words = ("actor_name", "target_name", "changes", "salt", "erased")
        append_only("audit.Entry", updatable=("sequence", "link", *words))
        append_only("audit.Head")
        pages.provide(timeline.moments)
