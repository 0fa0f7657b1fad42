"""What people are told about attendance."""

from datetime import datetime

from django.utils import formats, timezone
from django.utils.translation import gettext_lazy as _

from qince.core.letters import registry as letters
from qince.core.letters.people import people, person
from qince.kit.errors import Text


def moment(value: str) -> Text:
    return formats.date_format(timezone.localtime(datetime.fromisoformat(value)), "SHORT_DATETIME_FORMAT")


def by_whom(key: str) -> Text:
    return person(key) if key else _("Your organization")


WORDS = {"at": moment, "by": by_whom, "names": people}
letters.group("attendance", _("Attendance"))
WAITING = letters.kind(
    "attendance.press_waiting",
    words=WORDS,
    title=_("Check-ins wait for your word"),
    body=_("Of %(names)s. Until you have decided they do not count."),
    short=_("A check-in waits for your word."),
)
COUNTS = letters.kind(
    "attendance.press_counts",
    words=WORDS,
    title=_("Your check-in of %(at)s counts"),
    body=_("%(by)s has confirmed it. %(answer)s"),
    short=_("Your check-in was confirmed."),
)
REFUSED = letters.kind(
    "attendance.press_refused",
    words=WORDS,
    title=_("Your check-in of %(at)s does not count"),
    body=_("%(by)s decided so: %(answer)s. The press itself is kept; you can ask for a correction."),
    short=_("Your check-in does not count."),
    is_mandatory=True,
)
LEADS = letters.reason("attendance.leads", _("They report to you, and you decide on check-ins."))
PRESSED = letters.reason("attendance.pressed", _("It is about your own check-in."))
