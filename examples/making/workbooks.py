"""Writing the files as Excel would, and the same way every time."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter

Row = Sequence[Any]
# Excel stamps the time of making into the file; a fixed one keeps two runs identical.
MADE_AT = dt.datetime(2026, 11, 2, 9, 0)  # noqa: DTZ001 - Excel knows no zones


def write_workbook(
    path: Path, headings: Sequence[str], rows: Iterable[Row], notes: Sequence[tuple[str, str]] = ()
) -> None:
    """One sheet of rows under bold headings; ``notes`` (heading, what to fill in) become a second sheet."""
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as book:
        book.set_properties({"created": MADE_AT})
        bold = book.add_format({"bold": True, "bg_color": "#E8EEF7"})
        sheet = book.add_worksheet("Sheet1")
        _write_sheet(sheet, bold, headings, rows)
        if notes:
            _write_sheet(book.add_worksheet("填写说明"), bold, ("列", "说明"), notes)


def _write_sheet(sheet: Any, bold: Any, headings: Sequence[str], rows: Iterable[Row]) -> None:
    sheet.freeze_panes(1, 0)
    sheet.write_row(0, 0, headings, bold)
    for column, heading in enumerate(headings):
        sheet.set_column(column, column, max(12, 2 * len(heading) + 2))
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            _write_cell(sheet, number, column, value)


def _write_cell(sheet: Any, row: int, column: int, value: Any) -> None:
    """Digits kept as text stay text: a mobile or barcode written as a number loses digits in Excel."""
    match value:
        case "" | None:
            sheet.write_blank(row, column, None)
        case str():
            sheet.write_string(row, column, value)
        case dt.date():
            sheet.write_datetime(row, column, dt.datetime.combine(value, dt.time()))
        case Decimal() | int():
            sheet.write_number(row, column, float(value))


def write_csv(path: Path, headings: Sequence[str], rows: Iterable[Row]) -> None:
    """Comma separated, UTF-8 with a byte order mark and CRLF: what Excel saves as "CSV UTF-8"."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([headings, *rows])
