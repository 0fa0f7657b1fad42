"""Our own embedded PostgreSQL: a foreground child on a private unix socket, never two on one folder."""

import locale
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from launcher import orphans
from launcher.account import Account, identity
from launcher.binaries import Binaries
from launcher.child import Child
from launcher.logs import ChildLog
from launcher.problem import Problem, disk_full, is_full
from launcher.words import _

SOCKET_PORT = 5432  # only part of the socket's file name: nothing listens on the network
SOCKET_PATH_LIMIT = 100  # bytes; the kernel allows 107 including the file name's last zero

SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "effective_cache_size": "2GB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "max_wal_size": "2GB",
    "checkpoint_timeout": "15min",
    "random_page_cost": "1.1",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # no values in the log: neither failing statements nor the keys of a constraint error
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "log_parameter_max_length_on_error": "0",
}
THROWAWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@dataclass
class Cluster:
    """A PostgreSQL cluster in `home/postgres`, run by `account` when we are root."""

    home: Path
    binaries: Binaries
    account: Account | None
    log: ChildLog
    passwords: dict[str, str] = field(repr=False)
    throwaway: bool = False
    name: str = "postgres"
    child: Child | None = field(default=None, init=False)
    socket_folder: Path = field(default=Path(), init=False)

    @property
    def folder(self) -> Path:
        return self.home / "postgres"

    @property
    def alive(self) -> bool:
        return self.child is not None and self.child.alive

    def clear_group(self) -> None:
        """Backends of a dead server leave by themselves; `start` waits for them."""

    def create(self) -> bool:
        """Run initdb once; made beside and renamed, so an interrupted one leaves no half cluster."""
        if (self.folder / "PG_VERSION").is_file():
            self._check_version()
            return False
        beside = self.home / "postgres.new"
        shutil.rmtree(beside, ignore_errors=True)
        self._private_folder(beside)
        self._initdb(beside)
        beside.rename(self.folder)
        return True

    def start(self) -> None:
        """Start the server and wait until it answers; an orphan of a killed launcher is stopped first."""
        orphans.stop_all(self.folder)
        if self.socket_folder == Path():  # a restart keeps the folder that others were told
            self._choose_socket_folder()
        self.child = Child(
            name="postgres",
            command=[self.binaries["postgres"], "-D", str(self.folder), *self._options()],
            env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TZ": "UTC"},
            log=self.log,
            folder=Path("/"),
            account=self.account,
            farewell=signal.SIGINT,  # "fast": roll back what is open, then a clean checkpoint
            grace=30,
        )
        self.child.start()
        self._wait_until_ready()

    def stop(self) -> None:
        if self.child:
            self.child.stop()
        orphans.stop_all(self.folder)
        if self.socket_folder.parent != self.home:
            shutil.rmtree(self.socket_folder, ignore_errors=True)

    def url(self, role: str, database: str = "qince") -> str:
        """A connection URL for `role`, over the private socket."""
        return url(role, self.passwords[role], self.socket_folder, database)

    def _initdb(self, folder: Path) -> None:
        with tempfile.NamedTemporaryFile("w", dir=self.home, prefix=".initdb-") as secret:
            secret.write(self.passwords["postgres"])
            secret.flush()
            if self.account:
                self.account.own(Path(secret.name))
            command = [self.binaries["initdb"], "-D", str(folder), "-U", "postgres", "-A", "scram-sha-256"]
            command += ["--pwfile", secret.name, "-E", "UTF8", "--no-instructions"]
            command += ["--locale=C", f"--lc-ctype={_character_types()}"]
            command += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
            command += ["--no-sync"] if self.throwaway else []
            done = subprocess.run(
                command, capture_output=True, text=True, cwd="/", check=False, **identity(self.account)
            )
        if done.returncode:
            shutil.rmtree(folder, ignore_errors=True)
            raise self._failure(done.stderr, _("The database could not be created."))

    def _private_folder(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, exist_ok=True)
        folder.chmod(0o700)
        if self.account:
            self.account.own(folder)

    def _choose_socket_folder(self) -> None:
        near = self.home / "run"
        if len(os.fsencode(near / f".s.PGSQL.{SOCKET_PORT}")) <= SOCKET_PATH_LIMIT:
            self.socket_folder = near
        else:
            self.socket_folder = Path(tempfile.mkdtemp(prefix="qince-"))
        self._private_folder(self.socket_folder)

    def _options(self) -> list[str]:
        chosen = SETTINGS | (THROWAWAY if self.throwaway else {})
        chosen |= {"unix_socket_directories": str(self.socket_folder), "port": str(SOCKET_PORT)}
        return [word for name, value in chosen.items() for word in ("-c", f"{name}={value}")]

    def _wait_until_ready(self, seconds: float = 60) -> None:
        """The server writes its state into the eighth line of postmaster.pid, as pg_ctl reads it."""
        assert self.child  # set by start
        until = time.monotonic() + seconds
        while time.monotonic() < until and self.child.alive:
            if orphans.postmaster_state(self.folder) == (self.child.pid, "ready"):
                return
            time.sleep(0.02)
        self.child.stop()
        raise self._failure("\n".join(self.log.tail), _("The database did not start."))

    def _failure(self, output: str, summary: str) -> Problem:
        if is_full(output):
            return disk_full(self.folder)
        last = [line for line in output.splitlines() if re.search(r"FATAL|PANIC|error|ERROR", line)] or [
            output
        ]
        return Problem(summary, *last[-3:], _("The whole log: {path}").format(path=self.log.path))

    def _check_version(self) -> None:
        theirs = int((self.folder / "PG_VERSION").read_text().split(".")[0])
        if theirs == self.binaries.major:
            return
        raise Problem(
            _("The database in {folder} was made by PostgreSQL {theirs}; this Qince brings {ours}.").format(
                folder=self.folder, theirs=theirs, ours=self.binaries.major
            ),
            _("With the Qince that made it: ./qince backup FILE"),
            _("Then with this one, on a new folder: ./qince restore FILE --data NEWDIR"),
        )


def _character_types() -> str:
    """A system locale that knows letters beyond ASCII: pg_trgm asks it, and plain C sees no word in 门店."""
    before = locale.setlocale(locale.LC_CTYPE)
    for name in ("C.UTF-8", "C.utf8", "en_US.UTF-8"):
        with suppress(locale.Error):
            locale.setlocale(locale.LC_CTYPE, name)
            locale.setlocale(locale.LC_CTYPE, before)
            return name
    raise Problem(
        _("This system has no UTF-8 locale, so Chinese names could not be searched."),
        _("Install one, for example C.UTF-8 or en_US.UTF-8."),
    )


def url(role: str, password: str, socket_folder: Path, database: str) -> str:
    return f"postgresql://{role}:{password}@/{database}?host={quote(str(socket_folder))}&port={SOCKET_PORT}"
