"""An administrator's word on one end of a day: a time, or the result itself. The press that was made stays."""

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from qince.core.people.models import Employee
from qince.employee.attendance import telling, zones
from qince.employee.attendance.approving import require_open_month
from qince.employee.attendance.events import RosterChanged
from qince.employee.attendance.explaining import results_of
from qince.employee.attendance.models import Correction, Decided
from qince.employee.attendance.replay.results import Point
from qince.employee.attendance.request_actions import require_decider, require_time
from qince.employee.attendance.rules import CORRECT
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.errors import Conflict, NotFound, Refusal
from qince.kit.events import publish
from qince.kit.validation import check

Result = Correction.Result


@action("attendance.correct", permission=CORRECT)
def correct(
    actor: Actor,
    *,
    now: datetime,
    employee: Employee,
    on: date,
    end: str,
    reason: str,
    slot: int = 0,
    at: datetime | None = None,
    result: str = "",
) -> Correction:
    """Say when somebody came or left, or what the result is. Marked as such for ever, told to the person.

    Refused about oneself, in a locked month, for days yet to come, and where another word stands already.
    """
    require_decider(actor, employee.pk, CORRECT)
    if not reason.strip():
        raise Refusal("reason_required", _("Say why."), field="reason")
    if (at is None) == (not result):
        raise Refusal("one_of_two", _("Give either a time or a result."), field="at")
    if at is not None:
        require_time(employee.pk, on, at, now)
    point = _point(employee, on, slot, end, now)
    if result and result not in results_for(point):
        raise Refusal("invalid_result", _("This result is not possible there."), field="result")
    require_open_month(employee.pk, on)
    found = Correction(
        employee=employee, zone=zones.zone_of(employee.pk, on),
        on=on, slot=slot, end=end, kind=Correction.Kind.ADMIN, at=at, result=result,
        reason=reason.strip(), state=Decided.APPROVED, asked_at=now, decided_at=now, decided_by_id=actor.employee_id,
    )  # fmt: skip
    check(found)
    found.save(force_insert=True)
    note(found, on=on, end=end, at=at, result=result, reason=found.reason)
    publish(RosterChanged((employee.pk,), on, on))
    telling.corrected(actor, found, now=now)
    return found


@action("attendance.take_back_correction", permission=CORRECT)
def take_back(actor: Actor, row: Correction, *, now: datetime, answer: str) -> Correction:
    """An administrator's word holds no longer; what was pressed does. Both stay on record."""
    found: Any = Correction.objects.select_for_update(of=("self",)).filter(pk=row.pk).first()
    if found is None:
        raise NotFound
    require_decider(actor, found.employee_id, CORRECT)
    if found.kind != Correction.Kind.ADMIN or found.state != Decided.APPROVED:
        raise Conflict("not_in_force", _("This is no administrator's word that holds."))
    require_open_month(found.employee_id, found.on)
    found.state, found.answer, found.decided_at, found.decided_by_id = (
        Decided.WITHDRAWN, answer.strip()[:300], now, actor.employee_id,
    )  # fmt: skip
    found.save(update_fields=["state", "answer", "decided_at", "decided_by"])
    note(found, state=found.state, reason=found.answer)
    publish(RosterChanged((found.employee_id,), found.on, found.on))
    telling.taken_back(actor, found, now=now)
    return found  # type: ignore[no-any-return]


def points_of_day(employee: Employee, on: date, now: datetime) -> list[Point]:
    """The ends of that day about which there is something to say: none on a day of rest."""
    days = results_of([employee.pk], on, on, now)[employee.pk]
    return list(days[0].points) if days else []


def results_for(point: Point) -> list[str]:
    """What may be said of this end: nobody comes too early, and free hours know no being late."""
    if point.by == "free":
        return [Result.NORMAL, Result.LACK]
    late_or_early = Result.LATE if point.end == "on" else Result.EARLY
    return [Result.NORMAL, late_or_early, Result.LACK]


def _point(employee: Employee, on: date, slot: int, end: str, now: datetime) -> Point:
    points = points_of_day(employee, on, now)
    found = next((each for each in points if (each.slot, each.end) == (slot, end)), None)
    if found is None:
        raise Refusal("nothing_due", _("Nobody was expected to clock in or out there."), field="point")
    return found
