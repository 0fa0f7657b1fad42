"""Files sealed under a subject's key, in frames, so that neither sealing nor reading holds more than one in memory.

    magic (4) | key id (16) | salt (16) | frames of 64 KiB, each with its tag (16), the last one shorter or full

The file's own key is derived from the subject's with the salt. A frame's nonce is its number and whether it is the
last, so that frames cannot be exchanged, left out or cut off unnoticed. The label is bound to every frame.
"""

import io
import os
from collections.abc import Iterator
from typing import IO, Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.core.files.base import File

from qince.kit.vault.codec import KEY_BYTES, KEY_ID, TAG
from qince.kit.vault.errors import Damaged
from qince.kit.vault.ring import Key, ring

MAGIC = b"QVF\x01"
SALT, FRAME = 16, 64 * 1024
HEAD = len(MAGIC) + KEY_ID + SALT


class SealedContent(File):  # type: ignore[type-arg]
    """What a storage saves in place of `source` (a stream at its beginning): the same, sealed while it is written."""

    def __init__(self, source: IO[bytes], organization_id: UUID, subject_id: UUID, label: str) -> None:
        super().__init__(source)
        self.source = source
        self.key, self.label = ring().for_writing(organization_id, subject_id), label

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        salt = os.urandom(SALT)
        cipher, binding = _cipher(self.key, salt), _binding(self.key, self.label)
        yield MAGIC + self.key.prefix[1:] + salt
        number, piece = 0, self.source.read(FRAME)
        while True:
            following = self.source.read(FRAME) if len(piece) == FRAME else b""
            yield cipher.encrypt(_nonce(number, is_last=not following), piece, binding)
            if not following:
                return
            number, piece = number + 1, following


class OpenedFile(io.RawIOBase):
    """A sealed file, read as if it were clear: `read`, `seek`, `tell`. Altered or cut bytes raise `Damaged`."""

    def __init__(self, sealed: IO[bytes], key: Key, salt: bytes, label: str) -> None:
        super().__init__()
        self.sealed, self.cipher, self.binding = sealed, _cipher(key, salt), _binding(key, label)
        body = sealed.seek(0, io.SEEK_END) - HEAD
        self.frames = max(1, -(-body // (FRAME + TAG)))
        self.size = body - self.frames * TAG
        last = self.size - (self.frames - 1) * FRAME
        if last < 0 or (last == 0 and self.frames > 1):
            raise Damaged(f"{label}: cut off")
        self.at, self.held, self.clear = 0, -1, b""
        self._frame(self.frames - 1)  # a file cut off is found before anything of it is given away

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self.at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self.at, io.SEEK_END: self.size}[whence]
        self.at = max(0, base + offset)
        return self.at

    def readinto(self, buffer: Any) -> int:
        if self.at >= self.size:
            return 0
        number, offset = divmod(self.at, FRAME)
        piece = self._frame(number)[offset : offset + len(buffer)]
        buffer[: len(piece)] = piece
        self.at += len(piece)
        return len(piece)

    def _frame(self, number: int) -> bytes:
        if number != self.held:
            self.sealed.seek(HEAD + number * (FRAME + TAG))
            nonce = _nonce(number, is_last=number == self.frames - 1)
            try:
                self.clear = self.cipher.decrypt(nonce, self.sealed.read(FRAME + TAG), self.binding)
            except InvalidTag:
                raise Damaged("a sealed file was altered or cut off") from None
            self.held = number
        return self.clear

    def close(self) -> None:
        self.sealed.close()
        super().close()


def open_file(sealed: IO[bytes], label: str) -> io.BufferedReader | None:
    """The clear content of a sealed file; None where its key is destroyed or unknown. Closing closes `sealed`."""
    head = sealed.read(HEAD)
    if len(head) < HEAD or not head.startswith(MAGIC):
        sealed.close()
        raise Damaged(f"{label}: no sealed file")
    key = ring().for_reading(head[len(MAGIC) : len(MAGIC) + KEY_ID])
    try:
        return io.BufferedReader(OpenedFile(sealed, key, head[-SALT:], label), FRAME) if key else None
    except Damaged:
        key = None
        raise
    finally:
        if key is None:
            sealed.close()


def _cipher(key: Key, salt: bytes) -> AESGCM:
    derived = HKDF(SHA256(), length=KEY_BYTES, salt=salt, info=b"qince sealed file")
    return AESGCM(derived.derive(key.secret))


def _binding(key: Key, label: str) -> bytes:
    return MAGIC + key.prefix + key.organization + label.encode()


def _nonce(number: int, *, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([is_last])
