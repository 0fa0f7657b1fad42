"""What the writes of visits share: the gate, the evidence, the visits that operations name."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar
from uuid import UUID

import msgspec
from django.utils.translation import gettext as _

from qince.engines.evidence.envelope import Evidence
from qince.engines.evidence.judge import Fence, judge
from qince.engines.evidence.place import require_device, require_place
from qince.engines.sync.registry import Context, Item, Outcome
from qince.kit import bulk
from qince.kit.actor import Actor
from qince.kit.errors import NotFound, Refusal
from qince.masterdata.customers.models import Customer
from qince.sales.visits.models import CheckEvent, Visit
from qince.sales.visits.payloads import PhotoTaken

P = TypeVar("P", bound=msgspec.Struct)
# Functions of the register, as the gate knows them.
CHECK_IN, PHOTO = "visits.check_in", "visits.photo"


def each(items: Sequence[Item[P]], do: Callable[[Item[P]], dict[str, Any]]) -> list[Outcome]:
    outcomes: list[Outcome] = []
    for item in items:
        try:
            outcomes.append(do(item))
        except Refusal as refusal:
            outcomes.append(refusal)
    return outcomes


def require_visit_place(evidence: Evidence, context: Context, function: str) -> None:
    use = context.settings.location_visits
    require_place(evidence, context.standing, use=use, function=function, delivery=context.delivery)


def require_photo(photo: PhotoTaken, context: Context) -> None:
    """The camera was allowed for photos of visits when this one was taken; its place is a question of its own."""
    require_device("camera", photo.evidence, context.standing, delivery=context.delivery, use="visit_photo")
    require_visit_place(photo.evidence, context, PHOTO)


def check_event(kind: str, customer: Customer, item: Item[Any], context: Context) -> CheckEvent:
    """The evidence, whose visit is still to be named."""
    fence = Fence(customer.lat, customer.lng, customer.radius_m, **context.fence)
    columns = judge(
        item.payload.evidence,
        fence,
        sent=context.sent,
        received_at=context.received_at,
        operation_hash=item.hash,
    )
    return bulk.row(CheckEvent, kind=kind, **columns)


def own_visits(actor: Actor, items: Sequence[Item[Any]]) -> dict[UUID, Visit]:
    """The actor's own visits that the items name, locked in one order: two phones of one person do not interleave."""
    keys = {item.payload.visit_id for item in items}
    rows = Visit.objects.filter(pk__in=keys, employee=actor.employee_id).select_related("customer")
    return {row.pk: row for row in rows.order_by("pk").select_for_update(of=("self",))}


def visit_of(visits: dict[UUID, Visit], key: UUID) -> Visit:
    if key not in visits:
        raise NotFound(_("This visit is not known here. Send its check-in first."))
    return visits[key]
