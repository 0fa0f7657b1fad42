"""Bringing keys back from a copy of the key store. What was destroyed here, or in the copy, stays destroyed."""

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from qince.kit.ids import uuid7
from qince.kit.vault import codec
from qince.kit.vault.ring import ITSELF, Ring
from qince.kit.vault.rotation import rewrapped
from qince.kit.vault.store import Held, Moved


@dataclass(slots=True)
class Merged:
    """Subjects' keys brought back, and those that were not because they have been destroyed."""

    added: int = 0
    destroyed: int = 0


def bring_back(ring: Ring, copy: Path) -> Merged:
    """Add the keys of the store in the folder `copy`, which is opened with its own operator's key."""
    other, result = Ring(copy, is_copy=True), Merged()
    theirs = AESGCM(other.operator_secret())
    for organization, wrapped in other.store().organizations():
        if wrapped is None:
            ring.store().destroy_organization(organization, ITSELF)
            continue
        old = AESGCM(codec.unwrapped(theirs, wrapped, *codec.for_organization(organization)))
        _one(ring, organization, other.store().all_subjects(organization), old, result)
    ring.forget()
    return result


def _one(ring: Ring, organization: UUID, keys: list[Held], old: AESGCM, result: Merged) -> None:
    alive = [key for key in keys if key.wrapped is not None]
    for _attempt in range(20):
        owner = ring.owner(organization)
        if owner is None:  # destroyed here
            result.destroyed += len(alive)
            return
        again = [Held(key.id, organization, key.subject, rewrapped(key, old, owner.cipher)) for key in alive]
        known = {key.id: key for key in ring.store().all_subjects(organization)}
        erased = {key.subject for key in known.values() if key.wrapped is None}
        try:
            result.added += ring.store().bring_back(organization, owner.wrapped, again)
        except Moved:
            ring.forget()
            continue
        result.destroyed += sum(key.subject in erased for key in alive)
        for key in keys:
            if key.wrapped is None:
                ring.store().destroy_subject(organization, key.subject, uuid7().bytes)
        return
