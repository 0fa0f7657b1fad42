"""The phone's address for positions, apart from the push: many small rows, kept in one statement."""

from django.http import HttpRequest, HttpResponse
from ninja import Router

from qince.engines.sync.person import load
from qince.engines.sync.registry import Context
from qince.kit import clock
from qince.kit.api import answers, body_of, read, respond
from qince.kit.tenancy import tenant
from qince.sales.tracking.actions import ingest
from qince.sales.tracking.payloads import MAX_BODY, Positions, PositionsAnswer

router = Router(tags=["tracking"])


@router.post(
    "/positions",
    openapi_extra={**body_of(Positions), **answers(PositionsAnswer, 400, 401, 403, 413, 422, 426)},
)
def positions(request: HttpRequest) -> HttpResponse:
    """Send up to 200 positions of working time."""
    caller, now = request.auth, clock.now()  # type: ignore[attr-defined]
    sent = read(request, Positions, limit=MAX_BODY)
    with tenant(caller.organization_id):
        person = load(caller)
        context = Context(
            organization=person.organization,
            standing=person.standing,
            received_at=now,
            sent=sent.clock,
            device_id=caller.device_id,
        )
        return respond(ingest(person.actor, sent=sent, context=context))
