"""Putting files to a case, and corrections of the calendar."""

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from qince.core.rights import papers
from qince.core.rights.actions.handling import held
from qince.core.rights.models import CalendarDay, Case, CaseFile
from qince.core.rights.rules import HANDLE
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.errors import NotFound, Refusal
from qince.kit.validation import check


@action("rights.add_file", permission=HANDLE)
def add_file(actor: Actor, case: Case, *, now: datetime, role: str, file: Any) -> CaseFile:
    """Add a proof, evidence or the letter itself."""
    found = held(actor, case)
    if role not in CaseFile.Role.values:
        raise Refusal("unknown_role", _("Say what the file is."), field="role")
    added = papers.add(found, role=role, name=file.name, content=file.read(), by=actor.employee_id, now=now)
    found.save()
    note(found, file=role, sha256=added.sha256)
    return added


@action("rights.open_file", permission=HANDLE)
def open_file(actor: Actor, file: CaseFile, *, now: datetime) -> bytes:
    """The content, on record who opened it."""
    content = papers.content_of(file)
    note(file.case, opened=file.role)
    return content


@action("rights.correct_calendar", permission=HANDLE)
def correct_calendar(
    actor: Actor, day: CalendarDay | None = None, *, now: datetime, on: date, is_workday: bool, note: str = ""
) -> CalendarDay:
    """Say of a day whether it is a working day; the calendar of the library is overruled."""
    found = CalendarDay() if day is None else CalendarDay.objects.filter(pk=day.pk).first()
    if found is None:
        raise NotFound
    found.on, found.is_workday, found.note = on, is_workday, note.strip()
    check(found)
    found.save()
    _record(found)
    return found


def _record(day: CalendarDay) -> None:
    note(day, is_workday=day.is_workday)
