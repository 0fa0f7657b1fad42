"""Reading tables people upload: XLSX and CSV, row by row, with bounded memory and no trust in the file."""

import csv
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext_lazy as _
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape as unescape_xml

from qince.kit.errors import Refusal
from qince.kit.resource.escaping import unescape

MEBIBYTE = 1024 * 1024
MAX_FILE = 20 * MEBIBYTE
MAX_ROWS = 50_000
MAX_COLUMNS = 200
MAX_CELL = 5_000
# What an XLSX may unpack to, all parts together; its shared strings are held in memory while reading.
MAX_UNPACKED = 200 * MEBIBYTE
MAX_STRINGS = 32 * MEBIBYTE
MAX_PARTS = 500
SHARED_STRINGS = "xl/sharedStrings.xml"
# One sheet row that claims to stand at line 1,048,576 would yield a million empty ones before it.
MAX_EMPTY = 1_000


class UnreadableTable(Refusal):
    """The file is no table that can be read safely; the message says what to do."""


def read(path: Path) -> Iterator[tuple[int, list[str]]]:
    """(line number as the spreadsheet shows it, cells as text) for every row that is not empty."""
    rows = _xlsx(path) if _is_zip(path) else _csv(path)
    count = empty = 0
    for number, cells in rows:
        if not any(cells):
            empty += 1
            if empty > MAX_EMPTY:
                return
            continue
        count, empty = count + 1, 0
        if count > MAX_ROWS:
            message = _("The table has more than %(limit)d rows. Split it into several files.")
            raise UnreadableTable("too_many_rows", message % {"limit": MAX_ROWS})
        yield number, cells


def _is_zip(path: Path) -> bool:
    with path.open("rb") as file:
        head = file.read(8)
    if head.startswith(b"\xd0\xcf\x11\xe0"):  # OLE: .xls, or an encrypted .xlsx
        raise UnreadableTable(
            "old_excel",
            _("Old Excel files (.xls) and encrypted ones cannot be read. Save it as .xlsx or .csv."),
        )
    return head.startswith(b"PK")


def _xlsx(path: Path) -> Iterator[tuple[int, list[str]]]:
    check_archive(path)
    with path.open("rb") as file:  # a file, not its path: openpyxl judges paths by their ending
        try:
            book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
        except Exception as error:  # openpyxl raises whatever the broken part raised
            raise _broken() from error
        try:
            sheet = book.worksheets[0] if book.worksheets else None
            if sheet is None:
                raise _broken()
            sheet.reset_dimensions()  # files lie about their size
            yield from _sheet_rows(sheet)
        finally:
            book.close()


def _sheet_rows(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    rows = sheet.iter_rows(max_col=MAX_COLUMNS, values_only=True)
    number = 0
    while True:
        try:
            values = next(rows, None)
        except Exception as error:
            raise _broken() from error
        if values is None:
            return
        number += 1
        yield number, _trimmed([as_text(value) for value in values])


def _trimmed(cells: list[str]) -> list[str]:
    """Without the empty cells at the end, which spreadsheets pad rows with."""
    while cells and not cells[-1]:
        cells.pop()
    return cells


def check_archive(path: Path) -> None:
    """Refuse an archive that would unpack to more than it should, before anything is unpacked.

    A part that lies about its size is cut there by `zipfile` and then fails its checksum.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise _broken() from error
    sizes = {part.filename: part.file_size for part in parts}
    if (
        len(parts) > MAX_PARTS
        or sum(sizes.values()) > MAX_UNPACKED
        or sizes.get(SHARED_STRINGS, 0) > MAX_STRINGS
    ):
        raise UnreadableTable(
            "archive_too_large", _("The file unpacks to far more than a table needs. Save it again as .csv.")
        )
    if "xl/workbook.xml" not in sizes:
        raise _broken()


def _broken() -> UnreadableTable:
    return UnreadableTable(
        "unreadable_table", _("This is no readable .xlsx or .csv table. Open it, save it again, repeat.")
    )


def _csv(path: Path) -> Iterator[tuple[int, list[str]]]:
    with open(path, encoding=_encoding(path), newline="", errors="replace") as file:
        dialect = _dialect(file)
        previous_limit = csv.field_size_limit(MAX_CELL * 20)
        try:
            reader = csv.reader(file, delimiter=dialect)
            for cells in reader:
                yield reader.line_num, _trimmed([unescape(cell)[:MAX_CELL] for cell in cells[:MAX_COLUMNS]])
        except csv.Error as error:
            raise _broken() from error
        finally:
            csv.field_size_limit(previous_limit)


def _encoding(path: Path) -> str:
    """UTF-8 (with or without mark), UTF-16 by its mark, else GB 18030, as Excel in Chinese writes."""
    with path.open("rb") as file:
        head = file.read(MEBIBYTE)
    if b"\0" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _broken()
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        head[: head.rfind(b"\n") + 1 or len(head)].decode("utf-8-sig")
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8-sig"


def _dialect(file: IO[str]) -> str:
    """The delimiter that the first line uses most."""
    first = file.readline(MAX_CELL)
    file.seek(0)
    return max((",", "\t", ";"), key=first.count)


def as_text(value: Any) -> str:
    """A cell as people read it: 13800000000.0 is a number without a point, a date is ISO."""
    if value is None:
        return ""
    if isinstance(value, str):
        return unescape(unescape_xml(value))[:MAX_CELL]
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time.min:
        return value.date().isoformat()
    if isinstance(value, date | datetime):
        return value.isoformat(sep=" ") if isinstance(value, datetime) else value.isoformat()
    return str(value)[:MAX_CELL]
