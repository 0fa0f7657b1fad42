"""The sheets as they stand: rows and heads, for telling where something stands, and what our own columns say."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

import openpyxl
from openpyxl.utils import get_column_letter

OWN_COLUMNS = (
    "qince_id", "qince_kind", "qince_category", "qince_purpose", "qince_sensitive", "qince_reason", "qince_others",
)  # fmt: skip
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


def _says(cell: object) -> bool:
    return cell is not None and bool(str(cell).strip())


class Sheets:
    """The cells of `survey`, `choices` and `settings`."""

    def __init__(self, content: bytes) -> None:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        self.titles: dict[str, str] = {}
        self.heads: dict[str, list[Head]] = {}
        self.headless: dict[
            tuple[str, str], int
        ] = {}  # sheet and letter of a column without a head: its first row
        self._lines: dict[str, list[tuple[int, dict[Head, str]]]] = {}
        for sheet in book.worksheets:
            lines = sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS, values_only=True)
            heads = [head_of(str(each)) if _says(each) else None for each in next(lines, ())]
            is_alone = len(book.worksheets) == 1  # whatever it is called, it is the survey
            name = "survey" if is_alone else sheet.title.strip().lower()
            self.titles[name] = sheet.title
            self.heads[name] = [head for head in heads if head]
            held = self._lines.setdefault(name, [])
            for number, line in enumerate(lines, start=2):
                held.append((number, {head: str(cell).strip() for head, cell in zip(heads, line, strict=False)
                                      if head and _says(cell)}))  # fmt: skip
                for at, cell in enumerate(line):
                    if _says(cell) and (at >= len(heads) or heads[at] is None):
                        self.headless.setdefault((name, get_column_letter(at + 1)), number)
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

    def twice(self) -> tuple[str, str] | None:
        """Sheet and heading of a column that stands there twice."""
        for name, heads in self.heads.items():
            seen = [each.written for each in heads]
            if found := next((each for each in seen if seen.count(each) > 1), None):
                return name, found
        return None

    def option(self, of: str, value: str, times: int) -> int | None:
        """The row in which an option of a list stands for the so-manieth time."""
        for number, cells in self.lines("choices"):
            plain = {head.name: cell for head, cell in cells.items()}
            if plain.get("list_name") == of and value in (plain.get("name"), plain.get("value")):
                times -= 1
                if not times:
                    return number
        return None

    def types(self) -> Iterator[tuple[int, str]]:
        """Rows of the survey and their types."""
        for number, cells in self.lines("survey"):
            kind = next((cell for head, cell in cells.items() if head.name in ("type", "command")), "")
            if kind:
                yield number, kind
