"""The operator's key: 32 bytes in URL-safe base64, from `QINCE_OPERATOR_KEY` or a file only its owner may read."""

import os
import secrets
from base64 import urlsafe_b64decode
from pathlib import Path

from django.conf import settings

from qince.kit.vault.codec import KEY_BYTES
from qince.kit.vault.errors import OperatorKeyProblem

FILE, NEXT_FILE = "operator.key", "operator.key.next"


def new() -> str:
    return secrets.token_urlsafe(KEY_BYTES)


def from_environment() -> str:
    return str(getattr(settings, "OPERATOR_KEY", ""))


def decoded(text: str, where: str) -> bytes:
    try:
        key = urlsafe_b64decode(text.strip() + "=" * (-len(text.strip()) % 4))
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise OperatorKeyProblem(f"{where} must hold 32 bytes in URL-safe base64 (secrets.token_urlsafe(32))")
    return key


def candidates(folder: Path, *, is_copy: bool = False) -> list[bytes]:
    """Keys that may open the store, the likeliest first. A rotation cut short leaves two files.

    The environment's key is the one, unless this is a copy that brings its own.
    """
    files = [folder / name for name in (FILE, NEXT_FILE) if (folder / name).exists()]
    text = from_environment()
    if text and not (is_copy and files):
        return [decoded(text, "QINCE_OPERATOR_KEY")]
    return [decoded(file.read_text(), file.name) for file in files]


def make(folder: Path) -> None:
    """Make the file unless somebody else just did. Never called for a store that has keys already."""
    beside = folder / f".{FILE}.{os.getpid()}.{secrets.token_hex(4)}"
    write(beside, new())
    try:
        os.link(beside, folder / FILE)  # unlike a rename, fails when it exists
    except FileExistsError:
        pass
    finally:
        beside.unlink()
    sync(folder)


def write(path: Path, text: str) -> None:
    """Durably, 0600."""
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(file.fileno())


def sync(folder: Path) -> None:
    """Make names in `folder` durable."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
