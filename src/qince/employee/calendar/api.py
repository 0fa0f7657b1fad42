"""The phone's addresses of the calendar. Mounted under /api/phone/v1."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from ninja import Router

from qince.employee.calendar import board, queries
from qince.employee.calendar.overlays import layers as known
from qince.employee.calendar.overlays import offered, overlays
from qince.employee.calendar.payloads import DayMark, LayerEntry, Layers, as_wall
from qince.employee.calendar.recurrence.rules import wall_of
from qince.employee.calendar.rules import USE
from qince.kit import clock
from qince.kit.actor import Actor
from qince.kit.api import answers, respond
from qince.kit.errors import Forbidden
from qince.kit.tenancy import tenant

router = Router(tags=["calendar"])
PAST, FUTURE = timedelta(days=14), timedelta(days=42)


@router.get("/calendar/layers", openapi_extra=answers(Layers, 401, 403))
def layers(request: HttpRequest) -> HttpResponse:
    """What work lays over one's own agenda (shifts, leave, visits), two weeks back and six ahead, and special days."""
    actor: Actor = request.auth  # type: ignore[attr-defined]
    if not actor.may(USE):
        raise Forbidden
    with tenant(actor.organization_id):
        zone = queries.home_zone()
        today = clock.local_date(clock.now(), zone)
        first, last = today - PAST, today + FUTURE
        entries = [
            LayerEntry(
                each.key, each.layer, each.label, as_wall(wall_of(each.starts_at, zone)),
                as_wall(wall_of(each.ends_at, zone)), each.all_day, each.tone,
                known[each.layer].is_busy,
            )
            for each in overlays(actor, [actor.person_id], first, last)
        ]  # fmt: skip
        marks = [
            DayMark(each.on, each.mark, each.mark_title)
            for each in board.marked(actor, first, last)
            if each.mark
        ]
    return respond(Layers(entries, marks, {each.code: str(each.title) for each in offered()}))
