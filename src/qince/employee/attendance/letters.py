"""What people are told about attendance."""

import json
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import formats
from django.utils.translation import gettext_lazy as _

from qince.core.letters import registry as letters
from qince.core.letters.people import people, person
from qince.employee.attendance.models import Correction
from qince.employee.attendance.models.zoned import Zoned
from qince.employee.attendance.words import FIGURE_WORDS
from qince.kit.errors import Text
from qince.kit.resource.columns import as_text


def moment(value: str) -> Text:
    """An instant, perhaps followed by the zone on whose wall it is said."""
    instant, _space, zone = value.partition(" ")
    found = datetime.fromisoformat(instant)
    return as_text(found.astimezone(ZoneInfo(zone)) if zone else found)


def told(row: Zoned, instant: datetime) -> str:
    """What `moment` reads."""
    return f"{instant.isoformat()} {row.zone}".rstrip()


def by_whom(key: str) -> Text:
    return person(key) if key else _("Your organization")


def day(value: str) -> Text:
    return formats.date_format(date.fromisoformat(value), "SHORT_DATE_FORMAT")


def end_word(value: str) -> Text:
    return str(Correction.End(value).label)


def said(value: str) -> Text:
    """A time, or a result."""
    return str(Correction.Result(value).label) if value in Correction.Result.values else moment(value)


def figures(value: str) -> Text:
    """`Absent, min −480; Leave, min +480`."""
    return "; ".join(f"{FIGURE_WORDS[name]} {amount:+d}" for name, amount in json.loads(value).items())


WORDS = {
    "changed": figures,
    "person": person,
    "at": moment,
    "by": by_whom,
    "names": people,
    "on": day,
    "end": end_word,
    "said": said,
}
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
CORRECTED = letters.kind(
    "attendance.corrected",
    words=WORDS,
    title=_("Your attendance of %(on)s was corrected"),
    body=_("%(end)s: %(said)s. %(by)s gives as the reason: %(reason)s. What you pressed is kept."),
    short=_("Your attendance was corrected."),
    is_mandatory=True,
)
TAKEN_BACK = letters.kind(
    "attendance.correction_taken_back",
    words=WORDS,
    title=_("A correction of your attendance of %(on)s was taken back"),
    body=_("%(end)s: what you pressed counts again. %(by)s gives as the reason: %(reason)s."),
    short=_("A correction of your attendance was taken back."),
    is_mandatory=True,
)
MONTH_ADJUSTED = letters.kind(
    "attendance.month_adjusted",
    words=WORDS,
    title=_("Your locked month %(month)s was adjusted"),
    body=_(
        "%(because)s: %(changed)s. The locked figures stay as they are; the adjustment stands beside them."
    ),
    short=_("Your month of attendance was adjusted."),
    is_mandatory=True,
)
MONTH_OF_ADJUSTED = letters.kind(
    "attendance.month_of_adjusted",
    words=WORDS,
    title=_("The locked month %(month)s of %(person)s was adjusted"),
    body=_("%(because)s: %(changed)s. If it has been paid by already, settle the difference."),
    short=_("A locked month of attendance was adjusted."),
    is_mandatory=True,
)
CLOSES = letters.reason("attendance.closes", _("You close months of attendance."))
ABOUT = letters.reason("attendance.about", _("It is about your own attendance."))
LEADS = letters.reason("attendance.leads", _("They report to you, and you decide on check-ins."))
PRESSED = letters.reason("attendance.pressed", _("It is about your own check-in."))
