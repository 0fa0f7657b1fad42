"""Taking in files: whole, or in pieces that may be resumed."""

import hashlib
import os
from io import BytesIO
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from qince.core.files import keeping
from qince.core.files.events import BlobStored
from qince.core.files.images import THUMBNAIL_PX, reencoded
from qince.core.files.models import Blob, Upload
from qince.core.files.sniff import Sniffed, sniff
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.errors import Conflict, Refusal
from qince.kit.events import publish
from qince.kit.tenancy import current_organization_id

MAX_CHUNK = 1024 * 1024
MAX_SIZE = 20 * 1024 * 1024


@action("files.receive", permission=None)
def receive_chunk(
    actor: Actor, *, sha256: str, offset: int, size: int, chunk: bytes, is_evidence: bool
) -> Upload | Blob:
    """Add a piece at `offset`. Returns the upload so far, or the finished blob.

    The row is locked, so two senders of one file take turns; a wrong offset is answered with the right one.
    """
    if existing := Blob.objects.filter(sha256=sha256).first():
        return existing  # type: ignore[no-any-return]
    if not 0 < size <= MAX_SIZE or len(chunk) > MAX_CHUNK or offset + len(chunk) > size:
        raise Refusal(
            "file_too_large", _("A file may have at most 20 MB, a piece of it 1 MB."), max_size=MAX_SIZE
        )
    upload = _locked_upload(actor, sha256, size)
    if offset != upload.received or size != upload.size:
        raise Conflict("upload_offset", _("Continue where the earlier piece ended."), offset=upload.received)
    path = _part(upload)
    _append(path, offset, chunk)
    upload.received += len(chunk)
    upload.save(update_fields=["received", "updated_at"])
    return upload if upload.received < size else _complete(actor, upload, path, is_evidence)


def _locked_upload(actor: Actor, sha256: str, size: int) -> Upload:
    Upload.objects.bulk_create(
        [Upload(sha256=sha256, size=size, employee_id=actor.person_id)], ignore_conflicts=True
    )
    found: Upload = Upload.objects.select_for_update().get(sha256=sha256, employee=actor.employee_id)
    if not _part(found).exists() and found.received:  # the folder was lost or cleaned: begin again
        found.received = 0
    return found


def _part(upload: Upload) -> Path:
    return Path(settings.DATA) / "uploads" / str(upload.organization_id) / f"{upload.pk}.part"


def _append(path: Path, offset: int, chunk: bytes) -> None:
    """Write durably at `offset`: what the row says was received must be on disk first."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "r+b" if offset else "wb") as stream:
        stream.seek(offset)
        stream.write(chunk)
        stream.truncate()
        stream.flush()
        os.fsync(stream.fileno())


def _complete(actor: Actor, upload: Upload, path: Path, is_evidence: bool) -> Blob:
    """Check the hash and keep the file; a wrong one throws the part away."""
    try:
        with path.open("rb") as stream:
            if hashlib.file_digest(stream, "sha256").hexdigest() != upload.sha256:
                raise _Mismatch
        blob = keep(actor, path, sha256=upload.sha256, is_evidence=is_evidence)
    finally:
        path.unlink(missing_ok=True)
    upload.delete()
    return blob


class _Mismatch(Refusal):
    def __init__(self) -> None:
        super().__init__("hash_mismatch", _("The file was damaged on its way. Send it again."))


def keep(actor: Actor, path: Path, *, sha256: str, is_evidence: bool = False) -> Blob:
    """Store the file at `path` as a blob of the current organization; one blob per content.

    Evidence is kept byte for byte, sealed under its sender's key. Any other picture is re-encoded, which strips its
    metadata. Call inside an action.
    """
    if existing := Blob.objects.filter(sha256=sha256).first():
        return existing  # type: ignore[no-any-return]
    sniffed = sniff(path)
    folder = f"{current_organization_id()}/{sha256[:2]}"
    blob = Blob(
        sha256=sha256,
        size=path.stat().st_size,
        media_type=sniffed.media_type,
        width=sniffed.width,
        height=sniffed.height,
        is_evidence=is_evidence,
        is_sealed=is_evidence and actor.employee_id is not None,
        uploaded_by_id=actor.employee_id,
    )
    blob.storage_name = _stored(blob, f"{folder}/{sha256}", path, sniffed)
    if sniffed.is_image:
        thumbnail = reencoded(path, max_px=THUMBNAIL_PX, quality=75)
        blob.thumbnail_name = keeping.save_copy(
            blob, f"{folder}/{sha256}.thumbnail", thumbnail, keeping.THUMBNAIL
        )
    blob.save()
    note(blob, size=blob.size, media_type=blob.media_type)
    publish(BlobStored(blob.pk, sha256))
    return blob


def _stored(blob: Blob, name: str, path: Path, sniffed: Sniffed) -> str:
    recode = sniffed.is_image and not blob.is_evidence
    with BytesIO(reencoded(path, max_px=4000, quality=88)) if recode else path.open("rb") as stream:
        return keeping.save(
            name,
            stream,
            sha256=blob.sha256,
            kind=keeping.ORIGINAL,
            organization=current_organization_id(),
            subject=keeping.subject_of(blob),
        )


def upload_state(actor: Actor, sha256: str) -> tuple[bool, int] | None:
    """(complete?, bytes received) of a file the actor is sending; None when nothing is known of it."""
    if Blob.objects.filter(sha256=sha256).exists():
        return True, 0
    received = Upload.objects.filter(sha256=sha256, employee=actor.employee_id).values_list(
        "received", flat=True
    )
    return (False, received[0]) if received else None


def delete_part(organization_id: UUID, upload_id: UUID) -> None:
    (Path(settings.DATA) / "uploads" / str(organization_id) / f"{upload_id}.part").unlink(missing_ok=True)
