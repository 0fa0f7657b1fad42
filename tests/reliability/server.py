"""The web server as the launcher starts it, on the tests' own database."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def database_url() -> str:
    """Of the database this test runs on."""
    held = settings.DATABASES["default"]
    who = f"{quote(held['USER'])}:{quote(held['PASSWORD'])}"
    return f"postgresql://{who}@/{held['NAME']}?host={quote(held['HOST'], safe='/')}&port={held['PORT']}"


@contextmanager
def granian(data: Path) -> Iterator[int]:
    """A running server's port; stopped at the end."""
    port = free_port()
    environment = {
        **os.environ,
        "QINCE_DATABASE_URL": database_url(),
        "QINCE_APP_DATABASE_URL": "",
        "QINCE_DATA": str(data),
        "QINCE_SECRET_KEY": settings.SECRET_KEY,
        "QINCE_PORT": str(port),
        "QINCE_LOG_LEVEL": "ERROR",
    }
    command = [str(Path(sys.executable).parent / "granian"), "--interface", "wsgi", "config.wsgi:application"]
    command += [
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "--workers",
        "1",
        "--blocking-threads",
        "4",
        "--no-ws",
    ]
    with (data / "web.log").open("w") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        try:
            _wait(process, port, data / "web.log")
            yield port
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(5)


def _wait(process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1) as probe:
                probe.sendall(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
                if b" 200 " in probe.recv(200):
                    return
        except OSError:
            pass
        time.sleep(0.1)
    raise RuntimeError(f"the server does not answer: {log.read_text()[-2000:]}")
