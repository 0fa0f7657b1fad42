"""The hash chain: digests of entries, links between them, and their verification."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder

from qince.kit.vault import api as vault

GENESIS = bytes(32)


def canonical(value: Any) -> bytes:
    return json.dumps(
        value, cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False, separators=(",", ":")
    ).encode()


def digest_of(entry: Any) -> bytes:
    """SHA-256 over everything an entry says, and its salt: without the salt the words cannot be guessed by trying."""
    changes = hashlib.sha256(canonical(entry.changes)).hexdigest()
    head = [
        str(entry.id),
        str(entry.organization_id),
        entry.at.isoformat(),
        entry.action,
        str(entry.actor_id or ""),
        entry.actor_name,
        entry.client,
        entry.target_kind,
        str(entry.target_id or ""),
        entry.target_name,
        changes,
        *([bytes(entry.salt).hex()] if entry.salt else []),  # entries before the salt have none
    ]
    return hashlib.sha256(canonical(head)).digest()


def seal_of_erased(entry: Any) -> bytes:
    """Vouches for an entry whose words were erased: keyed, over what it says now and the digest it had.

    Nobody without the organization's key can pass off an alteration as an erasure.
    """
    told = f"{bytes(entry.digest).hex()}:{digest_of(entry).hex()}"
    return bytes.fromhex(vault.digest(entry.organization_id, "audit.erased", told))


def stands(entry: Any) -> bool:
    """Whether the entry says what it said when it was written, or what a proper erasure left of it."""
    if entry.erased is not None:
        return bytes(entry.erased) == seal_of_erased(entry)
    return bytes(entry.digest) == digest_of(entry)


def link_of(previous: bytes, sequence: int, digest: bytes) -> bytes:
    return hashlib.sha256(previous + sequence.to_bytes(8, "big") + digest).digest()


@dataclass(frozen=True, slots=True)
class Break:
    """Where the trail does not hold: `kind` is altered, missing or relinked."""

    sequence: int
    entry_id: UUID | None
    kind: str


def verify(entries: Iterable[Any], *, previous: bytes = GENESIS, first: int = 1) -> Iterator[Break]:
    """Walk sealed entries in order of sequence and yield every place where the chain is broken."""
    expected = first
    for entry in entries:
        if entry.sequence != expected:
            yield Break(expected, None, "missing")
        digest = bytes(entry.digest)
        if not stands(entry):
            yield Break(entry.sequence, entry.id, "altered")
        elif entry.sequence == expected and bytes(entry.link) != link_of(previous, entry.sequence, digest):
            yield Break(entry.sequence, entry.id, "relinked")
        previous, expected = bytes(entry.link), entry.sequence + 1
