"""What came in, as one table over all versions: a column stands for a field by its stable id, wherever it moved."""

import io
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

import xlsxwriter
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qince.engines.forms import queries
from qince.engines.forms.keeping import SEALED, place_of
from qince.engines.forms.models import Form, FormVersion, Submission
from qince.engines.forms.reading import Names, label_of, shown, values_of
from qince.engines.forms.rules import EXPORT, VIEW
from qince.engines.forms.schema import Kind, numbers
from qince.engines.forms.schema.layout import Place
from qince.engines.forms.schema.types import NUMERIC, SELECTS, SILENT
from qince.kit.action import action, note_set
from qince.kit.actor import Actor
from qince.kit.resource.escaping import escape

MOST_CHARTED = 5000
MOST_EXPORTED = 50_000
CHUNK = 500


@dataclass(slots=True)
class Column:
    """A field over all versions, as the newest that has it calls it. `table`: the id of the table it stands in."""

    id: str
    label: str
    kind: Kind
    table: str = ""
    is_sensitive: bool = False
    versions: list[int] = field(default_factory=list)


@dataclass
class Sheet:
    """The columns of a form over its versions, and how a submission fills them."""

    form: Form
    versions: dict[Any, FormVersion]
    columns: list[Column]

    @property
    def plain(self) -> list[Column]:
        return [each for each in self.columns if not each.table]

    def of_table(self, table: str) -> list[Column]:
        return [each for each in self.columns if each.table == table]

    @property
    def tables(self) -> list[Column]:
        return [each for each in self.columns if each.kind is Kind.TABLE]

    def place(self, submission: Submission, column: Column) -> Place | None:
        return self.versions[submission.form_version_id].layout.places.get(column.id)

    def text(self, submission: Submission, column: Column, row: dict[str, Any], names: Names) -> str:
        """What a cell shows; a column that the submission's version does not have is empty."""
        place = self.place(submission, column)
        if place is None or column.id not in row:
            return ""
        if column.kind is Kind.TABLE:
            return str(len(row[column.id]))
        layout = self.versions[submission.form_version_id].layout
        return shown(layout, place, row[column.id], names)


def sheet_of(form: Form) -> Sheet:
    versions = {each.pk: each for each in queries.versions_of(form)}
    columns: dict[str, Column] = {}
    for version in versions.values():
        version.form = form
        for key, place in version.layout.places.items():
            own = place.field
            if own.kind in SILENT:
                continue
            known = columns.get(key)
            if known is None:
                table = place.tables[-1] if place.tables else ""
                known = Column(key, label_of(version.layout, place), own.kind, table)
                columns[key] = known
            known.is_sensitive = known.is_sensitive or place_of(own) == SEALED
            known.versions.append(version.number)
    return Sheet(form, versions, list(columns.values()))


def rows_of(actor: Actor, form: Form, permission: str = VIEW) -> Any:
    rows = queries.submissions_visible_to(actor, permission).filter(form=form)
    return rows.select_related("employee").order_by("-filled_at", "-pk")


def attach(sheet: Sheet, rows: Iterable[Submission]) -> list[Submission]:
    """The versions are read once, not with every row."""
    found = list(rows)
    for each in found:
        each.form_version = sheet.versions[each.form_version_id]
        each.form = sheet.form
    return found


# --- Charts and map ---


def charts(sheet: Sheet, rows: list[Submission]) -> list[dict[str, Any]]:
    """One for each question that can be counted or reckoned with."""
    found = []
    for column in sheet.columns:
        if column.is_sensitive:
            continue
        if column.kind in SELECTS:
            found.append(_counted(sheet, column, rows))
        elif column.kind in NUMERIC or column.kind is Kind.FORMULA:
            found.append(_reckoned(sheet, column, rows))
    return [each for each in found if each]


def _answers(sheet: Sheet, column: Column, rows: list[Submission]) -> Iterator[tuple[Submission, Place, Any]]:
    for row in rows:
        place = sheet.place(row, column)
        if place is not None:
            for value in values_of(row.data, place):
                yield row, place, value


def _counted(sheet: Sheet, column: Column, rows: list[Submission]) -> dict[str, Any]:
    counts: Counter[str] = Counter()
    names: dict[str, str] = {}
    for row, place, value in _answers(sheet, column, rows):
        layout = sheet.versions[row.form_version_id].layout
        for each in value if isinstance(value, list) else [value]:
            counts[each] += 1
            names.setdefault(each, shown(layout, place, each, Names(_NOBODY)))
    if not counts:
        return {}
    most = counts.most_common(20)
    return {
        "title": column.label,
        "data": {
            "type": "bar", "horizontal": True, "categories": [names[key] for key, _count in most],
            "series": [{"name": column.label, "values": [count for _key, count in most], "tone": "blue"}],
        },
    }  # fmt: skip


_NOBODY: Any = None  # options need no names of people


def _reckoned(sheet: Sheet, column: Column, rows: list[Submission]) -> dict[str, Any]:
    values = [numbers.parsed(str(value)) for _row, _place, value in _answers(sheet, column, rows)]
    values = [each for each in values if not each.is_nan()]
    if not values:
        return {}
    total = sum(values, Decimal(0))
    figures = {
        _("Answers"): str(len(values)),
        _("Sum"): numbers.shown(total),
        _("Average"): numbers.shown(
            numbers.rounded(numbers.divided(total, Decimal(len(values))), Decimal(2))
        ),
        _("Smallest"): numbers.shown(min(values)),
        _("Largest"): numbers.shown(max(values)),
    }
    return {"title": column.label, "figures": list(figures.items())}


def points(sheet: Sheet, rows: list[Submission]) -> dict[str, Any]:
    """Every position given, for a map."""
    found = []
    for column in sheet.columns:
        if column.kind is not Kind.LOCATION:
            continue
        for row, _place, value in _answers(sheet, column, rows):
            if "lat" in value:
                hint = f"{timezone.localtime(row.filled_at):%Y-%m-%d %H:%M}"
                found.append(
                    {
                        "lat": value["lat"],
                        "lng": value["lng"],
                        "label": row.employee.name,
                        "hint": hint,
                        "tone": "blue",
                    }
                )
    return {"points": found}


# --- Export ---


@action("forms.export", permission=EXPORT)
def record_export(actor: Actor, *, form: Form, rows: int, now: datetime) -> None:
    """Who took which answers away is worth a line in the trail."""
    note_set(Submission, form.name, rows=rows)


def workbook(actor: Actor, form: Form) -> tuple[bytes, int]:
    """All answers the actor may take away, as a workbook: one sheet, and one for each table. And how many."""
    sheet = sheet_of(form)
    out, count = io.BytesIO(), 0
    with xlsxwriter.Workbook(
        out, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        pages = {"": book.add_worksheet(_title(form.name))}
        pages |= {
            each.id: book.add_worksheet(_title(each.label, number))
            for number, each in enumerate(sheet.tables, 1)
        }
        lines = dict.fromkeys(pages, 1)
        for key, page in pages.items():
            heads = [*_heads(), *(each.label for each in (sheet.of_table(key) if key else sheet.plain))]
            for at, head in enumerate(heads):
                page.write_string(0, at, escape(head))
        rows = rows_of(actor, form, EXPORT)[:MOST_EXPORTED]
        for first in range(0, MOST_EXPORTED, CHUNK):
            chunk = attach(sheet, rows[first : first + CHUNK])
            if not chunk:
                break
            names = _names(actor, sheet, chunk)
            for each in chunk:
                count += 1
                _write(sheet, pages, lines, each, names)
    return out.getvalue(), count


def _heads() -> list[str]:
    return [_("Id"), pgettext("form", "Person"), _("Filled in"), _("Status"), _("Version")]


def _write(
    sheet: Sheet, pages: dict[str, Any], lines: dict[str, int], each: Submission, names: Names
) -> None:
    data = each.data
    _line(sheet, pages[""], lines, "", each, data, names)
    for table in sheet.tables:
        for row in _rows_within(sheet, each, table, data):
            _line(sheet, pages[table.id], lines, table.id, each, row, names)


def _rows_within(
    sheet: Sheet, each: Submission, table: Column, data: dict[str, Any]
) -> Iterator[dict[str, Any]]:
    place = sheet.place(each, table)
    if place is None:
        return
    for rows in values_of(data, place):
        yield from rows


def _line(
    sheet: Sheet,
    page: Any,
    lines: dict[str, int],
    key: str,
    each: Submission,
    row: dict[str, Any],
    names: Names,
) -> None:
    head = [
        str(each.pk), each.employee.name, f"{timezone.localtime(each.filled_at):%Y-%m-%d %H:%M:%S}",
        str(each.get_status_display()), str(sheet.versions[each.form_version_id].number),
    ]  # fmt: skip
    columns = sheet.of_table(key) if key else sheet.plain
    cells: list[Any] = [*head, *(_cell(sheet, each, column, row, names) for column in columns)]
    for at, cell in enumerate(cells):
        if isinstance(cell, float | int):
            page.write_number(lines[key], at, cell)
        elif cell:
            page.write_string(lines[key], at, escape(cell)[:32_000])
    lines[key] += 1


def _cell(sheet: Sheet, each: Submission, column: Column, row: dict[str, Any], names: Names) -> Any:
    text = sheet.text(each, column, row, names)
    if column.kind in NUMERIC and text and len(text) <= 15:
        return float(text)
    return text


def _names(actor: Actor, sheet: Sheet, rows: list[Submission]) -> Names:
    found = Names(actor)
    for version in sheet.versions.values():
        found.learn(version.layout, [each.data for each in rows if each.form_version_id == version.pk])
    return found


def names_for(actor: Actor, sheet: Sheet, rows: list[Submission]) -> Names:
    return _names(actor, sheet, rows)


def _title(name: str, number: int = 0) -> str:
    """A name Excel takes for a sheet, each once."""
    cleaned = "".join(" " if each in "[]:*?/\\'" else each for each in name).strip()[:26] or "Sheet"
    return f"{number} {cleaned}" if number else cleaned
