"""Reading a backup: check everything first, then replace the tables in one transaction."""

import hashlib
import json
import os
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO

from launcher import archive, roles, sql
from launcher.archive import FORMAT, Manifest
from launcher.database import Database
from launcher.place import Place
from launcher.problem import Problem, disk_full
from launcher.words import _

PIECE = 1024 * 1024
# default privileges are taken back first: they would widen what the archived privileges grant
_EMPTY = """
DROP SCHEMA public CASCADE;
CREATE SCHEMA public{authorization};
GRANT USAGE ON SCHEMA public TO PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE "{owner}" REVOKE ALL ON TABLES FROM "{app}";
ALTER DEFAULT PRIVILEGES FOR ROLE "{owner}" REVOKE ALL ON SEQUENCES FROM "{app}";
"""


def verify(file: Path) -> Manifest:
    """Read the whole archive and compare every hash; raises a `Problem` on anything unexpected."""
    try:
        with tarfile.open(file, "r:") as tar:
            found = {member.name: _hash(tar, member) for member in tar if member.name != "manifest.json"}
            manifest = _manifest(tar)
    except FileNotFoundError:
        raise Problem(_("{file} does not exist.").format(file=file)) from None
    except (tarfile.TarError, KeyError, ValueError, TypeError) as error:
        raise _damaged(file, str(error)) from error
    if manifest.format != FORMAT:
        raise Problem(
            _("{file} has the format {theirs}; this Qince reads {ours}.").format(
                file=file, theirs=manifest.format, ours=FORMAT
            ),
            _("Restore it with Qince {version}, which wrote it.").format(version=manifest.version),
        )
    if found != manifest.sha256 or "database.dump" not in found:
        differing = sorted(set(found.items()) ^ set(manifest.sha256.items()))
        raise _damaged(file, ", ".join(sorted({name for name, _hash in differing})[:3]))
    return manifest


def restore(file: Path, manifest: Manifest, place: Place, database: Database) -> None:
    """Blobs first, then the tables, then the key. The tables change all at once or not at all."""
    archive.require_whole_sight(
        database
    )  # before anything is changed: what was restored is counted afterwards
    with tarfile.open(file, "r:") as tar:
        for member in tar:
            if member.name.startswith("blobs/"):
                _place_file(tar, member, place.blobs / _inside(member.name.removeprefix("blobs/")))
        with tempfile.NamedTemporaryFile(dir=place.data, prefix=".restore-") as dump:
            _copy(tar, tar.getmember("database.dump"), dump.file)
            dump.flush()
            _load(Path(dump.name), database)
        if "secret_key" in manifest.sha256:
            (place.data / "secret_key").unlink(missing_ok=True)
            _place_file(tar, tar.getmember("secret_key"), place.data / "secret_key")
    _compare(archive.counts(database), manifest.rows)


def _compare(restored: dict[str, int], archived: dict[str, int]) -> None:
    wrong = sorted(table for table in restored | archived if restored.get(table) != archived.get(table))
    if wrong:
        raise Problem(
            _("These tables do not have the rows they had: {tables}").format(tables=", ".join(wrong))
        )


def _load(dump: Path, database: Database) -> None:
    """One transaction: empty the schema, load the dump, privileges and all."""
    superuser = database.superuser is not None
    owner, app = database.role("owner"), database.role("app")
    empty = _EMPTY.format(
        authorization=" AUTHORIZATION pg_database_owner" if superuser else "", owner=owner, app=app
    )
    command = [database.binaries["psql"], "-Xq", "-v", "ON_ERROR_STOP=1", "--single-transaction", "-f", "-"]
    with tempfile.TemporaryFile() as said:
        env = sql.connection_env(database.superuser or database.owner)
        psql = subprocess.Popen(
            command, env=env, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=said
        )
        assert psql.stdin
        try:
            with psql.stdin as script:
                script.write(empty.encode())
                _write_script(dump, database, script, same_roles=(owner, app) == ("qince_owner", "qince_app"))
                script.write(roles.contents(owner=owner, app=app, superuser=superuser).encode())
        except BrokenPipeError:
            pass  # psql stopped at an error; its words follow
        if psql.wait():
            said.seek(0)
            raise _failure(said.read().decode(errors="replace"), dump)


def _write_script(dump: Path, database: Database, script: IO[bytes], *, same_roles: bool) -> None:
    """Let pg_restore write SQL. Servers before 17 do not know transaction_timeout, so that line is left out.

    On a server with other role names the archived privileges cannot apply; the default ones then do.
    """
    command = [
        database.binaries["pg_restore"],
        "--file=-",
        *([] if same_roles else ["--no-owner", "--no-acl"]),
        str(dump),
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as source:
        assert source.stdout
        for _number, line in zip(range(60), source.stdout, strict=False):
            if not line.startswith(b"SET transaction_timeout"):
                script.write(line)
        shutil.copyfileobj(source.stdout, script, PIECE)
    if source.returncode:
        script.write(b"\nSELECT 1/0; -- the dump was cut short: nothing of it may stay\n")


def _failure(words: str, dump: Path) -> Problem:
    if "No space left on device" in words:
        return disk_full(dump)
    return Problem(_("The database could not be restored; nothing was changed."), *words.splitlines()[-4:])


def _manifest(tar: tarfile.TarFile) -> Manifest:
    member = tar.extractfile("manifest.json")
    if member is None:
        raise ValueError("manifest.json")
    return Manifest(**json.load(member))


def _damaged(file: Path, detail: str) -> Problem:
    return Problem(
        _("{file} is damaged or not a Qince backup ({detail}).").format(file=file, detail=detail),
        _("Nothing was changed. Use another copy of the backup."),
    )


def _hash(tar: tarfile.TarFile, member: tarfile.TarInfo) -> str:
    total = hashlib.sha256()
    for piece in _pieces(tar, member):
        total.update(piece)
    return total.hexdigest()


def _pieces(tar: tarfile.TarFile, member: tarfile.TarInfo) -> Iterator[bytes]:
    content = tar.extractfile(member)
    if content is None:
        raise ValueError(member.name)  # a folder, link or device: never written by us
    while piece := content.read(PIECE):
        yield piece


def _inside(name: str) -> PurePosixPath:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts:
        raise Problem(_("The archive names a file outside its folder: {name}").format(name=name))
    return path


def _place_file(tar: tarfile.TarFile, member: tarfile.TarInfo, target: Path) -> None:
    """Write beside and rename; a blob of that name is the same blob, by its content address."""
    if target.exists() and target.stat().st_size == member.size:
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(target.name + ".new")
    beside.unlink(missing_ok=True)
    with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        _copy(tar, member, file)
    beside.replace(target)


def _copy(tar: tarfile.TarFile, member: tarfile.TarInfo, file: IO[bytes]) -> None:
    for piece in _pieces(tar, member):
        file.write(piece)
