"""Verdicts and marks of visits as machine decisions: found and replayed from the evidence that is kept anyway."""

from collections.abc import Callable
from datetime import datetime
from functools import partial, reduce
from operator import or_
from uuid import UUID

from django.db.models import Q
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from qince.core.privacy.registers import registered
from qince.core.rights.registry import Made, Replay
from qince.engines.evidence.models import Verdict
from qince.engines.evidence.replay import VERSION, inputs_of, verdict_again
from qince.kit.actor import Actor
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


def find_marks(code: str, employee_id: UUID, limit: int) -> list[Made]:
    marked = reduce(or_, (Q(flags__contains=[each]) for each in _outcomes(code)))
    rows = Visit.objects.filter(marked, employee=employee_id).select_related("customer")
    return [_of_visit(code, visit) for visit in rows.order_by("-checked_in_at")[:limit]]


def replay_marks(code: str, employee_id: UUID, target_id: UUID) -> Replay | None:
    """The marks by today's rule from the visits and photos that are kept."""
    visit = Visit.objects.filter(employee=employee_id, pk=target_id).select_related("customer").first()
    stored = _marks(code, visit) if visit else []
    if not stored:
        return None
    again, inputs = _AGAIN[code](visit)
    version = registered.decisions[code].version
    return Replay(_of_visit(code, visit), inputs, version, _names(again), _names(stored))


def settle_marks(code: str, actor: Actor, target_id: UUID, text: str, now: datetime) -> None:
    """A person has looked and decided otherwise: the marks go, the visit stays."""
    for visit in Visit.objects.filter(pk=target_id):
        unmark(visit, _outcomes(code))


def unmark(visit: Visit, outcomes: tuple[str, ...]) -> None:
    visit.flags = [each for each in visit.flags if each not in outcomes]
    visit.version += 1
    visit.save(update_fields=["flags", "version"])


def _outcomes(code: str) -> tuple[str, ...]:
    return registered.decisions[code].outcomes


def _marks(code: str, visit: Visit) -> list[str]:
    return [each for each in _outcomes(code) if each in visit.flags]


def _names(flags: list[str]) -> str:
    return ", ".join(words.flag_words(each)[0] for each in flags)


def _of_visit(code: str, visit: Visit) -> Made:
    return Made(code, visit.pk, visit.checked_in_at, visit.customer.name, _names(_marks(code, visit)))


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


_AGAIN: dict[str, Callable[[Visit], tuple[list[str], list[tuple[Text, str]]]]] = {
    DUPLICATES: _duplicates_again,
    DURATION: _duration_again,
}


def _moment(at: datetime | None) -> str:
    return formats.date_format(timezone.localtime(at), "DATETIME_FORMAT") if at else "—"


MAKERS = {
    code: {
        "find": partial(find_marks, code),
        "replay": partial(replay_marks, code),
        "undo": partial(settle_marks, code),
    }
    for code in _AGAIN
}
