"""What a phone may send and fetch of visits."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from qince.engines.sync.registry import Context, Item, Outcome, collection, operation
from qince.kit.actor import Actor
from qince.sales.visits import actions
from qince.sales.visits.models import Visit, VisitTemplate
from qince.sales.visits.payloads import CheckIn, CheckOut, RecordStep

HISTORY = timedelta(days=14)


@operation("visits.check_in", CheckIn)
def check_in(actor: Actor, items: list[Item[CheckIn]], context: Context) -> list[Outcome]:
    return actions.check_in(actor, items=items, context=context)


@operation("visits.record_step", RecordStep)
def record_step(actor: Actor, items: list[Item[RecordStep]], context: Context) -> list[Outcome]:
    return actions.record_steps(actor, items=items, context=context)


@operation("visits.check_out", CheckOut)
def check_out(actor: Actor, items: list[Item[CheckOut]], context: Context) -> list[Outcome]:
    return actions.check_out(actor, items=items, context=context)


def _template_versions(actor: Actor, now: datetime) -> dict[str, Any]:
    rows = VisitTemplate.objects.filter(is_active=True).values_list("pk", "version")
    return {str(key): version for key, version in rows}


def _templates(actor: Actor, keys: list[str], now: datetime) -> Iterable[dict[str, Any]]:
    return VisitTemplate.objects.filter(pk__in=keys).values("id", "name", "steps")


def _own(actor: Actor, now: datetime) -> Any:
    return Visit.objects.filter(employee=actor.employee_id, on__gte=(now - HISTORY).date())


def _visit_versions(actor: Actor, now: datetime) -> dict[str, Any]:
    return {str(key): version for key, version in _own(actor, now).values_list("pk", "version")}


def _visits(actor: Actor, keys: list[str], now: datetime) -> Iterable[dict[str, Any]]:
    for row in _own(actor, now).filter(pk__in=keys).select_related("customer"):
        yield {
            "id": row.pk,
            "customer_id": row.customer_id,
            "customer_name": row.customer.name,
            "planned_visit_id": row.planned_visit_id,
            "state": row.state,
            "checked_in_at": row.checked_in_at,
            "checked_out_at": row.checked_out_at,
            "verdict_in": row.verdict,
            "distance_in_m": row.distance_m,
            "photo_count": row.photo_count,
            "summary": row.summary,
            "flags": row.flags,
        }


collection("visit_templates", versions=_template_versions, load=_templates)
collection("visits", versions=_visit_versions, load=_visits)
