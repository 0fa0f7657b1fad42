"""Writing the archive, a page of rows in memory at a time, and sealing it."""

import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any
from uuid import UUID

from django.template.loader import render_to_string
from django.utils.translation import override

from qince.core.erasure.packing.values import plain
from qince.core.files.models import Blob
from qince.core.files.packages import add_file
from qince.core.processing.models import Archive
from qince.core.processing.tables import Column, Table, kept_by_operator, tables
from qince.kit.resource.exporting import csv_lines
from qince.kit.tenancy import tenant
from qince.kit.vault.fields import EncryptedBinaryField

Progress = Callable[[int], object]


@dataclass(frozen=True, slots=True)
class Written:
    """A table as the index lists it."""

    table: Table
    rows: int

    @property
    def file(self) -> str:
        return f"data/{self.table.key}.csv"


class Writer:
    """One archive on its way into `out`. Each page of rows is a transaction of its own."""

    def __init__(
        self, out: IO[bytes], archive: Archive, excluded: frozenset[UUID], progress: Progress
    ) -> None:
        self.archive, self.excluded, self.progress = archive, excluded, progress
        self.organization_id: UUID = archive.organization_id  # type: ignore[assignment]
        self.rows = self.files = 0
        self.zip = zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, allowZip64=True)

    def write(self, *, now: datetime) -> None:
        with override(self.archive.language), self.zip:
            written = [self._table(each) for each in tables(self.excluded)]
            for each in written:
                if _has_papers(each.table) and each.rows:
                    self._papers(each.table)
            self._blobs()
            self._index([each for each in written if each.rows], now)

    def _table(self, table: Table) -> Written:
        before = self.rows
        with self.zip.open(f"data/{table.key}.csv", "w", force_zip64=True) as out:
            for line in csv_lines(self._lines(table)):
                out.write(line.encode())
        return Written(table, self.rows - before)

    def _lines(self, table: Table) -> Iterator[list[Any]]:
        yield [column.heading for column in table.columns]
        for page in self._pages(table):
            yield from ([_cell(column, row) for column in table.columns] for row in page)
            self.rows += len(page)
            self.progress(self.rows)

    def _pages(self, table: Table) -> Iterator[list[Any]]:
        pages = table.pages()
        while True:
            with tenant(self.organization_id):
                page = next(pages, None)
                if page is None:
                    return
                yield page

    def _papers(self, table: Table) -> None:
        """What is kept in the row as bytes and is no text: papers handed in."""
        names = [each.name for each in table.model._meta.local_concrete_fields if _is_paper(each)]
        for page in self._pages(table):
            for row in page:
                for name in names:
                    if (content := getattr(row, name)) is not None and not _is_text(content):
                        self.zip.writestr(_paper_name(row, name), content)
                        self.files += 1

    def _blobs(self) -> None:
        for page in self._pages(Table(Blob, self.excluded)):
            self.files += sum(add_file(self.zip, blob) for blob in page)

    def _index(self, written: list[Written], now: datetime) -> None:
        with tenant(self.organization_id):
            asked_by = str(self.archive.requested_by)
            organization = self.archive.organization.name
        about = {
            "organization": organization,
            "asked_by": asked_by,
            "reason": self.archive.reason,
            "made_at": now.isoformat(timespec="seconds"),
        }
        listed = [
            {
                "file": each.file,
                "rows": each.rows,
                "columns": _about(each.table),
                "withheld": {name: str(because) for name, because in each.table.withheld},
            }
            for each in written
        ]
        told = json.dumps({**about, "tables": listed}, ensure_ascii=False, indent=1)
        self.zip.writestr("index.json", told)
        context = {**about, "now": now, "written": written, "files": self.files, "kept": kept_by_operator(),
                   "language": self.archive.language}  # fmt: skip
        self.zip.writestr("index.html", render_to_string("processing/package/index.html", context))


def _about(table: Table) -> list[dict[str, Any]]:
    """What each column is, for machines: the same that the page says in words."""
    return [
        {"name": column.name, "heading": column.heading}
        | (
            {
                "category": str(column.meaning.category),
                "sensitive": column.meaning.is_sensitive,
                "controller": column.meaning.controller,
                "purposes": list(column.meaning.purposes),
                "retention": column.meaning.retention,
            }
            if column.meaning
            else {}
        )
        for column in table.columns
    ]


def _cell(column: Column, row: Any) -> Any:
    """As a table can hold it: nested values as JSON, papers by the name of their file."""
    content = getattr(row, column.name)
    if isinstance(content, bytes | memoryview) and not _is_text(content):
        return _paper_name(row, column.name)
    found = plain(column.value(row))
    return json.dumps(found, ensure_ascii=False) if isinstance(found, dict | list) else found


def _paper_name(row: Any, name: str) -> str:
    return f"files/{row._meta.label_lower}.{name}/{row.pk}"


def _has_papers(table: Table) -> bool:
    return any(_is_paper(each) for each in table.model._meta.local_concrete_fields)


def _is_paper(each: Any) -> bool:
    return isinstance(each, EncryptedBinaryField)


def _is_text(content: bytes | memoryview) -> bool:
    try:
        bytes(content).decode()
    except UnicodeDecodeError:
        return False
    return True
