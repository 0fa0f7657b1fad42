"""Verdicts at clocking in and out as machine decisions: found and replayed from the evidence that is kept anyway."""

from uuid import UUID

from qince.core.rights.registry import Made, Replay
from qince.employee.attendance.models import Punch
from qince.engines.evidence.models import Verdict
from qince.engines.evidence.replay import VERSION, inputs_of, verdict_again

PLACE = "attendance-place"


def find(employee_id: UUID, limit: int) -> list[Made]:
    rows = Punch.objects.filter(employee=employee_id).exclude(verdict=Verdict.MANUAL)
    return [_made(punch) for punch in rows.select_related("work_place").order_by("-at")[:limit]]


def replay(employee_id: UUID, target_id: UUID) -> Replay | None:
    rows = Punch.objects.filter(employee=employee_id, pk=target_id).exclude(verdict=Verdict.MANUAL)
    punch = rows.select_related("work_place").first()
    if punch is None:
        return None
    return Replay(_made(punch), inputs_of(punch), VERSION, verdict_again(punch), punch.verdict)


def _made(punch: Punch) -> Made:
    place = f" · {punch.work_place.name}" if punch.work_place else ""
    return Made(
        PLACE, punch.pk, punch.at, f"{punch.get_kind_display()}{place}", str(punch.get_verdict_display())
    )
