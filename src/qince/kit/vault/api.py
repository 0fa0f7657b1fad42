"""What other code calls. Labels name the place of a value (`model.field`); a value opens only under its own label.

Reading never raises for want of a key: what was sealed under a destroyed key, or under one that is not in this key
store, is None. Bytes that were altered or moved raise `Damaged`. Writing for an erased subject raises `SubjectErased`.
"""

import hmac
from collections.abc import Iterable
from uuid import UUID

from qince.kit.ids import uuid7
from qince.kit.tenancy import organization_or_none
from qince.kit.vault import codec
from qince.kit.vault.errors import Damaged, OperatorKeyProblem, SubjectErased, VaultError
from qince.kit.vault.ring import ITSELF, Key, ring

__all__ = [
    "Damaged", "OperatorKeyProblem", "SubjectErased", "VaultError", "destroy_organization", "destroy_subject",
    "digest", "is_destroyed", "make_keys", "open_sealed", "seal", "subject_count",
]  # fmt: skip


def seal(organization_id: UUID, subject_id: UUID, label: str, data: bytes) -> bytes:
    """`data` sealed under the subject's key, which is made at its first use."""
    key = ring().for_writing(organization_id, subject_id)
    return codec.sealed(key.cipher, key.prefix, key.organization, label, data)


def open_sealed(label: str, data: bytes) -> bytes | None:
    """What was sealed under this label, or None where its key is destroyed or unknown."""
    key = key_of(data)
    return None if key is None else codec.opened(key.cipher, key.organization, label, data)


def key_of(data: bytes) -> Key | None:
    """The key that opens `data`. Inside a tenant's transaction another organization's is refused."""
    key = ring().for_reading(codec.key_id(data))
    if key is not None and organization_or_none() not in (None, key.organization_id):
        raise Damaged("sealed for another organization")
    return key


def make_keys(organization_id: UUID, subject_ids: Iterable[UUID]) -> int:
    """Make the missing keys of many subjects at once; how many of them can be written for now."""
    found = ring().make(organization_id, list(subject_ids))
    return sum(key is not None for key in found.values())


def destroy_subject(organization_id: UUID, subject_id: UUID) -> bool:
    """Destroy the subject's key for good, everywhere and at once. True when there was one to destroy.

    Also for a subject that never had a key: from now on nothing can be sealed for it.
    """
    held = ring()
    done = held.store().destroy_subject(organization_id, subject_id, uuid7().bytes)
    held.forget()
    return done


def is_destroyed(organization_id: UUID, subject_id: UUID) -> bool:
    """Whether the subject's key, or its whole organization's, was destroyed."""
    store = ring().store()
    if (found := store.organization(organization_id)) is not None and found[0] is None:
        return True
    return any(held.wrapped is None for held in store.subjects(organization_id, [subject_id]))


def destroy_organization(organization_id: UUID) -> int:
    """Destroy the organization's key and those of all its subjects; how many subjects had one."""
    held = ring()
    done = held.store().destroy_organization(organization_id, ITSELF)
    held.forget()
    return done


def subject_count(organization_id: UUID) -> int:
    """How many subjects of the organization have a key."""
    return ring().store().count(organization_id, ITSELF)


def digest(organization_id: UUID, kind: str, text: str) -> str:
    """A keyed digest in hex: equal texts of one kind in one organization agree, and nobody can guess by trying.

    For look-ups and for logs that must show that a value changed without showing it. Rotation leaves it as it is.
    """
    key = ring().for_writing(organization_id, ITSELF)
    return hmac.digest(key.secret, f"{kind}\0{text}".encode(), "sha256").hex()
