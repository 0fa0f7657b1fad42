"""The tab by which a record of a feature shows how its request was decided."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from qince.engines.approvals import presenting, queries
from qince.kit import clock
from qince.kit.actor import Actor
from qince.kit.resource import Tab


def approval_tab(*subjects: str) -> Tab:
    """For a resource whose rows are handed in as these subjects: their requests' ways, the latest first."""

    def context(actor: Actor, row: Any) -> dict[str, Any]:
        rows = queries.instances_visible_to(actor).filter(subject__in=subjects, target_id=row.pk)
        return {"ways": [_way(actor, each) for each in rows.order_by("-submitted_at")]}

    return Tab("approval", _("Approval"), "approvals/_tab.html", context, icon="file-check")


def _way(actor: Actor, instance: Any) -> dict[str, Any]:
    return {
        "instance": instance,
        "passages": presenting.passages(actor, instance),
        "coming": presenting.still_to_come(actor, instance, clock.now()),
    }
