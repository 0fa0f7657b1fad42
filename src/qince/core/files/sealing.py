"""Sealing what was kept clear before there were keys: each file is exchanged in place, so it may be cut short and run
again. For migrations, which run while nothing else does."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage

from qince.core.files import keeping
from qince.kit.tenancy import tenant
from qince.kit.vault.files import MAGIC, SealedContent, open_file

BATCH = 200


def seal_all(apps: Any, editor: Any) -> None:
    _each(apps, is_sealed=True, exchange=_seal)


def open_all(apps: Any, editor: Any) -> None:
    _each(apps, is_sealed=False, exchange=_open)


def _each(apps: Any, *, is_sealed: bool, exchange: Any) -> None:
    table, organizations = apps.get_model("files", "Blob"), apps.get_model("organizations", "Organization")
    for organization in organizations.objects.order_by("pk").values_list("pk", flat=True):
        last = None
        while rows := _batch(table, organization, not is_sealed, last):
            for row in rows:
                for path, kind in _files(row):
                    exchange(row, path, kind)
            with tenant(organization):
                table.objects.filter(pk__in=[row.pk for row in rows]).update(is_sealed=is_sealed)
            last = rows[-1].pk


def _batch(table: Any, organization: Any, is_sealed: bool, last: Any) -> list[Any]:
    after = {} if last is None else {"pk__gt": last}
    with tenant(organization):
        rows = table.objects.filter(
            organization=organization,
            is_evidence=True,
            is_sealed=is_sealed,
            uploaded_by__isnull=False,
            **after,
        )
        return list(rows.order_by("pk")[:BATCH])


def _files(row: Any) -> Iterator[tuple[Path, str]]:
    for name, kind in (
        (row.storage_name, keeping.ORIGINAL),
        (row.thumbnail_name, keeping.THUMBNAIL),
        (f"{row.storage_name}.display", keeping.DISPLAY),
    ):
        if name and default_storage.exists(name):
            yield Path(default_storage.path(name)), kind


def _seal(row: Any, path: Path, kind: str) -> None:
    with path.open("rb") as source:
        if source.read(len(MAGIC)) == MAGIC:  # no picture and no document begins like this
            return
        source.seek(0)
        content = SealedContent(
            source, row.organization_id, row.uploaded_by_id, keeping.label(row.sha256, kind)
        )
        _exchange(path, content.chunks())


def _open(row: Any, path: Path, kind: str) -> None:
    """Back to clear. A file whose key is gone stays what it is: nothing."""
    with path.open("rb") as source:
        if source.read(len(MAGIC)) != MAGIC:
            return
        source.seek(0)
        if (clear := open_file(source, keeping.label(row.sha256, kind))) is not None:
            _exchange(path, iter(lambda: clear.read(1 << 16), b""))


def _exchange(path: Path, pieces: Iterator[bytes]) -> None:
    beside = path.with_name(path.name + ".new")
    with beside.open("wb") as target:
        for piece in pieces:
            target.write(piece)
        target.flush()
        os.fsync(target.fileno())
    beside.replace(path)
