"""The sheets as they stand: rows and heads, for telling where something stands, and what our own columns say."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

import openpyxl

OWN_COLUMNS = ("qince_id", "qince_kind", "qince_category", "qince_purpose", "qince_sensitive", "qince_reason")
MOST_ROWS, MOST_COLUMNS = 5000, 100
_JAVAROSA = re.compile(r"\bjr:")


@dataclass(frozen=True, slots=True)
class Head:
    """A column's head in small letters: `name` as XLSForm calls it, and the `part` behind it (`bind::relevant`)."""

    written: str
    name: str
    part: str = ""


def head_of(text: str) -> Head:
    """`label::English (en)`, `media:image`, `jr:count`, `read only`."""
    plain = _JAVAROSA.sub("jr-", text.strip().lower())
    name, *rest = (part.strip().replace(" ", "_").replace("jr-", "jr:") for part in re.split(r"::?", plain))
    return Head(text.strip(), name, rest[0] if rest else "")


class Sheets:
    """The cells of `survey`, `choices` and `settings`."""

    def __init__(self, content: bytes) -> None:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        self._lines: dict[str, list[tuple[int, dict[Head, str]]]] = {}
        for sheet in book.worksheets:
            lines = sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS, values_only=True)
            heads = [head_of(str(each)) if each is not None else None for each in next(lines, ())]
            self._lines.setdefault(sheet.title.strip().lower(), []).extend(
                (number, {head: str(cell).strip() for head, cell in zip(heads, line, strict=False)
                          if head and cell is not None and str(cell).strip()})
                for number, line in enumerate(lines, start=2)
            )  # fmt: skip
        self.rows: dict[str, int] = {}
        self.kinds: dict[str, str] = {}
        self.own: dict[str, dict[str, str]] = {}
        for number, cells in self.lines("survey"):
            plain = {head.name: cell for head, cell in cells.items()}
            name = plain.get("name") or plain.get("tag") or plain.get("value") or ""
            if name and name not in self.rows:
                self.rows[name] = number
                self.kinds[name] = plain.get("type") or plain.get("command") or ""
                self.own[name] = {head: cell for head, cell in plain.items() if head in OWN_COLUMNS}

    def lines(self, sheet: str) -> Iterator[tuple[int, dict[Head, str]]]:
        """Rows that hold anything, with the number that the program shows."""
        yield from ((number, cells) for number, cells in self._lines.get(sheet, []) if cells)

    def types(self) -> Iterator[tuple[int, str]]:
        """Rows of the survey and their types."""
        for number, cells in self.lines("survey"):
            kind = next((cell for head, cell in cells.items() if head.name in ("type", "command")), "")
            if kind:
                yield number, kind
