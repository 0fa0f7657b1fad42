"""How sealed bytes look: version (1) | key id (16) | nonce (12) | AES-256-GCM ciphertext and tag.

The tag also covers version, key id, organization and label (the column), so that nothing can be moved elsewhere.
"""

import os
from collections.abc import Iterable
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from qince.kit.vault.errors import Damaged

VERSION = b"\x01"
KEY_ID, NONCE, TAG = 16, 12, 16
HEAD = len(VERSION) + KEY_ID
OVERHEAD = HEAD + NONCE + TAG
KEY_BYTES = 32


def bound(prefix: bytes, organization: bytes, label: str) -> bytes:
    """What the tag covers beside the value. Prefix and organization have fixed lengths, so nothing is ambiguous."""
    return prefix + organization + label.encode()


def sealed(cipher: AESGCM, prefix: bytes, organization: bytes, label: str, data: bytes) -> bytes:
    """`prefix` is version and key id."""
    nonce = os.urandom(NONCE)
    return prefix + nonce + cipher.encrypt(nonce, data, prefix + organization + label.encode())


def sealed_all(
    cipher: AESGCM, prefix: bytes, values: Iterable[tuple[bytes, bytes | None]]
) -> list[bytes | None]:
    """Many values under one key: (what `bound` gave, value). The random bytes are asked for once."""
    values = list(values)
    nonces, encrypt = os.urandom(NONCE * len(values)), cipher.encrypt
    return [
        None
        if data is None
        else prefix + (nonce := nonces[NONCE * at : NONCE * (at + 1)]) + encrypt(nonce, data, binding)
        for at, (binding, data) in enumerate(values)
    ]


def key_id(data: bytes) -> bytes:
    """Which key opens `data`. Raises `Damaged` when these are no sealed bytes at all."""
    if len(data) < OVERHEAD or data[:1] != VERSION:
        raise Damaged("not sealed bytes of a known version")
    return data[1:HEAD]


def opened(cipher: AESGCM, organization: bytes, label: str, data: bytes) -> bytes:
    try:
        return cipher.decrypt(
            data[HEAD : HEAD + NONCE], data[HEAD + NONCE :], data[:HEAD] + organization + label.encode()
        )
    except InvalidTag:
        raise Damaged(f"{label}: altered, or sealed for another place") from None


# --- Keys under keys ------------------------------------------------------------------------------


def wrapped(cipher: AESGCM, key: bytes, *binding: bytes) -> bytes:
    nonce = os.urandom(NONCE)
    return nonce + cipher.encrypt(nonce, key, b"|".join(binding))


def unwrapped(cipher: AESGCM, data: bytes, *binding: bytes) -> bytes:
    try:
        return cipher.decrypt(data[:NONCE], data[NONCE:], b"|".join(binding))
    except InvalidTag:
        raise Damaged("a key in the key store was altered, or wrapped by another key") from None


def for_organization(organization: UUID) -> tuple[bytes, bytes]:
    return b"qince organization key", organization.bytes


def for_subject(organization: UUID, subject: UUID, key: bytes) -> tuple[bytes, ...]:
    return b"qince subject key", organization.bytes, subject.bytes, key
