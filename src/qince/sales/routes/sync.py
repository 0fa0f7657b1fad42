"""The planned visits a phone holds: from yesterday to six days ahead."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from qince.engines.sync.registry import collection
from qince.kit.actor import Actor
from qince.sales.routes.models import PlannedVisit


def _own(actor: Actor, now: datetime) -> Any:
    today = now.date()
    return PlannedVisit.objects.filter(
        employee=actor.employee_id, on__range=(today - timedelta(days=1), today + timedelta(days=6))
    ).exclude(status=PlannedVisit.Status.CANCELLED)


def _versions(actor: Actor, now: datetime) -> dict[str, Any]:
    rows = _own(actor, now).values_list("pk", "status", "sequence")
    return {str(key): f"{status}{sequence}" for key, status, sequence in rows}


def _load(actor: Actor, keys: list[str], now: datetime) -> Iterable[dict[str, Any]]:
    return _own(actor, now).filter(pk__in=keys).values("id", "on", "customer_id", "sequence", "status")


collection("planned_visits", versions=_versions, load=_load)
