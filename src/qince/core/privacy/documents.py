"""The prose of the notice: one text file per document and language, with places for what is generated.

Lines mean: `# title`, `## anchor Title` (a part), `### heading`, `- item`, a paragraph. `**whole line**` is
set in bold because it needs special attention; `@name` is replaced by what `inventory` generates under that name.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from string import Template
from typing import Any

FOLDER = Path(__file__).parent / "documents"
TEXT, HEADING, ITEM, TABLE = "text", "heading", "item", "table"
_BOLD = re.compile(r"\*\*(.+)\*\*")


@dataclass(frozen=True, slots=True)
class Row:
    cells: tuple[str, ...]
    sensitive: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A piece of text; a table has its caption as text, its headings as first row."""

    text: str
    sensitive: bool = False
    style: str = TEXT
    rows: tuple[Row, ...] = ()


@dataclass(slots=True)
class Section:
    anchor: str
    title: str
    paragraphs: list[Paragraph] = field(default_factory=list)


@dataclass(slots=True)
class Document:
    kind: str
    title: str
    sections: list[Section]

    def as_dict(self) -> dict[str, Any]:
        """As it is kept and hashed: exactly what JSON gives back."""
        found: dict[str, Any] = json.loads(json.dumps(asdict(self)))
        for section in found["sections"]:
            for paragraph in section["paragraphs"]:
                if paragraph["style"] != TABLE:
                    del paragraph["rows"]
        return found


Generated = Mapping[str, Callable[[], list[Paragraph]]]


def read(kind: str, language: str, values: Mapping[str, str], generated: Generated) -> Document:
    """The document `kind` in `language`. What precedes its first part belongs to a part called `preamble`."""
    source = Template((FOLDER / f"{kind}.{language}.md").read_text(encoding="utf-8")).substitute(values)
    document = Document(kind, "", [Section("preamble", "")])
    for line in source.splitlines():
        if line.startswith("# "):
            document.title = document.sections[0].title = line[2:]
        elif line.startswith("## "):
            anchor, title = line[3:].split(" ", 1)
            document.sections.append(Section(anchor, title))
        elif line.startswith("@"):
            document.sections[-1].paragraphs += generated[line[1:]]()
        elif line:
            document.sections[-1].paragraphs.append(_paragraph(line))
    return document


def _paragraph(line: str) -> Paragraph:
    bold = _BOLD.fullmatch(line)
    text = bold[1] if bold else line
    for mark, style in (("### ", HEADING), ("- ", ITEM)):
        if text.startswith(mark):
            return Paragraph(text.removeprefix(mark), bool(bold), style)
    return Paragraph(text, bool(bold))
