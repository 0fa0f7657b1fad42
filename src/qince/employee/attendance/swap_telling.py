"""Who is told what about exchanged shifts."""

from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qince.core.letters import registry as letters
from qince.core.letters.actions import Addressee, recall, send
from qince.employee.attendance.letters import ABOUT, WORDS
from qince.employee.attendance.models import Swap
from qince.kit.actor import Actor

ASKED = letters.kind(
    "attendance.swap_asked",
    words=WORDS,
    title=_("%(by)s asks to exchange shifts with you on %(on)s"),
    body=_("%(reason)s. Agree or decline; then whoever decides about your roster is asked."),
    short=_("A colleague asks to exchange shifts with you."),
)
AGREED = letters.kind(
    "attendance.swap_agreed",
    words=WORDS,
    title=_("%(by)s agrees to exchange shifts on %(on)s"),
    body=_("It is decided next. Until then the roster stays as it is."),
    short=_("Your colleague agrees to exchange shifts."),
)
DECLINED = letters.kind(
    "attendance.swap_declined",
    words=WORDS,
    title=_("%(by)s does not exchange shifts on %(on)s"),
    body=_("The roster stays as it is. %(answer)s"),
    short=_("Your colleague does not exchange shifts."),
)
DONE = letters.kind(
    "attendance.swap_done",
    words=WORDS,
    title=_("Shifts of %(on)s are exchanged with %(by)s"),
    body=_("Your day is another now: look at your roster."),
    short=_("Your roster of a day was changed."),
    is_mandatory=True,
)
OVER = letters.kind(
    "attendance.swap_over",
    words=WORDS,
    title=_("The exchange of shifts on %(on)s with %(by)s does not happen"),
    body=_("The roster stays as it is. %(answer)s"),
    short=_("An exchange of shifts does not happen."),
)
UNANSWERED = letters.kind(
    "attendance.swap_unanswered",
    words=WORDS,
    title=_("The exchange of shifts on %(on)s with %(by)s has lapsed"),
    body=_("It was not answered before the day's work began. The roster stays as it is."),
    short=_("An exchange of shifts has lapsed."),
)
UNDECIDED = letters.kind(
    "attendance.swap_undecided",
    words=WORDS,
    title=_("The exchange of shifts on %(on)s with %(by)s has lapsed"),
    body=_("It was agreed to, but nobody decided before the day's work began. The roster stays as it is."),
    short=_("An exchange of shifts has lapsed."),
)
UNDONE = letters.kind(
    "attendance.swap_undone",
    words=WORDS,
    title=_("The exchange of shifts on %(on)s with %(by)s is undone"),
    body=_("Your day is again what it was before: look at your roster."),
    short=_("Your roster of a day was changed."),
    is_mandatory=True,
)


def asked(actor: Actor, row: Swap, *, now: datetime) -> None:
    _tell(actor, row, row.partner_id, ASKED, row.employee_id, now, dedupe=_about(row))


def answered(actor: Actor, row: Swap, *, now: datetime) -> None:
    recall(actor, dedupe=_about(row), now=now)
    kind = AGREED if row.agreed_at else DECLINED
    _tell(actor, row, row.employee_id, kind, row.partner_id, now)


def over(actor: Actor, row: Swap, *, now: datetime) -> None:
    """Withdrawn or refused: the partner hears of it; whoever asked knows, or hears it with the decision."""
    recall(actor, dedupe=_about(row), now=now)
    _tell(actor, row, row.partner_id, OVER, row.employee_id, now)


def lapsed(actor: Actor, row: Swap, *, now: datetime) -> None:
    recall(actor, dedupe=_about(row), now=now)
    both(actor, row, UNDECIDED if row.agreed_at else UNANSWERED, now=now)


def both(actor: Actor, row: Swap, kind: str, *, now: datetime) -> None:
    """Each of the two, whatever else they hear of a decision."""
    for reader, other in ((row.employee_id, row.partner_id), (row.partner_id, row.employee_id)):
        _tell(actor, row, reader, kind, other, now)


def _tell(
    actor: Actor, row: Swap, reader: UUID, kind: str, other: UUID, now: datetime, dedupe: str = ""
) -> None:
    values = {"on": row.on.isoformat(), "by": str(other), "answer": row.answer, "reason": row.reason}
    link = reverse("attendance:swap_detail", args=[row.pk])
    to = [Addressee(employee_id=reader)]
    send(actor, to=to, kind=kind, values=values, link=link, because=ABOUT, now=now, dedupe=dedupe)


def _about(row: Swap) -> str:
    return f"attendance.swap:{row.pk}"
