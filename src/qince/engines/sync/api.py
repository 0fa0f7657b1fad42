"""The phone's addresses for work: push and pull."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from qince.engines.sync.actions import take_in
from qince.engines.sync.person import load
from qince.engines.sync.protocol import MAX_BODY, Push, PushAnswer
from qince.engines.sync.pull import pull as changes_for
from qince.kit import clock
from qince.kit.api import answers, body_of, read, respond
from qince.kit.tenancy import tenant

router = Router(tags=["sync"])


@router.post("/push", openapi_extra={**body_of(Push), **answers(PushAnswer, 400, 401, 403, 413, 426)})
def push(request: HttpRequest) -> HttpResponse:
    """Send operations made on the phone; each is answered on its own."""
    actor, now = request.auth, clock.now()  # type: ignore[attr-defined]
    results = take_in(actor, read(request, Push, limit=MAX_BODY, allows_nul=True), now=now)
    return respond(PushAnswer(results, now))


@router.get("/pull", openapi_extra=answers(None, 400, 401, 403, 426))
def pull(request: HttpRequest, cursor: str = "") -> HttpResponse:
    """What changed for this phone since `cursor`."""
    actor, now = request.auth, clock.now()  # type: ignore[attr-defined]
    with tenant(actor.organization_id):
        answer: dict[str, Any] = changes_for(load(actor).actor, cursor, now=now)
    return respond(answer)
