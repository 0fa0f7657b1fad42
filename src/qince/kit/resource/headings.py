"""Which column of an uploaded table is which field: found by its heading, in the words of several vendors."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from qince.kit.resource import sheets
from qince.kit.resource.importing import Field

# Exports put instructions above the headings; nobody puts more than this.
LOOKED_AT = 12
_NOISE = re.compile(r"[\s*:：_]|[(（\[【][^)）\]】]*[)）\]】]")


@dataclass(frozen=True, slots=True)
class Headings:
    """Where the headings stand, what they say, and which field each is (field name → column)."""

    line: int
    texts: list[str]
    mapping: dict[str, int]


def plain(heading: str) -> str:
    """A heading without marks, spaces and remarks in brackets: `*手机号（必填）` is `手机号`."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", heading)).casefold()


def match(texts: list[str], fields: Iterable[Field]) -> dict[str, int]:
    """Each field gets the first column whose heading is one of its names; a column serves one field."""
    columns = {plain(text): number for number, text in reversed(list(enumerate(texts))) if text}
    mapping: dict[str, int] = {}
    for field in fields:
        for name in (str(field.label), field.name, *field.synonyms):
            column = columns.get(plain(name))
            if column is not None and column not in mapping.values():
                mapping[field.name] = column
                break
    return mapping


def find(path: Path, fields: tuple[Field, ...]) -> Headings:
    """The row of the first few that says most field names; with none known, the first row."""
    first = list(islice(sheets.read(path), LOOKED_AT))
    if not first:
        raise sheets.UnreadableTable("empty_table", _("The table is empty."))
    found = [Headings(number, cells, match(cells, fields)) for number, cells in first]
    return max(found, key=lambda headings: (len(headings.mapping), -headings.line))


def body(path: Path, headings_line: int) -> Iterator[tuple[int, list[str]]]:
    """The rows below the headings."""
    return ((number, cells) for number, cells in sheets.read(path) if number > headings_line)
