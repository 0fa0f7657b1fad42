"""The key store beside a backup: `FILE.keys`, a small tar of its own, and bringing it back.

It is apart from the archive on purpose. Erasing a person destroys that person's key here; an old archive stays
unreadable for that person only if no old copy of the keys is left. So of `FILE.keys` the newest one is enough.
"""

import os
import sqlite3
import tarfile
import tempfile
from pathlib import Path

from launcher import django
from launcher.database import Database
from launcher.place import Place
from launcher.problem import Problem
from launcher.words import _

STORE, OPERATOR = "keys.sqlite", ("operator.key", "operator.key.next")
VAPID = "vapid.key"  # with another one every device has to be switched on for push messages anew
ERASURES = "erasures.log"  # whom a restored database must not know again; it only ever grows


def companion(file: Path) -> Path:
    return file.with_name(file.name + ".keys")


def write(file: Path, place: Place) -> Path | None:
    """Copy the key store beside the archive, after it, so that it has every key the archive needs. None without one."""
    if not (place.keys / STORE).exists():
        return None
    target = companion(file)
    beside = target.with_name(target.name + ".part")
    try:
        with tempfile.TemporaryDirectory(dir=place.keys, prefix=".copy-") as folder:
            _snapshot(place.keys / STORE, Path(folder) / STORE)
            raw = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with (
                open(raw, "wb") as out,
                tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as tar,
            ):
                tar.add(Path(folder) / STORE, STORE)
                for name in OPERATOR:
                    if (place.keys / name).exists() and not os.environ.get("QINCE_OPERATOR_KEY"):
                        tar.add(place.keys / name, name)
                for name in (ERASURES, VAPID):
                    if (place.keys / name).exists():
                        tar.add(place.keys / name, name)
            with beside.open("rb") as written:
                os.fsync(written.fileno())
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
    return target


def _snapshot(source: Path, target: Path) -> None:
    """Only what is alive: free pages and the journal are not copied."""
    connection = sqlite3.connect(source, isolation_level=None, timeout=30)
    try:
        connection.execute("VACUUM INTO ?", [str(target)])
    finally:
        connection.close()


def verify(file: Path) -> None:
    """Raise a `Problem` unless `file` is what `write` writes."""
    try:
        with tarfile.open(file, "r:") as tar, tempfile.TemporaryDirectory() as folder:
            _unpack(tar, Path(folder))
            _check(Path(folder) / STORE)
    except FileNotFoundError:
        raise Problem(_("{file} does not exist.").format(file=file)) from None
    except (tarfile.TarError, KeyError, sqlite3.DatabaseError) as error:
        raise Problem(
            _("{file} is damaged or no copy of a key store ({detail}).").format(file=file, detail=error),
            _("Nothing was changed. Use another copy of the keys."),
        ) from error


def bring_back(file: Path, place: Place, database: Database) -> tuple[int, int]:
    """Add the keys in `file` to those present; (brought back, not brought back because destroyed)."""
    with tempfile.TemporaryDirectory(dir=place.data, prefix=".keys-") as folder:
        with tarfile.open(file, "r:") as tar:
            _unpack(tar, Path(folder))
        _longer_ledger(Path(folder) / ERASURES, place.keys / ERASURES)
        _where_missing(Path(folder) / VAPID, place.keys / VAPID)
        said = django.run(place, database.environment(as_owner=True), "restore_keys", folder)
    added, destroyed = said.split()
    return int(added), int(destroyed)


def _longer_ledger(copy: Path, here: Path) -> None:
    """The ledger only grows, so of two the longer one knows more."""
    if copy.exists() and (not here.exists() or here.stat().st_size < copy.stat().st_size):
        _put(copy, here)


def _where_missing(copy: Path, here: Path) -> None:
    if copy.exists() and not here.exists():
        _put(copy, here)


def _put(copy: Path, here: Path) -> None:
    """Durably, for its owner alone."""
    here.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = here.with_name(f"{here.name}.new")
    with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(copy.read_bytes())
        file.flush()
        os.fsync(file.fileno())
    beside.replace(here)


def unreadable(place: Place, database: Database) -> list[tuple[str, int]]:
    """(field, values) that no key here opens."""
    said = django.run(place, database.environment(as_owner=True), "check_keys", "--values")
    found = (line.split(" ", 1) for line in said.splitlines())
    return [(label, int(count)) for count, label in found]


def _unpack(tar: tarfile.TarFile, folder: Path) -> None:
    """Known names only, each a plain file for its owner alone."""
    for name in (STORE, *OPERATOR, ERASURES, VAPID):
        if name not in tar.getnames():
            continue
        content = tar.extractfile(name)
        if content is None:
            raise KeyError(name)
        with open(os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content.read())
    if not (folder / STORE).exists():
        raise KeyError(STORE)


def _check(store: Path) -> None:
    connection = sqlite3.connect(store)
    try:
        if connection.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise sqlite3.DatabaseError(STORE)
        connection.execute("SELECT count(*) FROM subject_key").fetchone()
    finally:
        connection.close()
