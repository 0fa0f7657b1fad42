"""Who is told what about presses."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.urls import reverse

from qince.core.access.queries import holders_over
from qince.core.letters.actions import Addressee, recall, send
from qince.core.people.models import Employee
from qince.employee.attendance import letters
from qince.employee.attendance.models import Correction, MonthReport, Punch
from qince.employee.attendance.rules import CLOSE
from qince.kit.actor import Actor


def waiting(actor: Actor, punches: Sequence[Punch], *, now: datetime) -> None:
    """The direct leader hears of presses that wait: one letter a person, however many presses there are."""
    waits = next((punch for punch in punches if _is_for_a_person(punch)), None)
    if waits is None:
        return
    leader = Employee.objects.filter(pk=waits.employee_id).values_list("leader", flat=True).first()
    if leader is None:
        return
    send(
        actor, to=[Addressee(employee_id=leader)], kind=letters.WAITING, values={"names": str(waits.employee_id)},
        link=f"{reverse('attendance:press_list')}?counting=waiting", because=letters.LEADS, now=now,
        dedupe=_about(waits),
    )  # fmt: skip


def _is_for_a_person(punch: Punch) -> bool:
    """A face is compared first; then it is told, if there is still something to decide."""
    is_face = punch.confirm_for == Punch.Confirm.FACE
    is_compared = is_face and punch.photos.exclude(finding="").exists()
    return punch.counting == Punch.Counting.WAITING and (not is_face or is_compared)


def decided(actor: Actor, punch: Punch, *, now: datetime) -> None:
    """The person hears the decision; whoever was asked need not decide any more."""
    kind = letters.COUNTS if punch.counting == Punch.Counting.COUNTED else letters.REFUSED
    values = {"at": letters.told(punch, punch.at), "by": str(actor.employee_id or ""), "answer": punch.answer}
    send(
        actor, to=[Addressee(employee_id=punch.employee_id)], kind=kind, values=values, because=letters.PRESSED, now=now
    )  # fmt: skip
    if not Punch.objects.filter(employee=punch.employee_id, counting=Punch.Counting.WAITING).exists():
        recall(actor, dedupe=_about(punch), now=now)


def corrected(actor: Actor, row: Correction, *, now: datetime) -> None:
    said = letters.told(row, row.at) if row.at else row.result
    _about_a_day(actor, row, letters.CORRECTED, {"said": said, "reason": row.reason}, now)


def taken_back(actor: Actor, row: Correction, *, now: datetime) -> None:
    _about_a_day(actor, row, letters.TAKEN_BACK, {"reason": row.answer}, now)


def _about_a_day(actor: Actor, row: Correction, kind: str, more: dict[str, str], now: datetime) -> None:
    values = {"on": row.on.isoformat(), "end": row.end, "by": str(actor.employee_id or ""), **more}
    to = [Addressee(employee_id=row.employee_id)]
    send(actor, to=to, kind=kind, values=values, because=letters.ABOUT, now=now)


def month_adjusted(
    actor: Actor, report: MonthReport, changed: Mapping[str, int], because: str, *, now: datetime
) -> None:
    """To whoever the month is about, and to those who close months: the locked sheet they hold is not all there is."""
    values = {"month": f"{report.month:%Y-%m}", "changed": json.dumps(dict(changed)), "because": because}
    send(
        actor, to=[Addressee(employee_id=report.employee_id)], kind=letters.MONTH_ADJUSTED, values=values,
        because=letters.ABOUT, now=now,
    )  # fmt: skip
    closers = [each for each in holders_over(CLOSE, report.employee_id) if each != report.employee_id]
    if closers:
        send(
            actor, to=[Addressee(employee_id=each) for each in closers], kind=letters.MONTH_OF_ADJUSTED,
            values={**values, "person": str(report.employee_id)}, because=letters.CLOSES, now=now,
            link=reverse("attendance:report_tab", args=[report.pk, "figures"]),
        )  # fmt: skip


def _about(punch: Punch) -> str:
    return f"attendance.waiting:{punch.employee_id}"
