"""Walks through every cell that has no place in our forms, so that each is told of by row and column."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from qince.engines.forms.xlsform import reference
from qince.engines.forms.xlsform.findings import ERROR, NOTICE, Finding
from qince.engines.forms.xlsform.sheets import OWN_COLUMNS, Head, Sheets
from qince.kit.errors import Text

_TOKENS = re.compile(r"\w+\([^)]*\)|\S+")  # search('shops') is one
READ = ("survey", "choices", "settings")
ELSEWHERE = ("entities", "external_choices", "osm")  # told of where a question asks for them
SELECT = re.compile(r"(select[ _]one|select1)\b")


def leftovers(sheets: Sheets) -> list[Finding]:
    """In the order of the sheets. A column is told of once, where it first says something."""
    return [*_survey(sheets), *_choices(sheets), *_settings(sheets), *_unread(sheets)]


def _survey(sheets: Sheets) -> Iterator[Finding]:
    told: set[Head] = set()
    for row, cells in sheets.lines("survey"):
        kind = next((cell for head, cell in cells.items() if head.name in ("type", "command")), "")
        if not kind:
            continue  # a row without a type is a remark
        for head, cell in cells.items():
            if head.name == "appearance" or head.part == "appearance":
                yield from _appearances(row, head, kind, cell)
            elif head.name == "parameters":
                yield from _parameters(row, kind, cell)
            elif head not in told and (found := _column(row, head)):
                told.add(head)
                yield found


def _column(row: int, head: Head) -> Finding | None:
    whole = f"{head.name}::{head.part}" if head.part else head.name
    if whole in reference.TAKEN or head.name in OWN_COLUMNS:
        return None
    if head.name in reference.TAKEN and head.name != "jr:count":
        return None  # a language stands behind it
    what: Text
    if known := reference.COLUMNS.get(head.name):
        what, remedy = known
    else:
        what = _("The column “%(column)s” is not used here; what it says was left out.") % {
            "column": head.written
        }
        remedy = reference.GO_WITHOUT
    return Finding(NOTICE, "survey", row, head.written, str(what), str(remedy))


def _parameters(row: int, kind: str, cell: str) -> Iterator[Finding]:
    for name in re.findall(r"([\w-]+)\s*=", cell):
        if name in reference.PARAMETERS_TAKEN and kind == "range":
            continue
        what = _("The parameter “%(name)s” was left out.") % {"name": name}
        known, remedy = reference.PARAMETERS.get(name, ("", reference.GO_WITHOUT))
        yield Finding(NOTICE, "survey", row, "parameters", f"{what} {known}".strip(), str(remedy))


def _appearances(row: int, head: Head, kind: str, cell: str) -> Iterator[Finding]:
    for name in _TOKENS.findall(cell):
        if _has_effect(name.lower(), kind):
            continue
        level, remedy = NOTICE, str(reference.GO_WITHOUT)
        what = _("The appearance “%(name)s” was left out.") % {"name": name}
        meant: Text = reference.APPEARANCES.get(name.lower(), "")
        for pattern, words in reference.APPEARANCE_KINDS:
            meant = words if pattern.fullmatch(name) else meant
        for pattern, words, mend in reference.APPEARANCES_REFUSED:
            if pattern.fullmatch(name):
                level, what, meant, remedy = ERROR, str(words), "", str(mend)
        yield Finding(level, "survey", row, head.written, f"{what} {meant}".strip(), remedy)


def _has_effect(name: str, kind: str) -> bool:
    plain = "select_one" if SELECT.match(kind) else kind
    return plain in reference.APPEARANCES_TAKEN.get(name, ())


def _choices(sheets: Sheets) -> Iterator[Finding]:
    told: set[Head] = set()
    what, remedy = reference.CHOICE_MEDIA
    for row, cells in sheets.lines("choices"):
        for head in cells:
            if head.name in reference.MEDIA and head not in told:
                told.add(head)
                yield Finding(NOTICE, "choices", row, head.written, str(what), str(remedy))


def _settings(sheets: Sheets) -> Iterator[Finding]:
    for row, cells in sheets.lines("settings"):
        for head in cells:
            if head.name in reference.SETTINGS_TAKEN:
                continue
            if refused := reference.SETTINGS_REFUSED.get(head.name):
                yield Finding(ERROR, "settings", row, head.written, str(refused[0]), str(refused[1]))
                continue
            unused = _("The setting “%(name)s” is not used here.") % {"name": head.written}
            what, remedy = reference.SETTINGS.get(head.name, (unused, reference.GO_WITHOUT))
            yield Finding(NOTICE, "settings", row, head.written, str(what), str(remedy))


def _unread(sheets: Sheets) -> Iterator[Finding]:
    """Cells under no head, and whole sheets that no form reads; those with a line before their name are remarks."""
    for (sheet, letter), row in sheets.headless.items():
        if sheet in READ:
            what = _("Column %(letter)s has no heading; what it says was left out.") % {"letter": letter}
            remedy = _("Write in row 1 what the column is, or remove it.")
            yield Finding(NOTICE, sheet, row, letter, what, remedy)
    for name, title in sheets.titles.items():
        if name not in (*READ, *ELSEWHERE) and not name.startswith("_") and any(sheets.lines(name)):
            what = _("The sheet “%(name)s” is not read.") % {"name": title}
            yield Finding(NOTICE, title, None, "", what, str(reference.GO_WITHOUT))
