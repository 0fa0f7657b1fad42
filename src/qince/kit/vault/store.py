"""The key store: a protocol, and its local form, one SQLite file beside the database but never in it.

It keeps wrapped keys only. Destroying writes over the bytes (`secure_delete`), empties the journal, and leaves a row
as a tombstone: for that subject no key is ever made again.
"""

import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol
from uuid import UUID

FILE = "keys.sqlite"
_BATCH = 500
_TABLES = """
CREATE TABLE IF NOT EXISTS operator (one INTEGER PRIMARY KEY CHECK (one = 1), proof BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS organization_key (
  organization BLOB PRIMARY KEY, wrapped BLOB, created TEXT NOT NULL, destroyed_at TEXT,
  CHECK ((wrapped IS NULL) = (destroyed_at IS NOT NULL))
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS subject_key (
  id BLOB PRIMARY KEY, organization BLOB NOT NULL, subject BLOB NOT NULL, wrapped BLOB,
  created TEXT NOT NULL, destroyed_at TEXT, is_current INTEGER NOT NULL DEFAULT 1,
  CHECK ((wrapped IS NULL) = (destroyed_at IS NOT NULL))
) WITHOUT ROWID;
-- Keys brought back from a copy may stand beside the one now written with: they only read.
CREATE UNIQUE INDEX IF NOT EXISTS subject_current ON subject_key (organization, subject) WHERE is_current;
CREATE INDEX IF NOT EXISTS subject_all ON subject_key (organization, subject);
"""


@dataclass(frozen=True, slots=True)
class Held:
    """A subject's key as it is kept. Without `wrapped` it has been destroyed."""

    id: bytes
    organization: UUID
    subject: UUID
    wrapped: bytes | None


class Moved(Exception):
    """The key a new key was wrapped with has been exchanged or destroyed meanwhile: look again."""


class KeyStore(Protocol):
    """What a key store must do. Every change is durable when the call returns, and seen by `version` elsewhere."""

    def version(self) -> int: ...
    def proof(self) -> bytes | None: ...
    def set_proof(self, proof: bytes) -> bytes: ...
    def organization(self, organization: UUID) -> tuple[bytes | None] | None: ...
    def add_organization(self, organization: UUID, wrapped: bytes, proof: bytes) -> None: ...
    def subjects(self, organization: UUID, subjects: Sequence[UUID]) -> list[Held]: ...
    def by_id(self, key: bytes) -> Held | None: ...
    def add_subjects(self, organization: UUID, under: bytes, keys: Iterable[Held]) -> None: ...
    def destroy_subject(self, organization: UUID, subject: UUID, tombstone: bytes) -> bool: ...
    def destroy_organization(self, organization: UUID, except_subject: UUID) -> int: ...
    def count(self, organization: UUID, except_subject: UUID) -> int: ...


class LocalKeyStore:
    """One connection to the file. Not to be shared between threads or across a fork: see `ring`."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE
        prepare(folder)
        self.connection = sqlite3.connect(self.path, isolation_level=None, timeout=30)
        for pragma in (
            "journal_mode = WAL",
            "synchronous = FULL",
            "secure_delete = ON",
            "busy_timeout = 30000",
        ):
            self.connection.execute(f"PRAGMA {pragma}")
        if not self.connection.execute(
            "SELECT count(*) FROM sqlite_master WHERE name = 'subject_key'"
        ).fetchone()[0]:
            self.connection.executescript(_TABLES)
        self._version = self.connection.cursor()

    def close(self) -> None:
        self.connection.close()

    def version(self) -> int:
        """Changes when another connection, in this or another process, has changed anything."""
        return int(self._version.execute("PRAGMA data_version").fetchone()[0])

    @contextmanager
    def changing(self) -> Iterator[sqlite3.Connection]:
        """One writer at a time; all or nothing."""
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            yield self.connection
        except BaseException:
            self.connection.execute("ROLLBACK")
            raise
        self.connection.execute("COMMIT")

    # --- Operator ---

    def proof(self) -> bytes | None:
        row = self.connection.execute("SELECT proof FROM operator").fetchone()
        return row[0] if row else None

    def set_proof(self, proof: bytes) -> bytes:
        """Keep the first proof; returns the one that stands."""
        self.connection.execute("INSERT OR IGNORE INTO operator VALUES (1, ?)", [proof])
        return self.proof() or b""

    # --- Organizations ---

    def organization(self, organization: UUID) -> tuple[bytes | None] | None:
        """(wrapped key, None once destroyed), or None where there never was one."""
        found = self.connection.execute(
            "SELECT wrapped FROM organization_key WHERE organization = ?", [organization.bytes]
        ).fetchone()
        return (found[0],) if found else None

    def add_organization(self, organization: UUID, wrapped: bytes, proof: bytes) -> None:
        """The first one stays. Raises `Moved` when the operator's key is no longer the one of `proof`."""
        with self.changing() as connection:
            if self.proof() != proof:
                raise Moved
            connection.execute(
                "INSERT OR IGNORE INTO organization_key VALUES (?, ?, ?, NULL)",
                [organization.bytes, wrapped, _now()],
            )

    # --- Subjects ---

    def subjects(self, organization: UUID, subjects: Sequence[UUID]) -> list[Held]:
        found: list[Held] = []
        for first in range(0, len(subjects), _BATCH):
            some = [each.bytes for each in subjects[first : first + _BATCH]]
            marks = ",".join("?" * len(some))
            question = f"{_HELD} WHERE is_current AND organization = ? AND subject IN ({marks})"  # nosec B608
            found += map(_held, self.connection.execute(question, [organization.bytes, *some]))
        return found

    def by_id(self, key: bytes) -> Held | None:
        row = self.connection.execute(f"{_HELD} WHERE id = ?", [key]).fetchone()  # nosec B608
        return _held(row) if row else None

    def add_subjects(self, organization: UUID, under: bytes, keys: Iterable[Held]) -> None:
        """Where there is a key, or a tombstone, it stays: whoever came first.

        Raises `Moved` when the organization's key is no longer `under`, its wrapped form the keys were made with.
        """
        now = _now()
        rows = [(key.id, key.organization.bytes, key.subject.bytes, key.wrapped, now) for key in keys]
        with self.changing() as connection:
            if self.organization(organization) != (under,):
                raise Moved
            connection.executemany("INSERT OR IGNORE INTO subject_key VALUES (?, ?, ?, ?, ?, NULL, 1)", rows)

    def destroy_subject(self, organization: UUID, subject: UUID, tombstone: bytes) -> bool:
        """True when there was a key. A subject that had none gets its tombstone, under the id given."""
        now = _now()
        with self.changing() as connection:
            done = connection.execute(
                "UPDATE subject_key SET wrapped = NULL, destroyed_at = ? "
                "WHERE organization = ? AND subject = ? AND wrapped IS NOT NULL",
                [now, organization.bytes, subject.bytes],
            )
            connection.execute(
                "INSERT OR IGNORE INTO subject_key VALUES (?, ?, ?, NULL, ?, ?, 1)",
                [tombstone, organization.bytes, subject.bytes, now, now],
            )
        self._forget_journal()
        return done.rowcount > 0

    def destroy_organization(self, organization: UUID, except_subject: UUID) -> int:
        """Every key of the organization; how many subjects had one (`except_subject` is its own, not counted)."""
        now = _now()
        with self.changing() as connection:
            count = self.count(organization, except_subject)
            for table in ("subject_key", "organization_key"):
                connection.execute(
                    f"UPDATE {table} SET wrapped = NULL, destroyed_at = ? "  # nosec B608
                    "WHERE organization = ? AND wrapped IS NOT NULL",
                    [now, organization.bytes],
                )
            connection.execute(
                "INSERT OR IGNORE INTO organization_key VALUES (?, NULL, ?, ?)",
                [organization.bytes, now, now],
            )
        self._forget_journal()
        return count

    def count(self, organization: UUID, except_subject: UUID) -> int:
        found = self.connection.execute(
            "SELECT count(DISTINCT subject) FROM subject_key "
            "WHERE organization = ? AND subject <> ? AND wrapped IS NOT NULL",
            [organization.bytes, except_subject.bytes],
        )
        return int(found.fetchone()[0])

    # --- Rotation ---

    def rewrap_organizations(self, proof: bytes, again: Callable[[UUID, bytes], bytes]) -> int:
        """Wrap every organization's key anew and keep the new proof, all in one transaction."""
        with self.changing() as connection:
            rows = connection.execute(
                "SELECT organization, wrapped FROM organization_key WHERE wrapped IS NOT NULL"
            ).fetchall()
            connection.executemany(
                "UPDATE organization_key SET wrapped = ? WHERE organization = ?",
                [(again(UUID(bytes=organization), wrapped), organization) for organization, wrapped in rows],
            )
            connection.execute("INSERT OR REPLACE INTO operator VALUES (1, ?)", [proof])
        self._forget_journal()
        return len(rows)

    def rewrap_subjects(
        self, organization: UUID, change: Callable[[bytes], tuple[bytes, Callable[[Held], bytes]]]
    ) -> int:
        """Exchange the organization's key, in one transaction. `change` takes its wrapped form and gives the new one,
        and how a subject's key is wrapped anew. -1 where there is no key."""
        with self.changing() as connection:
            found = self.organization(organization)
            if found is None or found[0] is None:
                return -1
            wrapped, again = change(found[0])
            question = f"{_HELD} WHERE organization = ? AND wrapped IS NOT NULL"  # nosec B608
            keys = [_held(row) for row in connection.execute(question, [organization.bytes])]
            connection.executemany(
                "UPDATE subject_key SET wrapped = ? WHERE id = ?", [(again(key), key.id) for key in keys]
            )
            connection.execute(
                "UPDATE organization_key SET wrapped = ? WHERE organization = ?",
                [wrapped, organization.bytes],
            )
        self._forget_journal()
        return len(keys)

    def organizations(self) -> list[tuple[UUID, bytes | None]]:
        rows = self.connection.execute(
            "SELECT organization, wrapped FROM organization_key ORDER BY organization"
        )
        return [(UUID(bytes=organization), wrapped) for organization, wrapped in rows]

    def all_subjects(self, organization: UUID) -> list[Held]:
        rows = self.connection.execute(f"{_HELD} WHERE organization = ?", [organization.bytes])  # nosec B608
        return list(map(_held, rows))

    def bring_back(self, organization: UUID, under: bytes, keys: Iterable[Held]) -> int:
        """Keys from a copy: those unknown here are added, for subjects that were not erased here; how many."""
        now, added = _now(), 0
        with self.changing() as connection:
            if self.organization(organization) != (under,):
                raise Moved
            for key in keys:
                added += connection.execute(
                    _BRING_BACK,
                    [key.id, organization.bytes, key.subject.bytes, key.wrapped, now],
                ).rowcount
        return added

    def _forget_journal(self) -> None:
        """Old pages must not live on in the write-ahead log. A reader in the middle of a read delays this."""
        for _attempt in range(200):
            busy, *_pages = self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            if not busy:
                return
            time.sleep(0.01)


_BRING_BACK = """
INSERT OR IGNORE INTO subject_key
SELECT ?1, ?2, ?3, ?4, ?5, NULL,
  NOT EXISTS (SELECT 1 FROM subject_key WHERE organization = ?2 AND subject = ?3 AND is_current)
 WHERE NOT EXISTS (SELECT 1 FROM subject_key WHERE organization = ?2 AND subject = ?3 AND wrapped IS NULL)
"""
_HELD = "SELECT id, organization, subject, wrapped FROM subject_key"


def _held(row: tuple[bytes, bytes, bytes, bytes | None]) -> Held:
    return Held(row[0], UUID(bytes=row[1]), UUID(bytes=row[2]), row[3])


def prepare(folder: Path) -> None:
    """The folder 0700 and the file 0600 from the first moment."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / FILE
    if not path.exists():
        path.touch(mode=0o600)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
