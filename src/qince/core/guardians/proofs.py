"""Proofs of kinship: sealed under a key of the guardian's row, so that destroying it reaches backups too (C7-06)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from qince.core.guardians.models import Guardian
from qince.kit.tenancy import current_organization_id
from qince.kit.vault import api as vault

LABEL = "guardians.guardian.proof"


def seal(guardian_id: UUID, content: bytes) -> bytes:
    return vault.seal(current_organization_id(), guardian_id, LABEL, content)


def content_of(guardian: Guardian) -> bytes | None:
    return vault.open_sealed(LABEL, bytes(guardian.proof)) if guardian.proof else None


def erase(guardian: Guardian, *, now: datetime) -> None:
    """The proof has served: empty it and, after the commit, destroy its key. The caller saves the row."""
    if guardian.proof_erased_at is None:
        guardian.proof, guardian.proof_erased_at = None, now
        organization, key = current_organization_id(), guardian.pk
        transaction.on_commit(lambda: vault.destroy_subject(organization, key))
