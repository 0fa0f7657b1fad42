"""Archives made for somebody to collect: written clear into a file without a name, kept sealed, opened when taken."""

import os
import shutil
import tempfile
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import IO
from uuid import UUID

from django.http import FileResponse, HttpResponseBase

from qince.core.files import keeping
from qince.core.files.models import Blob
from qince.core.files.serving import ENDINGS, guard, opened_display
from qince.kit.errors import NotFound
from qince.kit.vault.files import SealedContent, open_file


def seal_into(
    target: Path, fill: Callable[[IO[bytes]], object], *, organization_id: UUID, subject_id: UUID, label: str
) -> int:
    """Let `fill` write the clear archive, then seal it at `target`, under the subject's key; its clear size.

    Nothing clear is ever found by a name: the file it is written to has none, and is gone when closed.
    """
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryFile(dir=target.parent) as clear:
        fill(clear)
        clear.seek(0)
        sealed, beside = SealedContent(clear, organization_id, subject_id, label), target.with_suffix(".part")
        with open(beside, "wb", opener=_private) as out:
            for piece in sealed.chunks():
                out.write(piece)
        beside.replace(target)
        return clear.tell()


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def opened(target: Path, label: str) -> IO[bytes]:
    """The clear archive, to be read and closed. Removed, or its key destroyed: `NotFound`."""
    try:
        clear = open_file(target.open("rb"), label)
    except FileNotFoundError:
        clear = None
    if clear is None:
        raise NotFound
    return clear


def served(clear: IO[bytes], made_at: datetime) -> HttpResponseBase:
    """On its way to whoever collects it: saved, never shown, kept nowhere on the way."""
    name = f"qince-{made_at:%Y-%m-%d}.zip"
    response = FileResponse(clear, as_attachment=True, filename=name, content_type="application/zip")
    response["Cache-Control"] = "private, no-store"
    return guard(response)


def file_name(blob: Blob) -> str:
    """Where an archive holds the file."""
    return f"files/{blob.sha256[:16]}.{ENDINGS.get(blob.media_type, 'bin')}"


def add_file(archive: zipfile.ZipFile, blob: Blob, *, is_plain: bool = False) -> bool:
    """Add the original, byte for byte; whether it is still there. Pictures are compressed already.

    `is_plain`: a picture re-encoded for the screen, without the metadata that may say where it was taken.
    """
    try:
        if is_plain and blob.thumbnail_name:
            source = opened_display(blob)
        else:
            source = keeping.opened(blob, blob.storage_name, keeping.ORIGINAL)
    except NotFound:
        return False
    with source, archive.open(zipfile.ZipInfo(file_name(blob)), "w") as target:
        shutil.copyfileobj(source, target, 64 * 1024)
    return True
