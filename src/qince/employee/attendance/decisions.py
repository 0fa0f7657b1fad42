"""Verdicts at clocking in and out as machine decisions: found and replayed from the evidence that is kept anyway."""

from datetime import datetime, time
from typing import Any
from uuid import UUID

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from qince.core.privacy.registers import registered
from qince.core.rights.registry import Made, Replay
from qince.employee.attendance import risks, words
from qince.employee.attendance.explaining import explain
from qince.employee.attendance.faces.limits import finding_of
from qince.employee.attendance.models import DayResult, Punch, PunchPhoto
from qince.engines.evidence.models import Verdict
from qince.engines.evidence.replay import VERSION, inputs_of, verdict_again
from qince.kit import clock
from qince.kit.actor import Actor
from qince.kit.errors import Text

PLACE, RESULT, RISK = "attendance-place", "attendance-result", "attendance-risk"
FACE = "attendance-face"


def find(employee_id: UUID, limit: int) -> list[Made]:
    rows = Punch.objects.filter(employee=employee_id).exclude(verdict=Verdict.MANUAL)
    return [_made(punch) for punch in rows.select_related("work_place").order_by("-at")[:limit]]


def replay(employee_id: UUID, target_id: UUID) -> Replay | None:
    rows = Punch.objects.filter(employee=employee_id, pk=target_id).exclude(verdict=Verdict.MANUAL)
    punch = rows.select_related("work_place").first()
    if punch is None:
        return None
    return Replay(
        _made(punch), inputs_of(punch), VERSION, verdict_again(punch, is_last_word=True), punch.verdict
    )


def about(punch: Punch) -> str:
    place = f" · {punch.work_place.name}" if punch.work_place else ""
    return f"{punch.get_kind_display()}{place}"


def _made(punch: Punch) -> Made:
    return Made(PLACE, punch.pk, punch.at, about(punch), str(punch.get_verdict_display()))


# --- Results of days ---

_DOUBTED = ("late", "early", "late_early", "lack", "absent")


def find_results(employee_id: UUID, limit: int) -> list[Made]:
    rows = DayResult.objects.filter(employee=employee_id, status__in=_DOUBTED).order_by("-on")[:limit]
    return [_of_day(row) for row in rows]


def replay_result(employee_id: UUID, target_id: UUID) -> Replay | None:
    row = DayResult.objects.filter(employee=employee_id, pk=target_id).first()
    if row is None:
        return None
    found = explain(employee_id, row.on, clock.now())
    inputs: list[tuple[Text, str]] = []
    if found:
        inputs = [(_("Rules"), found.rule), (_("Shift"), found.shift or "—")]
        inputs += [(line.title, " ".join(line.sentences)) for line in found.lines]
    return Replay(_of_day(row), inputs, "replay-1", found.day.status if found else "", row.status)


def _of_day(row: DayResult) -> Made:
    at = datetime.combine(row.on, time(12), timezone.get_current_timezone())
    return Made(
        RESULT, row.pk, at, formats.date_format(row.on, "SHORT_DATE_FORMAT"), str(row.get_status_display())
    )


# --- Risks ---


def find_risks(employee_id: UUID, limit: int) -> list[Made]:
    rows = Punch.objects.filter(employee=employee_id).exclude(risks=[])
    return [_of_risk(punch) for punch in rows.select_related("work_place").order_by("-at")[:limit]]


def replay_risk(employee_id: UUID, target_id: UUID) -> Replay | None:
    punch = Punch.objects.filter(employee=employee_id, pk=target_id).select_related("work_place").first()
    if punch is None or not punch.risks:
        return None
    stored = sorted(risk["code"] for risk in punch.risks)
    inputs: list[tuple[Text, str]] = [(words.FLAGS[risk["code"]], _facts(risk)) for risk in punch.risks]
    return Replay(
        _of_risk(punch), inputs, risks.VERSION, " ".join(sorted(risks.again(punch))), " ".join(stored)
    )


def _facts(risk: dict[str, Any]) -> str:
    if "minutes" in risk:
        return _("%(n)s min between the two presses") % {"n": risk["minutes"]}
    if "times" in risk:
        return _("%(n)s times in a row") % {"n": risk["times"]}
    if "phones" in risk:
        return _("%(n)s other phones in the ninety days before") % {"n": risk["phones"]}
    return _("within twelve hours")


def _of_risk(punch: Punch) -> Made:
    said = ", ".join(words.flag_word(risk["code"]) for risk in punch.risks)
    return Made(RISK, punch.pk, punch.at, str(punch.get_kind_display()), said)


def settle_risk(actor: Actor, target_id: UUID, text: str, now: datetime) -> None:
    """A person has looked and decided otherwise: the marks go, the press stays."""
    Punch.objects.filter(pk=target_id).update(risks=[])


# --- Faces ---


def find_faces(employee_id: UUID, limit: int) -> list[Made]:
    return [_of_face(photo) for photo in _faces(employee_id).order_by("-taken_at")[:limit]]


def replay_face(employee_id: UUID, target_id: UUID) -> Replay | None:
    """The comparison's distance held against the limits again; the pictures themselves are not compared anew."""
    photo = _faces(employee_id).filter(pk=target_id).first()
    if photo is None:
        return None
    found, inputs = _again(photo)
    inputs.append((_("Head turned as asked"), str(words.turned(photo.has_turned))))
    version = (photo.measured or {}).get("model") or registered.decisions[FACE].version
    return Replay(_of_face(photo), inputs, version, found, photo.finding)


def _again(photo: PunchPhoto) -> tuple[str, list[tuple[Text, str]]]:
    if photo.measured is None:
        return photo.finding, [(_("Distance between the faces"), _("not measured"))]
    measured = photo.measured
    found = finding_of(measured["distance"], measured["pass"], measured["review"])
    shown = [
        (_("Distance between the faces"), "distance"),
        (_("Counts up to"), "pass"),
        (_("Doubtful up to"), "review"),
    ]
    return found, [(title, f"{measured[name]:.2f}") for title, name in shown]


def _faces(employee_id: UUID) -> Any:
    rows = PunchPhoto.objects.filter(punch__employee=employee_id, kind=PunchPhoto.Kind.FACE)
    return rows.exclude(finding="").select_related("punch__work_place")


def _of_face(photo: PunchPhoto) -> Made:
    return Made(FACE, photo.pk, photo.taken_at, about(photo.punch), str(photo.get_finding_display()))
