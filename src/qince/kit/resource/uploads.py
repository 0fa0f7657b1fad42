"""Uploaded tables between dry run and import: kept in the data folder for a day, for the one who uploaded
them.

They hold personal data, so they are readable by the service only, found only by their uploader in the same
organization and resource, and removed when their day is over.
"""

import json
import os
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from qince.kit.actor import Actor
from qince.kit.errors import NotFound, Refusal
from qince.kit.ids import uuid7
from qince.kit.resource import sheets

LIFETIME = 24 * 3600  # seconds


@dataclass(slots=True)
class Upload:
    id: str
    owner: str
    resource: str
    filename: str
    kept_at: float
    line: int = 1
    texts: list[str] = field(default_factory=list)
    mapping: dict[str, int] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)  # line → what is wrong there, after the last run
    result: dict[str, Any] | None = None

    def path(self, organization: UUID) -> Path:
        return _folder(organization) / f"{self.id}.table"

    def save(self, organization: UUID) -> None:
        note = _folder(organization) / f"{self.id}.json"
        part = note.with_suffix(".part")
        _write(part, json.dumps(asdict(self), ensure_ascii=False).encode())
        part.replace(note)


def keep(actor: Actor, resource: str, file: UploadedFile) -> Upload:
    """Store an uploaded table for `actor`; whatever is out of date goes."""
    if (file.size or 0) > sheets.MAX_FILE:
        raise Refusal("file_too_large", _("The file is larger than 20 MB. Split it."), field="file")
    _purge(actor.organization_id)
    upload = Upload(str(uuid7()), str(actor.employee_id), resource, (file.name or "table")[:120], time.time())
    target = upload.path(actor.organization_id)
    with open(target, "wb", opener=_private) as out:
        for chunk in file.chunks():
            out.write(chunk)
    upload.save(actor.organization_id)
    return upload


def find(actor: Actor, resource: str, key: UUID) -> Upload:
    """The actor's own upload; anybody else's does not exist."""
    note = _folder(actor.organization_id) / f"{key}.json"
    try:
        upload = Upload(**json.loads(note.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        raise NotFound from None
    is_own = upload.owner == str(actor.employee_id) and upload.resource == resource
    if not is_own or time.time() - upload.kept_at > LIFETIME:
        raise NotFound
    return upload


def _folder(organization: UUID) -> Path:
    folder: Path = settings.DATA / "imports" / str(organization)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def _purge(organization: UUID) -> None:
    limit = time.time() - LIFETIME
    for path in _folder(organization).iterdir():
        if path.stat().st_mtime < limit:
            path.unlink(missing_ok=True)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _write(path: Path, content: bytes) -> None:
    with open(path, "wb", opener=_private) as out:
        out.write(content)
