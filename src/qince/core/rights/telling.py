"""Letters about cases: to the person, to the privacy officers, to the administrators.

Text messages say only that there is one; what the person is told stands in the letter.
"""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from qince.core.letters import registry as letters
from qince.core.letters.actions import Addressee, send
from qince.core.people.models import Employee
from qince.core.rights import queries
from qince.core.rights.kinds import ABOUT_OTHERS
from qince.core.rights.models import Case
from qince.kit.actor import Actor
from qince.kit.errors import Text


def _kind(code: str, *, title: Text, body: Text, is_forgotten: bool = False) -> str:
    """All of them are owed by law or part of handling: nobody unsubscribes from them by mistake."""
    return letters.kind(code, title=title, body=body, is_mandatory=True, is_forgotten=is_forgotten)


RECEIVED = _kind(
    "rights.received",
    title=_("Your request %(number)s has arrived"),
    body=_(
        "It will be answered by %(due)s at the latest. You can follow it under Me → Settings → Privacy → My cases."
    ),
)
ANSWERED = _kind(
    "rights.answered",
    title=_("Your request %(number)s has been answered"),
    body=_(
        "%(answer)s\n\nNot satisfied? Open the case and choose Complain, or use the contacts in the privacy notice."
    ),
)
FEE = _kind(
    "rights.fee",
    title=_("A fee is asked for request %(number)s"),
    body=_("Amount: %(fee)s. Reason: %(reason)s. Nothing is charged unless you accept it in the case."),
)
FAREWELL = _kind(
    "rights.farewell",
    is_forgotten=True,
    title=_("Your request %(number)s is being carried out"),
    body=_(
        "The keys to your data are destroyed now, backups included; what is stored openly follows within hours. "
        "What a law orders to keep stays for its term, without use. "
        "Not satisfied? Use the contacts in the privacy notice."
    ),
)
IN_TIME = _kind(
    "rights.reminder",
    title=_("Request %(number)s must be answered by %(due)s"),
    body=_("Open the case and answer it in time."),
)
OVERDUE = _kind(
    "rights.overdue",
    title=_("Request %(number)s is overdue since %(due)s"),
    body=_("The term of the law has passed. Answer it today."),
)
NEW = _kind(
    "rights.new",
    title=_("New request %(number)s: %(kind)s"),
    body=_("Due on %(due)s."),
)
AUTHORIZE = _kind(
    "rights.authorize",
    title=_("Request %(number)s waits for your authorization"),
    body=_("Decide by %(due)s. Without an answer the privacy officer decides."),
)
ESCALATED = _kind(
    "rights.escalated",
    title=_("Request %(number)s was passed to the privacy officer"),
    body=_("The administrator declined or did not answer. Decide it before %(due)s."),
)


def person(actor: Actor, case: Case, kind: str, *, now: datetime, **values: str) -> None:
    """To whoever asked, by the app and the ways they left; nobody to tell is no failure."""
    if case.is_anonymous:
        return
    channels: tuple[str, ...]
    if case.subject_id and not case.contact_name:
        to, channels = Addressee(employee_id=case.subject_id), ("app", "sms")
    else:
        to = Addressee(name=case.contact_name, mobile=case.contact_mobile, email=case.contact_email)
        channels = ("email",) if case.contact_email else ("sms",)
    send(
        actor, to=[to], kind=kind, values=_values(case) | values, channels=channels,
        link=f"/m/#/me/rights/{case.pk}", now=now,
    )  # fmt: skip


def farewell(actor: Actor, case: Case, *, now: datetime) -> None:
    """Before the person is erased, to the number that will not be known afterwards; for a child, or one who died, to
    whoever asked.
    """
    if case.subject is None or case.kind in ABOUT_OTHERS:
        to = Addressee(name=case.contact_name, mobile=case.contact_mobile, email=case.contact_email)
    else:
        to = Addressee(name=case.subject.name, mobile=case.subject.mobile, email=case.subject.email)
    if not (to.mobile or to.email):
        return
    channels = ("email", "sms") if to.email else ("sms",)
    send(actor, to=[to], kind=FAREWELL, values=_values(case), channels=channels, now=now)


def officers(actor: Actor, case: Case, kind: str, *, now: datetime) -> None:
    _staff(actor, queries.officers(), case, kind, now)


def administrators(actor: Actor, case: Case, kind: str, *, now: datetime) -> None:
    _staff(actor, queries.administrators(), case, kind, now)


def _staff(actor: Actor, people: Sequence[Employee], case: Case, kind: str, now: datetime) -> None:
    to = [Addressee(employee_id=each.pk) for each in people if each.pk != case.subject_id]
    if to:
        send(
            actor, to=to, kind=kind, values=_values(case), channels=("app",),
            link=f"/privacy-requests/{case.pk}/", now=now, urgent=kind == OVERDUE,
        )  # fmt: skip


def _values(case: Case) -> dict[str, str]:
    return {
        "number": case.number,
        "kind": str(case.get_kind_display()),
        "due": case.due_on.isoformat(),
    }
