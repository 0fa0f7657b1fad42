"""Servers left behind by a killed launcher: found by their data folder, stopped, never doubled."""

import os
import signal
import subprocess
import time
from pathlib import Path


def postmaster_state(folder: Path) -> tuple[int, str]:
    """Return (pid, state) from postmaster.pid, or (0, "") while there is none."""
    try:
        lines = (folder / "postmaster.pid").read_text().splitlines()
        return int(lines[0]), lines[7].strip() if len(lines) > 7 else ""
    except (OSError, ValueError, IndexError):
        return 0, ""


def servers_on(folder: Path) -> list[int]:
    """Pids of every postgres process working in `folder`: each of them has it as current directory."""
    found = {int(entry.name) for entry in Path("/proc").glob("[0-9]*") if _works_in(entry, folder.resolve())}
    master, _state = postmaster_state(folder)
    if master and _is_postgres(master):  # for a container's root the current directory may be hidden
        found.add(master)
    return sorted(found)


def stop_all(folder: Path, *, patience: float = 20) -> None:
    """Stop what still runs on `folder`: wait a moment, then a fast stop, an immediate one, the axe.

    The leftovers' death is awaited, because their shared memory would block a successor.
    """
    for farewell, seconds in (
        (None, 0.3),
        (signal.SIGINT, patience),
        (signal.SIGQUIT, 5),
        (signal.SIGKILL, 5),
    ):
        left = servers_on(folder)
        if not left:
            return
        master, _state = postmaster_state(folder)
        if farewell is not None:
            for pid in [master] if master in left and farewell == signal.SIGINT else left:
                _send(pid, farewell)
        _wait_for_end(folder, seconds)


def _wait_for_end(folder: Path, seconds: float) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until and servers_on(folder):
        time.sleep(0.05)


def _works_in(entry: Path, folder: Path) -> bool:
    try:
        return (entry / "comm").read_text().startswith("postgres") and os.readlink(entry / "cwd") == str(
            folder
        )
    except OSError:
        return False


def _is_postgres(pid: int) -> bool:
    """Whether `pid` still lives and is a server, not a stranger that was given the number since."""
    status = Path(f"/proc/{pid}/stat")
    if Path("/proc/self").exists():
        try:
            name, _bracket, rest = status.read_text().partition("(")[2].rpartition(")")
        except OSError:
            return False
        return name.startswith("postgres") and rest.split()[0] != "Z"
    done = subprocess.run(["ps", "-o", "comm=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return "postgres" in done.stdout


def _send(pid: int, what: int) -> None:
    try:
        os.kill(pid, what)
    except ProcessLookupError:
        return
