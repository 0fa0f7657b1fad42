"""Verdicts at check-in and check-out as machine decisions: found and replayed from the evidence that is kept anyway."""

from uuid import UUID

from qince.core.rights.registry import Made, Replay
from qince.engines.evidence.models import Verdict
from qince.engines.evidence.replay import VERSION, inputs_of, verdict_again
from qince.sales.visits.models import CheckEvent

PLACE = "visits-place"


def find(employee_id: UUID, limit: int) -> list[Made]:
    """The latest verdicts about the person; a place in words was judged by nobody."""
    rows = CheckEvent.objects.filter(visit__employee=employee_id).exclude(verdict=Verdict.MANUAL)
    return [_made(event) for event in rows.select_related("visit__customer").order_by("-at")[:limit]]


def replay(employee_id: UUID, target_id: UUID) -> Replay | None:
    rows = CheckEvent.objects.filter(visit__employee=employee_id, pk=target_id).exclude(
        verdict=Verdict.MANUAL
    )
    event = rows.select_related("visit__customer").first()
    if event is None:
        return None
    return Replay(_made(event), inputs_of(event), VERSION, verdict_again(event), event.verdict)


def _made(event: CheckEvent) -> Made:
    about = f"{event.get_kind_display()} · {event.visit.customer.name}"
    return Made(PLACE, event.pk, event.at, about, str(event.get_verdict_display()))
