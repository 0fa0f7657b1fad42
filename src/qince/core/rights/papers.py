"""Files of a case: sealed under a key of the case's own, so that destroying it reaches backups too."""

import hashlib
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid5

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from qince.core.files.sniff import sniff
from qince.core.rights.models import Case, CaseFile
from qince.kit.errors import NotFound, Refusal
from qince.kit.ids import uuid7
from qince.kit.tenancy import current_organization_id
from qince.kit.vault import api as vault

LABEL = "rights.casefile.sealed"
MAX_SIZE = 8 * 1024 * 1024
MAX_FILES = 20
TEXT = "text/plain"


def add(
    case: Case, *, role: str, name: str, content: bytes, by: Any, now: datetime, is_text: bool = False
) -> CaseFile:
    """Keep a file with the case. Pictures, PDF and Office files; `is_text`: a message's own text."""
    if not 0 < len(content) <= MAX_SIZE:
        raise Refusal("file_too_large", _("A file may have at most 8 MB."), field="file")
    if case.files.count() >= MAX_FILES:
        raise Refusal("too_many_files", _("A case holds at most 20 files."), field="file")
    file = CaseFile(
        id=uuid7(),
        case=case,
        role=role,
        name=Path(name).name[:120] or "file",
        media_type=TEXT if is_text else _type_of(content),
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        sealed=vault.seal(current_organization_id(), _key(case, role), LABEL, content),
        added_by_id=by,
        added_at=now,
    )
    file.save(force_insert=True)
    return file


def content_of(file: CaseFile) -> bytes:
    """The bytes; absent once erased."""
    found = vault.open_sealed(LABEL, bytes(file.sealed)) if file.sealed else None
    if found is None:
        raise NotFound(_("This file was erased when the case was closed."))
    return found


def erase_proofs(case: Case, *, now: datetime) -> int:
    """Empty the proofs, and after the commit destroy their key: backups hold nothing readable either (C6.7-02)."""
    proofs = case.files.filter(role__in=CaseFile.PROOFS, erased_at__isnull=True)
    done = proofs.update(sealed=None, erased_at=now)
    if done:
        organization, key = current_organization_id(), case.pk
        transaction.on_commit(lambda: vault.destroy_subject(organization, key))
    return int(done)


def _key(case: Case, role: str) -> Any:
    """Proofs stand under a key that is destroyed with the closing; what stays as evidence under another of the case."""
    return case.pk if role in CaseFile.PROOFS else uuid5(case.pk, "kept")


def _type_of(content: bytes) -> str:
    with tempfile.NamedTemporaryFile() as file:
        file.write(content)
        file.flush()
        return sniff(Path(file.name)).media_type
