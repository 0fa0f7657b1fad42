"""Stamps remember the inputs of work already done, so that the next start can skip it."""

import hashlib
from collections.abc import Iterable
from pathlib import Path


def digest(*parts: str, files: Iterable[Path] = ()) -> str:
    """One hash over words and the contents of files; a missing file counts as absent, not as an error."""
    total = hashlib.sha256("\0".join(parts).encode())
    for file in sorted(files):
        total.update(f"\0{file}\0".encode())
        total.update(file.read_bytes() if file.is_file() else b"-")
    return total.hexdigest()


def is_fresh(stamp: Path, wanted: str) -> bool:
    return stamp.is_file() and stamp.read_text().strip() == wanted


def write(stamp: Path, done: str) -> None:
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(done + "\n")
