"""Putting files to a case, and corrections of the calendar."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from qince.core.rights import calendar, comparing, papers
from qince.core.rights.actions.handling import held
from qince.core.rights.models import CalendarDay, Case, CaseFile
from qince.core.rights.rules import CALENDAR, HANDLE
from qince.kit import bulk
from qince.kit.action import action, note, note_set
from qince.kit.actor import Actor
from qince.kit.errors import Conflict, NotFound, Refusal
from qince.kit.validation import check

Kind = CalendarDay.Kind


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


@action("rights.correct_calendar", permission=CALENDAR)
def correct_calendar(
    actor: Actor, day: CalendarDay | None = None, *, now: datetime, on: date, kind: str, note: str = ""
) -> CalendarDay:
    """Say of a day what it is; from then on it is the organization's own word."""
    found = CalendarDay() if day is None else CalendarDay.objects.filter(pk=day.pk).first()
    if found is None:
        raise NotFound
    before = found.kind if day else ""
    found.on, found.note = on, note.strip()
    found.is_workday, found.is_statutory = kind == Kind.WORKDAY, kind == Kind.STATUTORY
    found.source, found.source_version = CalendarDay.Source.OWN, ""
    check(found)
    found.save()
    _record(found, before, found.kind)
    return found


@action("rights.remove_calendar_day", permission=CALENDAR)
def remove_calendar_day(actor: Actor, day: CalendarDay, *, now: datetime) -> None:
    """The day is again what the week says; in a year that is not filled in yet, what the library says."""
    found = CalendarDay.objects.filter(pk=day.pk).first()
    if found is None:
        raise NotFound
    _record(found, found.kind, "")
    found.delete()


@action("rights.seed_calendar")
def seed_calendar(actor: Actor, *, year: int, now: datetime) -> int:
    """Fill a year in from the library, once; how many days. What was entered or removed by hand stays so."""
    mine = CalendarDay.objects.filter(on__year=year)
    if not calendar.is_published(year) or mine.filter(source=CalendarDay.Source.LIBRARY).exists():
        return 0
    known, edition = set(mine.values_list("on", flat=True)), calendar.library()
    rows = [
        CalendarDay(
            on=each.on, is_workday=each.kind == Kind.WORKDAY, is_statutory=each.kind == Kind.STATUTORY,
            note=each.name[:100], source=CalendarDay.Source.LIBRARY, source_version=edition,
        )
        for each in calendar.given(year)
        if each.on not in known
    ]  # fmt: skip
    bulk.put(rows, key=("organization", "on"))
    note_set(CalendarDay, str(year), rows=len(rows), edition=edition)
    return len(rows)


@action("rights.take_from_library", permission=CALENDAR)
def take_from_library(actor: Actor, *, year: int, keys: Collection[str], now: datetime) -> int:
    """Let the library's word hold for these differences, as they were seen; how many days. The others stay."""
    found = {each.key: each for each in comparing.differences(year)}
    if set(keys) - found.keys():
        raise Conflict(
            "changed_meanwhile", _("The calendar was changed meanwhile. Compare anew; nothing was taken.")
        )
    for key in sorted(keys):
        _take(found[key])
    return len(set(keys))


def _take(each: comparing.Difference) -> None:
    rows = CalendarDay.objects.select_for_update().filter(on=each.on)
    row = rows.first() or CalendarDay(on=each.on)
    _record(row, each.here, each.there)
    if not each.there:
        rows.delete()
        return
    row.is_workday, row.is_statutory = each.there == Kind.WORKDAY, each.there == Kind.STATUTORY
    row.note, row.source, row.source_version = each.name[:100], CalendarDay.Source.LIBRARY, calendar.library()
    check(row)
    row.save()


def _record(day: CalendarDay, before: str, after: str) -> None:
    note(day, kind=(before, after))
