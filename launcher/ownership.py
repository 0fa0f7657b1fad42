"""One owner per data folder: an flock, dropped by the kernel with the process, and a note of who holds it."""

import fcntl
import json
import os
import time
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from launcher.problem import Problem
from launcher.words import _


@dataclass
class Owner:
    """Who holds the data folder. `socket_folder` is filled once its database answers."""

    pid: int
    since: str
    command: str
    address: str = ""
    socket_folder: str = ""

    def __str__(self) -> str:
        since = datetime.fromisoformat(self.since).astimezone().strftime("%Y-%m-%d %H:%M:%S")
        text = _("process {pid} (./qince {command}), since {since}").format(
            pid=self.pid, command=self.command, since=since
        )
        return f"{text}, {self.address}" if self.address else text


class Owned(Problem):
    """The folder has an owner already. `owner` is None when it left no readable note."""

    def __init__(self, data: Path, owner: Owner | None) -> None:
        self.owner = owner
        ways = [_("Stop it with Ctrl-C where it runs, or: kill {pid}").format(pid=owner.pid)] if owner else []
        super().__init__(
            _("{data} is in use by {owner}.").format(data=data, owner=owner or _("another process")),
            *ways,
            _("For a second, separate Qince choose another folder and port: --data DIR --port PORT"),
        )


class Ownership:
    """Holds the lock file open for as long as this process owns `data`.

    `found_dead_owner`: the one before was killed, so its children may still be on their way out.
    """

    def __init__(self, file: IO[str], owner: Owner, *, found_dead_owner: bool) -> None:
        self._file, self.owner, self.found_dead_owner = file, owner, found_dead_owner

    def note(self, *, address: str | None = None, socket_folder: str | None = None) -> None:
        """Tell others where to find us."""
        self.owner.address = address if address is not None else self.owner.address
        self.owner.socket_folder = socket_folder if socket_folder is not None else self.owner.socket_folder
        self._file.seek(0)
        self._file.truncate()
        self._file.write(json.dumps(asdict(self.owner)))
        self._file.flush()

    def release(self) -> None:
        self._file.truncate(0)
        self._file.close()  # the file stays: removing it would let two processes lock two files


def acquire(data: Path, command: str) -> Ownership:
    """Become the owner of `data`, or raise `Owned` naming the present one."""
    file = (data / "owner.lock").open("a+")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        raise Owned(data, owner_of(data)) from None
    now = datetime.now(UTC).isoformat(timespec="seconds")
    held = Ownership(file, Owner(os.getpid(), now, command), found_dead_owner=owner_of(data) is not None)
    held.note()
    return held


def owner_of(data: Path) -> Owner | None:
    """Read the note; a half-written one counts as none."""
    try:
        return Owner(**json.loads((data / "owner.lock").read_text()))
    except (OSError, ValueError, TypeError):
        return None


def wait_for_database(data: Path, *, seconds: float = 30) -> str:
    """Return the socket folder of the owner's database, waiting while that one is still starting."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        owner = owner_of(data)
        if owner and owner.socket_folder:
            return owner.socket_folder
        time.sleep(0.1)
    raise Owned(data, owner_of(data))
