"""The calendar in words."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils import formats
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from qince.employee.calendar.recurrence.rules import BadRule, Rule
from qince.kit.errors import Text

RULES: Mapping[str, Text] = {
    "unreadable": _("This is no rule of recurrence. Write for example FREQ=WEEKLY;BYDAY=MO."),
    "too_often": _("An event repeats daily at most. For several times a day enter several events."),
    "several_a_day": _(
        "%(part)s would make it happen several times a day. For each time of day enter an event."
    ),
    "no_frequency": _("Say how often: FREQ=DAILY, WEEKLY, MONTHLY or YEARLY."),
    "count_and_until": _("Say either how many times or until when, not both."),
    "out_of_range": _("%(part)s must be between %(least)s and %(most)s."),
    "no_number": _("%(part)s must be a whole number."),
    "too_long": _("%(part)s lists too much."),
    "unknown_part": _("%(part)s is not supported here. Say it by days, days of the month and months."),
    "no_weekday": _("“%(day)s” is no weekday. Write MO, TU, WE, TH, FR, SA or SU."),
    "nth_of_nothing": _("“%(day)s” counts within a month or a year, so it needs FREQ=MONTHLY or YEARLY."),
    "not_in_weeks": _("%(part)s does not go with this frequency. Use FREQ=MONTHLY."),
    "position_of_nothing": _("BYSETPOS needs days or months to choose from."),
    "no_until": _("The last day cannot be read. Write it like 20271231 or 20271231T160000Z."),
    "never": _("By this rule it would never happen. Change its days."),
    "starts_elsewhere": _("The rule begins on another day: %(first)s. Begin then, or change the rule."),
    "no_occurrence": _("The event does not happen at that time any more. Open it anew."),
}
# What an invitation is answered with, and how an answer looks.
ANSWERS: Mapping[str, Text] = {
    "accepted": _("Accept"),
    "tentative": _("Perhaps"),
    "declined": pgettext_lazy("invitation", "Decline"),
}
ANSWER_TONES = {"accepted": "green", "declined": "red", "tentative": "orange", "needs_answer": "grey"}


def bad_rule(error: BadRule) -> str:
    values = {
        name: formats.date_format(value, "SHORT_DATE_FORMAT") if isinstance(value, datetime) else value
        for name, value in error.values.items()
    }
    return str(RULES[error.code]) % values


_EACH: Mapping[str, Text] = {
    "DAILY": _("every day"),
    "WEEKLY": _("every week"),
    "MONTHLY": _("every month"),
    "YEARLY": _("every year"),
}
_EVERY: dict[str, Any] = {
    "DAILY": lambda n: ngettext("every %(n)d day", "every %(n)d days", n) % {"n": n},
    "WEEKLY": lambda n: ngettext("every %(n)d week", "every %(n)d weeks", n) % {"n": n},
    "MONTHLY": lambda n: ngettext("every %(n)d month", "every %(n)d months", n) % {"n": n},
    "YEARLY": lambda n: ngettext("every %(n)d year", "every %(n)d years", n) % {"n": n},
}


def rule_in_words(rule: Rule | None) -> str:
    """`every 2 weeks, Monday, Friday, 10 times`."""
    if rule is None:
        return ""
    each = str(_EACH[rule.frequency]) if rule.interval == 1 else _EVERY[rule.frequency](rule.interval)
    parts = [each]
    parts += [_nth(nth, str(WEEKDAYS[day])) if nth else str(WEEKDAYS[day]) for day, nth in rule.days]
    if rule.month_days:
        days = ", ".join(map(str, rule.month_days))
        parts.append(str(_("on day %(days)s of the month")) % {"days": days})
    if rule.count is not None:
        parts.append(ngettext("%(n)d time", "%(n)d times", rule.count) % {"n": rule.count})
    if rule.until is not None:
        until = formats.date_format(rule.until, "SHORT_DATE_FORMAT")
        parts.append(str(_("until %(day)s")) % {"day": until})
    return ", ".join(parts)


def _nth(nth: int, day: str) -> str:
    if nth < 0:
        return str(_("last %(day)s")) % {"day": day}
    return str(_("%(day)s number %(nth)d")) % {"day": day, "nth": nth}


def when(starts: datetime, ends: datetime, *, all_day: bool, zone: str = "") -> str:
    """`4 May 2026, 09:00–10:00`; the zone where it is not the reader's own."""
    day = formats.date_format(starts, "SHORT_DATE_FORMAT")
    if all_day:
        last = (ends - timedelta(days=1)).date()
        return day if last == starts.date() else f"{day} – {formats.date_format(last, 'SHORT_DATE_FORMAT')}"
    begins, till = f"{starts:%H:%M}", f"{ends:%H:%M}"
    if ends.date() != starts.date():
        till = f"{formats.date_format(ends, 'SHORT_DATE_FORMAT')} {till}"
    return f"{day} {begins}–{till}" + (f" ({zone})" if zone else "")


REMINDERS: tuple[tuple[int, Text], ...] = (
    (0, _("when it begins")),
    (5, _("5 minutes before")),
    (15, _("15 minutes before")),
    (30, _("30 minutes before")),
    (60, _("1 hour before")),
    (1440, _("1 day before")),
    (10080, _("1 week before")),
)
