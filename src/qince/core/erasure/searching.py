"""Looking for words in files, a piece in memory at a time; archives and workbooks are looked into."""

import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import IO, Any

PIECE = 1024 * 1024
DEPTH = 3  # archives within archives


def holds_text(file: Path, words: Sequence[str]) -> bool:
    with file.open("rb") as stream:
        return holds(stream, needles(words))


def needles(words: Iterable[str]) -> list[bytes]:
    """The bytes to look for: as UTF-8, UTF-16 and GBK write them, and as JSON escapes them."""
    found: dict[bytes, None] = {}
    for word in words:
        for encoding in ("utf-8", "utf-16-le", "gb18030"):
            found[word.encode(encoding)] = None
        found[word.encode("ascii", "backslashreplace")] = None
    return [each for each in found if each]


def holds(stream: IO[bytes], wanted: Sequence[bytes], depth: int = DEPTH) -> bool:
    """Whether the stream, or a file in the archive it is, holds one of the byte strings."""
    if not wanted:
        return False
    if depth and _is_archive(stream):
        return _archive_holds(stream, wanted, depth)
    return plain_holds(iter(lambda: stream.read(PIECE), b""), wanted)


def plain_holds(pieces: Iterable[bytes], wanted: Sequence[bytes]) -> bool:
    overlap = max(len(each) for each in wanted) - 1
    tail = b""
    for piece in pieces:
        window = tail + piece
        if any(each in window for each in wanted):
            return True
        tail = window[-overlap:] if overlap else b""
    return False


def _is_archive(stream: IO[bytes]) -> bool:
    if not stream.seekable():
        return False
    head = stream.read(4)
    stream.seek(0)
    return head == b"PK\x03\x04"


def _archive_holds(stream: IO[bytes], wanted: Sequence[bytes], depth: int) -> bool:
    try:
        with zipfile.ZipFile(stream) as archive:
            return any(_member_holds(archive, info, wanted, depth) for info in archive.infolist())
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError):
        stream.seek(0)
        return plain_holds(iter(lambda: stream.read(PIECE), b""), wanted)


def _member_holds(archive: zipfile.ZipFile, info: Any, wanted: Sequence[bytes], depth: int) -> bool:
    if any(each in info.filename.encode() for each in wanted):
        return True
    with archive.open(info) as member:
        return holds(member, wanted, depth - 1)
