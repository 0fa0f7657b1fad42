"""The phone's addresses of leave. Mounted under /api/phone/v1."""

from django.http import HttpRequest, HttpResponse
from ninja import Router

from qince.employee.leave import previewing
from qince.employee.leave.actions.requesting import Wish
from qince.employee.leave.payloads import LeavePreview, PreviewAnswer, PreviewDay, segments_of
from qince.employee.leave.rules import APPLY
from qince.employee.leave.words import missing_text
from qince.engines.approvals.wire import told
from qince.kit import clock
from qince.kit.actor import Actor
from qince.kit.api import answers, body_of, read, respond
from qince.kit.errors import Forbidden
from qince.kit.tenancy import tenant

router = Router(tags=["leave"])


@router.post(
    "/leave/preview",
    openapi_extra={**body_of(LeavePreview), **answers(PreviewAnswer, 400, 401, 403, 404, 422)},
)
def preview(request: HttpRequest) -> HttpResponse:
    """How much a request would count, day by day and why, and what would be left."""
    asked = read(request, LeavePreview, limit=16 * 1024)
    actor: Actor = request.auth  # type: ignore[attr-defined]
    if not actor.may(APPLY):
        raise Forbidden
    now, wish = (
        clock.now(),
        Wish(asked.leave_type_id, segments_of(asked.segments), department_id=asked.department_id),
    )
    with tenant(actor.organization_id):
        found = previewing.preview(actor, wish=wish, now=now, changes=asked.leave_id)
        way = previewing.way(actor, wish, found, now=now, changes=asked.leave_id)
    return respond(
        PreviewAnswer(
            days=[PreviewDay(each.on, each.part.value, str(each.qty), each.why.value) for each in found.days],
            qty=str(found.qty),
            unit=found.terms.unit,
            before=None if found.before is None else str(found.before),
            after=None if found.after is None else str(found.after),
            problem=str(missing_text(found.missing)) if found.missing else "",
            way=told(way),
        )
    )
