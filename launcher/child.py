"""One child process: its own process group, its log, and a kernel promise to stop when the launcher dies.

`start` must be called from the main thread: Linux ties the death signal to the thread that forked.
"""

import ctypes
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from launcher.account import Account, identity
from launcher.logs import ChildLog

PR_SET_PDEATHSIG = 1


@dataclass
class Child:
    """A command to keep running. `farewell` asks it to stop; after `grace` seconds its group is killed."""

    name: str
    command: Sequence[str]
    env: Mapping[str, str] = field(repr=False)
    log: ChildLog
    folder: Path
    account: Account | None = None
    farewell: int = signal.SIGTERM
    grace: float = 10
    process: "subprocess.Popen[str] | None" = None
    _reader: threading.Thread | None = field(default=None, repr=False)

    def start(self) -> None:
        self.process = subprocess.Popen(
            list(self.command),
            env=dict(self.env),
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
            preexec_fn=_stop_with_parent(self.farewell),
            **identity(self.account),
        )
        self._reader = threading.Thread(target=self._drain, args=(self.process,), daemon=True)
        self._reader.start()

    @property
    def pid(self) -> int | None:
        return self.process.pid if self.process else None

    @property
    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def stop(self) -> None:
        """Ask politely, wait, then kill whatever is left of the group."""
        if self.process is None:
            return
        if self.alive:
            self.process.send_signal(self.farewell)
            try:
                self.process.wait(self.grace)
            except subprocess.TimeoutExpired:
                self.log.write(f"[launcher] {self.name} did not stop within {self.grace:.0f} s; killed")
        self.clear_group()
        self.process.wait()
        if self._reader:
            self._reader.join(2)
        self.log.close()

    def clear_group(self) -> None:
        """Kill orphans of a dead child, such as web workers that would keep its port."""
        if self.process is not None:
            try:
                os.killpg(self.process.pid, signal.SIGKILL)
            except (ProcessLookupError, PermissionError):
                return

    def _drain(self, process: "subprocess.Popen[str]") -> None:
        assert process.stdout is not None  # opened as a pipe above
        for line in process.stdout:
            self.log.write(line.rstrip("\n"))


def _stop_with_parent(farewell: int) -> Callable[[], None] | None:
    """Return what runs between fork and exec: ask Linux for `farewell` on the parent's death."""
    if not sys.platform.startswith("linux"):
        return None
    prctl, parent = ctypes.CDLL(None).prctl, os.getpid()

    def promise() -> None:
        prctl(PR_SET_PDEATHSIG, farewell)
        if os.getppid() != parent:  # the parent died in between
            os._exit(1)

    return promise
