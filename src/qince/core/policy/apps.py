from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class PolicyConfig(AppConfig):
    name = "qince.core.policy"
    verbose_name = _("Privacy policy")

    def ready(self) -> None:
        from qince.core.policy import checks, doors, queries  # noqa: F401  (registering them is their import)
        from qince.core.privacy import anew, gate, notice
        from qince.kit.grants import append_only

        append_only("policy.Release")
        gate.releases_by(queries.since)
        gate.renewed_by(queries.least_release)
        gate.blocked_by(queries.blocked_subjects)
        anew.told_by(queries.asked_anew)
        notice.released_by(queries.notice_release)
        post_migrate.connect(_release, sender=self)


def _release(plan: Any = (), **kwargs: Any) -> None:
    """Each start migrates: the first release is made then, and those that need nobody's word."""
    from django.db import connection

    from qince.core.policy.models import Assessment, Release
    from qince.core.policy.releasing import release_what_needs_nobody
    from qince.kit import clock

    tables = set(connection.introspection.table_names())
    if {Release._meta.db_table, Assessment._meta.db_table} <= tables:
        release_what_needs_nobody(now=clock.now())
