"""The service as an operator runs it: the web server under the application role, on a port of its own."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Server:
    port: int
    pid: int


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def web(application: str = "config.wsgi:application", workers: int = 2) -> Iterator[Server]:
    """The web server with durable writes, row security and audit on."""
    port = free_port()
    words = ["--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers", str(workers)]
    words += ["--blocking-threads", "4", "--log-level", "error", application]
    command = [sys.executable, "-m", "granian", *words]
    env = {**os.environ, "QINCE_PORT": str(port)}
    process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL)
    try:
        _wait(port, process)
        yield Server(port, process.pid)
    finally:
        process.terminate()
        process.wait(20)


@contextmanager
def background() -> Iterator[int]:
    process = subprocess.Popen(
        [sys.executable, "-m", "config.background"],
        cwd=ROOT,
        env={**os.environ, "QINCE_SOCKET_PORT": str(free_port())},
        stderr=subprocess.DEVNULL,
    )
    try:
        time.sleep(4)
        yield process.pid
    finally:
        process.terminate()
        process.wait(20)


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    for _attempt in range(300):
        if process.poll() is not None:
            raise SystemExit(f"the web server ended with status {process.returncode}")
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the web server did not answer within 30 s")


def postmaster() -> int:
    """The process id of the database server's parent process, asked of the database itself."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = cursor.fetchone()[0]
    status = Path(f"/proc/{backend}/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("PPid:"))
