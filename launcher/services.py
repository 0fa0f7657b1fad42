"""What `./qince up` keeps running besides the database: the web server and the background process."""

import os
from collections.abc import Mapping

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
    command += ["--no-access-log", "--log-level", "warning", "--respawn-failed-workers"]
    command += ["--workers-kill-timeout", "2"]  # one still starting up would not hear the signal
    return Child("web", command, env, ChildLog(place.logs, "web", shown=place.verbose), place.root)


def background(place: Place, env: Mapping[str, str]) -> Child:
    """Websockets and jobs in one process."""
    command = [str(place.python), "-m", "config.background"]
    return Child(
        "background", command, env, ChildLog(place.logs, "background", shown=place.verbose), place.root
    )
