"""What people are told about daily reports."""

from django.utils.translation import gettext_lazy as _

from qince.core.letters import registry as letters
from qince.core.letters.people import people, person
from qince.kit.errors import Text


def by_whom(key: str) -> Text:
    return person(key) if key else _("Your organization")


letters.group("daily_reports", _("Daily reports"))
WORDS = {"name": by_whom, "author": person, "names": people}
DUE = letters.kind(
    "daily_reports.due",
    title=_("%(template)s is due soon"),
    body=_("“%(template)s” for %(period)s is due by %(due)s, and is not there yet."),
    short=_("A report is due soon."),
)
NUDGED = letters.kind(
    "daily_reports.nudged",
    words=WORDS,
    title=_("%(name)s asks for your report"),
    body=_("“%(template)s” for %(period)s is not there yet. It was due by %(due)s."),
    short=_("You are asked for a report."),
)
MISSING = letters.kind(
    "daily_reports.missing",
    words=WORDS,
    title=_("%(template)s %(period)s: %(count)s missing"),
    body=_("Of %(owed)s who owed it, %(sent)s have reported. Missing: %(names)s"),
    short=_("Reports are missing."),
)
COMMENTED = letters.kind(
    "daily_reports.commented",
    words=WORDS,
    title=_("%(name)s commented on your report"),
    body=_("About “%(template)s” for %(period)s."),
    short=_("There is a comment on your report."),
)
MENTIONED = letters.kind(
    "daily_reports.mentioned",
    words=WORDS,
    title=_("%(name)s mentioned you"),
    body=_("In a comment on “%(template)s” of %(author)s for %(period)s."),
    short=_("You are mentioned in a comment."),
)
OWES = letters.reason("daily_reports.owes", _("You report by “%(template)s”."))
RECEIVES = letters.reason("daily_reports.receives", _("You receive the reports of “%(template)s”."))
ASKED = letters.reason("daily_reports.asked", _("Somebody who may remind you asked for it."))
SPOKEN_TO = letters.reason(
    "daily_reports.spoken_to", _("The comment is about your report, or speaks to you.")
)
