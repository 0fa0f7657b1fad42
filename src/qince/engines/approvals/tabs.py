"""The tab by which a record of a feature shows how its request was decided."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from qince.engines.approvals import presenting, queries
from qince.kit import clock
from qince.kit.actor import Actor
from qince.kit.resource import Tab


def approval_tab(*subjects: str) -> Tab:
    """For a resource whose rows are handed in as these subjects: their requests' ways, the latest first."""

    def context(actor: Actor, row: Any) -> dict[str, Any]:
        return {"ways": ways_of(actor, row.pk, subjects)}

    return Tab("approval", _("Approval"), "approvals/_tab.html", context, icon="file-check")


def ways_of(actor: Actor, target_id: UUID, subjects: Sequence[str]) -> list[dict[str, Any]]:
    """How the requests about a record went, the latest first; for `approvals/_tab.html`."""
    rows = queries.instances_visible_to(actor).filter(subject__in=subjects, target_id=target_id)
    return [_way(actor, each) for each in rows.order_by("-submitted_at")]


def _way(actor: Actor, instance: Any) -> dict[str, Any]:
    return {
        "instance": instance,
        "passages": presenting.passages(actor, instance),
        "coming": presenting.still_to_come(actor, instance, clock.now()),
    }
