"""XLSForms of different kinds, in the style of those that ODK and Kobo teach with; contents are our own.

Each is kept as a table of text in `xlsforms/`, so that it can be read and compared, and written as a workbook.
"""

from __future__ import annotations

from pathlib import Path

import xlsxwriter

from making.workbooks import MADE_AT

SOURCES = Path(__file__).with_name("xlsforms")


def make_xlsforms(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    for source in sorted(SOURCES.glob("*.md")):
        write_xlsform(folder / f"{source.stem}.xlsx", sheets_of(source.read_text(encoding="utf-8")))


def sheets_of(text: str) -> dict[str, list[list[str]]]:
    """Sheets by name, each as rows with the headings first. A cell in the first column begins a sheet."""
    found: dict[str, list[list[str]]] = {}
    rows: list[list[str]] = []
    for line in text.splitlines():
        name, *cells = (cell.strip() for cell in line.strip().strip("|").split("|"))
        if name:
            rows = found.setdefault(name, [])
        rows.append(cells)
    return found


def write_xlsform(path: Path, sheets: dict[str, list[list[str]]]) -> None:
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"created": MADE_AT})
        bold = book.add_format({"bold": True})
        for name, (headings, *rows) in sheets.items():
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            sheet.write_row(0, 0, headings, bold)
            for number, row in enumerate(rows, start=1):
                for column, text in enumerate(row):
                    if text:
                        sheet.write_string(number, column, text)
