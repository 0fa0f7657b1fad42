"""What `./qince up` keeps running besides the database: the web server and the background process."""

import os
import signal
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from launcher.child import Child
from launcher.logs import ChildLog
from launcher.place import Place


def web(place: Place, env: Mapping[str, str]) -> Child:
    """granian with WSGI threads; no access log, since addresses of people do not belong into logs."""
    workers = os.environ.get("QINCE_WORKERS", "2")
    command = [str(place.python.parent / "granian"), "--interface", "wsgi", "config.wsgi:application"]
    command += [
        "--host",
        place.host,
        "--port",
        str(place.port),
        "--workers",
        workers,
        "--blocking-threads",
        "4",
    ]
    command += place.tls.options() if place.tls else []
    command += ["--no-access-log", "--log-level", "warning", "--respawn-failed-workers"]
    command += ["--workers-kill-timeout", "2"]  # one still starting up would not hear the signal
    return Child("web", command, env, ChildLog(place.logs, "web", shown=place.verbose), place.root)


def stop_leftovers(place: Place, *, patience: float = 3) -> None:
    """End what a killed launcher left on this data folder; only its owner may ask.

    They were told to stop by the kernel and usually do; one that hangs would keep its port.
    """
    until = time.monotonic() + patience
    while leftovers(place) and time.monotonic() < until:
        time.sleep(0.1)
    for pid in leftovers(place):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def leftovers(place: Place) -> list[int]:
    """Our services on this data folder, recognized by their command and environment."""
    mark = f"\0QINCE_DATA={place.data}\0".encode()
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # gone, or another user's
            command = (entry / "cmdline").read_bytes()
            ours = any(name in command for name in (b"granian", b"config.background"))
            if ours and mark in b"\0" + (entry / "environ").read_bytes():
                found.append(int(entry.name))
    return found


def background(place: Place, env: Mapping[str, str]) -> Child:
    """Websockets and jobs in one process."""
    command = [str(place.python), "-m", "config.background"]
    return Child(
        "background", command, env, ChildLog(place.logs, "background", shown=place.verbose), place.root
    )
