"""What people are told about events."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from qince.core.letters import registry as letters
from qince.core.letters.actions import Addressee, send
from qince.core.letters.people import person
from qince.core.letters.sealing import unsealed
from qince.kit.actor import Actor

letters.group("calendar", _("Calendar"))
WORDS = {"owner": person, "guest": person, "title": unsealed, "place": unsealed}
GUEST = letters.reason("calendar.guest", _("You are invited to this event."))
OWNER = letters.reason("calendar.owner", _("You invited people to this event."))
WISHED = letters.reason("calendar.wished", _("You asked to be reminded of this event."))
INVITED = letters.kind(
    "calendar.invited",
    words=WORDS,
    title=_("%(owner)s invites you: %(title)s"),
    body=_("%(when)s. Please answer whether you come."),
)
CHANGED = letters.kind(
    "calendar.changed",
    words=WORDS,
    title=_("Changed by %(owner)s: %(title)s"),
    body=_("It is now %(when)s. If the time is another, please answer anew."),
)
CANCELLED = letters.kind(
    "calendar.cancelled",
    words=WORDS,
    title=_("Cancelled by %(owner)s: %(title)s"),
    body=_("It would have been %(when)s."),
)
_ABOUT = _("This is about “%(title)s”, %(when)s.")
ANSWERED = {
    "accepted": letters.kind("calendar.accepted", title=_("%(guest)s comes"), body=_ABOUT, words=WORDS),
    "declined": letters.kind(
        "calendar.declined", title=_("%(guest)s does not come"), body=_ABOUT, words=WORDS
    ),
    "tentative": letters.kind(
        "calendar.tentative", title=_("%(guest)s comes perhaps"), body=_ABOUT, words=WORDS
    ),
}
REMINDER = letters.kind(
    "calendar.reminder",
    words=WORDS,
    title=_("Soon: %(title)s"),
    body=_("%(when)s %(place)s"),
)


def tell(
    actor: Actor,
    employee_ids: Collection[UUID],
    kind: str,
    values: Mapping[str, str],
    *,
    why: str,
    link: str = "",
    dedupe: str = "",
    now: datetime,
) -> None:
    others = [Addressee(employee_id=each) for each in employee_ids if each != actor.employee_id]
    if others:
        send(actor, to=others, kind=kind, values=values, link=link, because=why, dedupe=dedupe, now=now)
