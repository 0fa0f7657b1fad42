"""Looking into a backup: the dump as text, and the files as they lie in it, opened where keys exist."""

import os
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from qince.core.erasure.searching import PIECE, holds, needles, plain_holds

if TYPE_CHECKING:
    from qince.core.erasure.sweeping import Hit


class Unreadable(RuntimeError):
    """The archive, or the dump in it, cannot be read."""


def hits_in(file: Path, marker: str) -> "Iterator[Hit]":
    from qince.core.erasure.sweeping import Hit

    wanted = [*needles([marker]), marker.encode().hex().encode()]
    try:
        with tarfile.open(file, "r:") as archive:
            for member in archive:
                stream = archive.extractfile(member)
                if stream is None:
                    continue
                if member.name == "database.dump":
                    found = _dump_holds(stream, wanted)
                else:
                    found = marker in member.name or holds(stream, wanted)
                if found:
                    yield Hit(f"backup {file.name}: {member.name}", 1)
    except (tarfile.TarError, OSError) as error:
        raise Unreadable(f"{file}: {error}") from error


def _dump_holds(stream: object, wanted: list[bytes]) -> bool:
    """The dump is compressed: PostgreSQL's own program turns it back into SQL, which is read piece by piece."""
    program = os.environ.get("QINCE_PG_RESTORE", "pg_restore")
    with tempfile.NamedTemporaryFile(prefix=".sweep-") as dump:
        for piece in iter(lambda: stream.read(PIECE), b""):  # type: ignore[attr-defined]
            dump.write(piece)
        dump.flush()
        try:
            source = subprocess.Popen(  # nosec B603
                [program, "--file=-", dump.name], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
        except OSError as error:
            raise Unreadable(f"{program} cannot be run: {error}") from error
        with source:
            assert source.stdout is not None
            found = plain_holds(iter(lambda: source.stdout.read(PIECE), b""), wanted)  # type: ignore[union-attr]
            for _rest in iter(lambda: source.stdout.read(PIECE), b""):  # type: ignore[union-attr]
                pass
        if source.returncode:
            raise Unreadable("the dump cannot be read")
    return found
