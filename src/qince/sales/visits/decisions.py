"""Verdicts and marks of visits as machine decisions: found and replayed from the evidence that is kept anyway."""

from datetime import datetime
from uuid import UUID

from django.db.models import F, Q
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from qince.core.rights.registry import Made, Replay
from qince.engines.evidence import marks
from qince.engines.evidence.models import Verdict
from qince.engines.evidence.replay import VERSION, inputs_of, verdict_again
from qince.kit.errors import Text
from qince.sales.visits import words
from qince.sales.visits.actions.leaving import SHORTEST
from qince.sales.visits.models import CheckEvent, Photo, Visit

PLACE, DUPLICATES, DURATION = "visits-place", "visits.duplicates", "visits.duration"


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


def about(event: CheckEvent) -> str:
    return f"{event.get_kind_display()} · {event.visit.customer.name}"


def _made(event: CheckEvent) -> Made:
    return Made(PLACE, event.pk, event.at, about(event), str(event.get_verdict_display()))


# --- Marks on a visit ---


def unmark(visit: Visit, outcomes: tuple[str, ...]) -> None:
    """A mark of the arrival is repeated on its visit."""
    marks.unmark(visit, outcomes)
    _changed(visit, outcomes)


def _changed(visit: Visit, outcomes: tuple[str, ...]) -> None:
    Visit.objects.filter(pk=visit.pk).update(version=F("version") + 1)  # phones fetch it


def _duplicates_again(visit: Visit) -> tuple[list[str], list[tuple[Text, str]]]:
    digests = Photo.objects.filter(visit=visit).values_list("sha256", flat=True)
    elsewhere = Photo.objects.filter(sha256__in=list(digests)).exclude(visit=visit)
    repeated = elsewhere.values_list("sha256", flat=True).distinct().count()
    open_then = Visit.objects.filter(
        employee=visit.employee_id, checked_in_at__lte=visit.checked_in_at
    ).filter(Q(checked_out_at__isnull=True) | Q(checked_out_at__gt=visit.checked_in_at))
    others = open_then.exclude(pk=visit.pk).count()
    inputs: list[tuple[Text, str]] = [
        (_("Photos whose content was at another visit"), str(repeated)),
        (_("Other visits open at check-in"), str(others)),
    ]
    return [*(["repeated_photo"] if repeated else []), *(["overlap"] if others else [])], inputs


def _duration_again(visit: Visit) -> tuple[list[str], list[tuple[Text, str]]]:
    left = visit.checked_out_at
    is_short = left is not None and left - visit.checked_in_at < SHORTEST
    inputs: list[tuple[Text, str]] = [
        (_("Check-in"), _moment(visit.checked_in_at)),
        (_("Check-out"), _moment(left)),
        (_("State"), str(visit.get_state_display())),
    ]
    is_closed = visit.state == Visit.State.AUTO_CLOSED
    return [*(["short"] if is_short else []), *(["estimated"] if is_closed else [])], inputs


def _moment(at: datetime | None) -> str:
    return formats.date_format(timezone.localtime(at), "DATETIME_FORMAT") if at else "—"


def _name(flag: str) -> str:
    return words.flag_words(flag)[0]


VISITS = [
    marks.Kept(Visit, "employee", lambda visit: visit.customer.name, ("customer",), "checked_in_at", _changed)
]
MARKS = (
    marks.Marks(DUPLICATES, VISITS, _duplicates_again, _name),
    marks.Marks(DURATION, VISITS, _duration_again, _name),
)
