"""The backup archive: a tar with `database.dump`, `secret_key`, `blobs/…` and, last, `manifest.json`.

The counts come from the very snapshot that is dumped, so that a restore can be compared row by row count.
Blobs are content-addressed and never change, so those copied after the dump include all it mentions.
"""

import hashlib
import io
import json
import os
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from launcher import sql
from launcher.database import Database
from launcher.place import Place, version
from launcher.problem import Problem, disk_full, is_full
from launcher.words import _

FORMAT = 1
_SNAPSHOT = "the snapshot"  # no table of ours has a space in its name
_BEGIN = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;\nSET row_security = off;\n"
NOT_DATA = ("django_migrations", "django_content_type", "auth_permission")  # every new database has these
COUNTS = """
SELECT format('SELECT %L, count(*) FROM public.%I', relname, relname) FROM pg_class
 WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
 ORDER BY relname
\\gexec
"""


@dataclass
class Manifest:
    """What the archive holds: rows per table, SHA-256 per member."""

    version: str
    created_at: str
    postgresql: str
    rows: dict[str, int]
    sha256: dict[str, str] = field(default_factory=dict)
    format: int = FORMAT

    @property
    def total_rows(self) -> int:
        return sum(self.rows.values())

    @property
    def total_files(self) -> int:
        return sum(name.startswith("blobs/") for name in self.sha256)


class Hashing:
    """A file read once, hashed on the way into the archive."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file, self.hash = file, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        piece = self.file.read(size)
        self.hash.update(piece)
        return piece


def write(file: Path, place: Place, database: Database) -> Manifest:
    """Write the archive beside and rename it, so that an interrupted backup never looks like one."""
    beside = file.with_name(file.name + ".part")
    try:
        with tempfile.NamedTemporaryFile(dir=file.parent, prefix=".qince-dump-") as dump:
            manifest = _dump(Path(dump.name), database)
            with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as raw:
                _pack(raw, Path(dump.name), manifest, place)
                raw.flush()
                os.fsync(raw.fileno())
        beside.replace(file)
    finally:
        beside.unlink(missing_ok=True)
    return manifest


def has_data(database: Database) -> bool:
    """Whether any table holds rows that a fresh installation would not."""
    return any(count for table, count in counts(database).items() if table not in NOT_DATA)


def counts(database: Database) -> dict[str, int]:
    """Rows per table, seen by the role that row-level security does not stop."""
    require_whole_sight(database)
    rows = sql.run(database.binaries, database.superuser or database.backup, COUNTS)
    return {table: int(count) for table, count in rows}


def require_whole_sight(database: Database) -> None:
    """Row security must not hide rows from who counts them: an empty count would pass for an empty table."""
    sees = "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
    if sql.run(database.binaries, database.superuser or database.backup, sees) != [["t"]]:
        raise _unreadable()


def _dump(target: Path, database: Database) -> Manifest:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    with _snapshot(database) as (snapshot, rows):
        command = [database.binaries["pg_dump"], "--format=custom", "--compress=gzip:6", "--no-password"]
        command += [f"--snapshot={snapshot}", f"--file={target}"]
        env = sql.connection_env(database.backup)
        done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    if is_full(done.stderr):
        raise disk_full(target)
    if done.returncode:
        raise _unreadable(*done.stderr.splitlines()[-4:])
    return Manifest(version(), now, database.binaries.version, rows)


def _unreadable(*details: str) -> Problem:
    return Problem(
        _("The database could not be read as a whole."),
        *details,
        _("With a server of your own, set QINCE_BACKUP_DATABASE_URL to a role that"),
        _("has BYPASSRLS and is a member of pg_read_all_data."),
    )


@contextmanager
def _snapshot(database: Database) -> Iterator[tuple[str, dict[str, int]]]:
    """Hold one view of the database open: its name for pg_dump, and the rows it shows."""
    psql = [database.binaries["psql"], "-XqAt", "-v", "ON_ERROR_STOP=1", "-F", "\x1f"]
    pipe, env = subprocess.PIPE, sql.connection_env(database.backup)
    with subprocess.Popen(psql, env=env, stdin=pipe, stdout=pipe, text=True, bufsize=1) as session:
        assert session.stdin
        assert session.stdout
        session.stdin.write(_BEGIN + COUNTS + f"SELECT '{_SNAPSHOT}', pg_export_snapshot();\n")
        found: dict[str, str] = {}
        while _SNAPSHOT not in found and (line := session.stdout.readline()):
            name, _separator, value = line.rstrip("\n").partition("\x1f")
            found[name] = value
        if _SNAPSHOT not in found:  # psql has said why on standard error
            raise _unreadable()
        yield found.pop(_SNAPSHOT), {table: int(count) for table, count in found.items()}
        session.stdin.close()


def _pack(raw: IO[bytes], dump: Path, manifest: Manifest, place: Place) -> None:
    with tarfile.open(fileobj=raw, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for name, path in _members(dump, place):
            manifest.sha256[name] = _add(tar, name, path)
        text = json.dumps(asdict(manifest), indent=1, sort_keys=True).encode()
        entry = tarfile.TarInfo("manifest.json")
        entry.size = len(text)
        tar.addfile(entry, io.BytesIO(text))


def _members(dump: Path, place: Place) -> Iterator[tuple[str, Path]]:
    yield "database.dump", dump
    if (place.data / "secret_key").is_file():  # without it sealed fields could not be opened again
        yield "secret_key", place.data / "secret_key"
    for path in sorted(place.blobs.rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield f"blobs/{path.relative_to(place.blobs).as_posix()}", path


def _add(tar: tarfile.TarFile, name: str, path: Path) -> str:
    with path.open("rb") as file:
        hashing = Hashing(file)
        entry = tarfile.TarInfo(name)
        entry.size, entry.mode = os.fstat(file.fileno()).st_size, 0o600
        tar.addfile(entry, hashing)
    return hashing.hash.hexdigest()
