"""Where a blob's bytes lie: the file itself, its thumbnail, and the copy for the screen, each sealed or clear.

What a person sent as evidence is sealed under that person's key, with every copy made of it. Product pictures and
other files of the organization stay clear. A file whose key is destroyed is, to every reader, not there.
"""

import logging
from io import BytesIO
from typing import IO, Any
from uuid import UUID

from django.core.files.base import File
from django.core.files.storage import default_storage

from qince.core.files.models import Blob
from qince.kit.errors import NotFound
from qince.kit.tenancy import current_organization_id
from qince.kit.vault.errors import Damaged
from qince.kit.vault.files import SealedContent, open_file

log = logging.getLogger(__name__)
ORIGINAL, THUMBNAIL, DISPLAY = "original", "thumbnail", "display"


def label(sha256: str, kind: str) -> str:
    """Bound to the sealed bytes, so that one file cannot be put in another's place."""
    return f"files.blob.{sha256}.{kind}"


def save(
    name: str, content: IO[bytes], *, sha256: str, kind: str, organization: UUID, subject: UUID | None
) -> str:
    """Store `content`, sealed where there is a `subject`; returns the name it got."""
    kept: Any = File(content)
    if subject is not None:
        kept = SealedContent(content, organization, subject, label(sha256, kind))
    return str(default_storage.save(name, kept))


def save_copy(blob: Blob, name: str, content: bytes, kind: str) -> str:
    """Store something made of the blob, under the same key."""
    return save(
        name,
        BytesIO(content),
        sha256=blob.sha256,
        kind=kind,
        organization=blob.organization_id or current_organization_id(),
        subject=subject_of(blob),
    )


def subject_of(blob: Blob) -> UUID | None:
    return blob.uploaded_by_id if blob.is_sealed else None


def opened(blob: Blob, name: str, kind: str) -> IO[bytes]:
    """The clear bytes, to be read and closed. Absent, damaged, or its key destroyed: `NotFound`."""
    if not default_storage.exists(name):
        raise NotFound
    stream: Any = default_storage.open(name)
    if not blob.is_sealed:
        return stream  # type: ignore[no-any-return]
    try:
        clear = open_file(stream, label(blob.sha256, kind))
    except Damaged:
        log.error("%s of file %s was altered or cut off", kind, blob.pk)
        clear = None
    if clear is None:
        raise NotFound
    return clear
