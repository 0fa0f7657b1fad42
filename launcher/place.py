"""Where this installation lies: the checkout, its data folder, its address."""

import hashlib
import os
import sys
import tomllib
from dataclasses import dataclass, replace
from pathlib import Path

from launcher.problem import Problem
from launcher.tls import Pair
from launcher.words import _

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Place:
    """Paths and address of one installation.

    `port` serves the web, `socket_port` the websockets; `tls` encrypts both.
    """

    root: Path
    data: Path
    host: str
    port: int
    socket_port: int
    verbose: bool = False
    tls: Pair | None = None

    @property
    def python(self) -> Path:
        return self.root / ".venv" / "bin" / "python"

    @property
    def tools(self) -> Path:
        return self.root / ".tools"

    @property
    def logs(self) -> Path:
        return self.data / "logs"

    @property
    def blobs(self) -> Path:
        return self.data / "blobs"

    @property
    def keys(self) -> Path:
        """The key store: never in the database, never in its backups."""
        return self.data / "keys"

    @property
    def address(self) -> str:
        shown = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'https' if self.tls else 'http'}://{shown}:{self.port}"

    @property
    def local_address(self) -> str:
        """Where this machine itself reaches the web server, also when it listens on every address."""
        everywhere = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # nosec B104
        return replace(self, host=everywhere.get(self.host, self.host)).address

    @property
    def name(self) -> str:
        """A short name no other data folder on this machine has, for things that must lie outside it."""
        return hashlib.sha256(str(self.data).encode()).hexdigest()[:8]

    def prepare_data(self) -> None:
        """Create the data folder. Its parent must exist: a missing one is usually a disk not mounted."""
        if not self.data.parent.is_dir():
            raise Problem(
                _("{parent} does not exist, so {data} cannot be made in it.").format(
                    parent=self.data.parent, data=self.data
                ),
                _("Create that folder or mount its disk, or choose another one with --data DIR."),
            )
        self.data.mkdir(exist_ok=True)
        if not os.access(self.data, os.W_OK | os.X_OK):
            raise PermissionError(13, "not writable", str(self.data))
        self.data.chmod(0o711 if os.geteuid() == 0 else 0o700)  # root's database account must pass through
        for folder in (self.logs, self.blobs):
            folder.mkdir(mode=0o700, exist_ok=True)


def version() -> str:
    """The version of Qince, from pyproject.toml."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        return str(tomllib.load(file)["project"]["version"])


def base_python() -> str:
    """The interpreter outside any virtual environment: the one that has pip and may build another."""
    return str(getattr(sys, "_base_executable", None) or sys.executable)


def running_python() -> str:
    return ".".join(map(str, sys.version_info[:3]))
