"""Export: the list as it stands (search, filters, order, columns) to CSV or XLSX, streamed, masks kept."""

import csv
import tempfile
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from qince.kit import clock
from qince.kit.action import action, note_set
from qince.kit.actor import Actor
from qince.kit.events import publish
from qince.kit.resource.columns import Column, export_value
from qince.kit.resource.declaration import Resource
from qince.kit.resource.escaping import escape
from qince.kit.resource.events import Exported
from qince.kit.resource.lists import Listing

CHUNK = 500
PRINTED = 1000
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


Asker = Callable[[Iterable[str], Iterable[str]], None]
_askers: list[Asker] = []


def asked_before_reading(asker: Asker) -> Asker:
    """Ask `asker(fields, purposes)` before rows leave or are printed: it refuses what was not collected for that."""
    _askers.append(asker)
    return asker


def record_export(resource: Resource) -> Any:
    """The act `<key>.export`: it changes nothing, but who took which rows away is worth a line in the trail."""

    def export(actor: Actor, *, now: datetime, rows: int, **facts: Any) -> None:
        note_set(resource.model, str(resource.title), rows=rows, **facts)
        publish(Exported(actor.employee_id, rows))

    return action(f"{resource.key}.export", permission=resource.permissions.export)(export)


def csv_page(request: HttpRequest, resource: Resource) -> HttpResponseBase:
    listing, name = _recorded(request, resource, "csv")
    headers = {"Content-Disposition": content_disposition_header(True, name) or ""}
    return StreamingHttpResponse(
        csv_lines(_table(listing)), content_type="text/csv; charset=utf-8", headers=headers
    )


def xlsx_page(request: HttpRequest, resource: Resource) -> HttpResponseBase:
    """Written to a temporary file on disk first: an XLSX cannot be streamed as it grows."""
    listing, name = _recorded(request, resource, "xlsx")
    file = tempfile.TemporaryFile(suffix=".xlsx")  # noqa: SIM115  (the response closes it)
    write_xlsx(file, _table(listing), str(resource.title))
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=name, content_type=XLSX_TYPE)


def _recorded(request: HttpRequest, resource: Resource, kind: str) -> tuple[Listing, str]:
    """The list to export, its file name; and a line in the audit trail."""
    listing = _listing(request, resource)
    rows = listing.matching.order_by().count()
    resource.recorder(listing.actor, now=clock.now(), rows=rows, format=kind, state=listing.state.query())
    return listing, f"{resource.title} {timezone.localdate():%Y-%m-%d}.{kind}"


def _listing(request: HttpRequest, resource: Resource) -> Listing:
    found = Listing(resource, request.actor, request.GET)  # type: ignore[attr-defined]
    for asker in _askers:
        asker(resource.fields_of(found.state.columns), resource.purposes)
    return found


def _table(listing: Listing) -> Iterator[list[Any]]:
    """Headings, then values, a chunk of rows in memory at a time."""
    columns: list[Column] = listing.state.columns
    yield [listing.resource.label(column) for column in columns]
    for rows in listing.order.chunks(CHUNK):
        for row in rows:
            yield [_plain(export_value(column, row, listing.actor)) for column in columns]


def _plain(value: Any) -> Any:
    """What a file can hold: text, number, date, or a local instant without its zone."""
    if value is None or (isinstance(value, int | float | Decimal | str) and not isinstance(value, bool)):
        return value
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, datetime):
        return clock.shown(value).replace(tzinfo=None, microsecond=0)
    if isinstance(value, list | tuple):
        return ", ".join(str(item) for item in value)
    return value if isinstance(value, date) else str(value)


class _Echo:
    """A file whose writing returns what was written."""

    def write(self, text: str) -> str:
        return text


def csv_lines(table: Iterator[list[Any]]) -> Iterator[str]:
    """CSV with a byte-order mark, so that Excel reads it as UTF-8."""
    writer = csv.writer(_Echo())
    yield "\ufeff"
    for row in table:
        yield writer.writerow([escape(value) if isinstance(value, str) else value for value in row])  # type: ignore[misc]


def write_xlsx(file: IO[bytes], table: Iterator[list[Any]], title: str) -> None:
    """Write row by row to disk. Text is written as text, marked as Excel marks `'=1`: it never becomes a
    formula.
    """
    import xlsxwriter  # 9 MiB that an idle process need not hold

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        sheet = book.add_worksheet(_sheet_name(title))
        sheet.freeze_panes(1, 0)
        formats = {
            "head": book.add_format({"bold": True, "bottom": 1, "bg_color": "#EEF3F9"}),
            "text": book.add_format({"num_format": "@", "quote_prefix": True}),
            "date": book.add_format({"num_format": "yyyy-mm-dd"}),
            "instant": book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
        }
        for number, row in enumerate(table):
            if number == 0:
                sheet.set_column(0, max(len(row) - 1, 0), 16)
            for column, value in enumerate(row):
                _write(sheet, number, column, value, formats, is_head=number == 0)


def _write(sheet: Any, row: int, column: int, value: Any, formats: dict[str, Any], *, is_head: bool) -> None:
    if value is None or value == "":
        return
    if is_head:
        sheet.write_string(row, column, str(value), formats["head"])
    elif isinstance(value, datetime):
        sheet.write_datetime(row, column, value, formats["instant"])
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, formats["date"])
    elif isinstance(value, int | float | Decimal) and -(10**15) < value < 10**15:
        sheet.write_number(row, column, value)
    else:
        text = str(value)  # one that looks escaped gets one more apostrophe: an import takes one off
        sheet.write_string(row, column, escape(text) if text.startswith("'") else text, formats["text"])


def _sheet_name(title: str) -> str:
    """Excel allows 31 characters and not all of them."""
    return "".join(letter for letter in title if letter not in "[]:*?/\\'")[:31] or "Sheet1"


def print_page(request: HttpRequest, resource: Resource) -> HttpResponse:
    """The list for A4 paper: up to `PRINTED` rows."""
    listing = _listing(request, resource)
    rows = list(listing.order.slice(None)[: PRINTED + 1])
    context = {
        "resource": resource,
        "listing": listing,
        "rows": [listing.cells(row) for row in rows[:PRINTED]],
        "is_cut": len(rows) > PRINTED,
        "limit": PRINTED,
        "printed_at": clock.now(),
    }
    return render(request, "resource/print_list.html", context)
