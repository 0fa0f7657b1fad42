"""Daily reports in words."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from qince.employee.daily_reports.models import Obligation
from qince.employee.daily_reports.models.obligations import State
from qince.employee.daily_reports.owing.rules import Basis, Cycle
from qince.kit.errors import Text

CYCLES: dict[str, Text] = {
    Cycle.DAILY.value: pgettext_lazy("report", "Every day"),
    Cycle.WEEKLY.value: pgettext_lazy("report", "Every week"),
    Cycle.MONTHLY.value: pgettext_lazy("report", "Every month"),
}
BASES: dict[str, Text] = {
    Basis.WORK.value: gettext_lazy("Working days: holidays and make-up days count as they do at work"),
    Basis.EVERY.value: gettext_lazy("Every day of the calendar"),
}
MARKS: dict[str, Text] = {
    "facts": gettext_lazy("From records"),
    "edited": gettext_lazy("Changed by hand"),
    "hand": gettext_lazy("Written by hand"),
}
TONES = {"expected": "blue", "on_time": "green", "late": "orange", "missing": "red", "exempt": "grey"}


def day(on: date) -> str:
    return formats.date_format(on, "SHORT_DATE_FORMAT")


def period(first: date, last: date) -> str:
    """`3 May`, `3 – 9 May`, `May 2026`."""
    if first == last:
        return day(first)
    if first.day == 1 and (last - first).days >= 27 and first.month == last.month:
        return formats.date_format(first, "YEAR_MONTH_FORMAT")
    return f"{day(first)} – {day(last)}"


def moment(at: Any) -> str:
    from django.utils import timezone

    return formats.date_format(timezone.localtime(at), "SHORT_DATETIME_FORMAT")


def _days(stored: Iterable[str]) -> str:
    return "、".join(day(date.fromisoformat(each)) for each in stored)


def explained(row: Obligation) -> list[str]:
    """Why a period stands as it does, fact by fact."""
    facts, said = row.facts, []
    if row.reason:
        said.append(_exempt(row))
    elif facts.get("days"):
        said.append(_("Owed for these working days: %(days)s.") % {"days": _days(facts["days"])})
    if facts.get("made_up"):
        said.append(_("Worked in place of a day off: %(days)s.") % {"days": _days(facts["made_up"])})
    if facts.get("away") and not row.reason:
        said.append(_("Leave on %(days)s; the other days are owed.") % {"days": _days(facts["away"])})
    said.append(
        _("Due by %(due)s, taken as late until %(late)s; the named minute still counts.")
        % {"due": moment(row.due_at), "late": moment(row.late_until)}
    )
    said.append(_sent(row))
    return said


def _exempt(row: Obligation) -> str:
    facts = row.facts
    if row.reason == Obligation.Reason.LEAVE:
        return _("Approved leave covers the whole working time of: %(days)s.") % {
            "days": _days(facts.get("days", ()))
        }
    if facts.get("on"):
        return f"{row.get_reason_display()}: {day(date.fromisoformat(facts['on']))}"
    return row.get_reason_display()


def _sent(row: Obligation) -> str:
    if row.sent_at is None:
        return _("Nothing has come.")
    return _("Sent at %(at)s; what counts is when it was sent on the phone, not when it arrived.") % {
        "at": moment(row.sent_at)
    }


def state_words(state: str) -> str:
    return str(State(state).label)
