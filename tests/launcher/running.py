"""Driving `./qince` as an operator does: as a process of its own."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from launcher import orphans
from launcher.place import ROOT

FOREIGN = (
    "QINCE_DATABASE_URL",
    "QINCE_APP_DATABASE_URL",
    "QINCE_BACKUP_DATABASE_URL",
    "QINCE_DATA",
    "QINCE_PORT",
)


def clean_env(**extra: str) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if key not in FOREIGN}
    return kept | {"LC_ALL": "C.UTF-8"} | extra


def qince(*words: str, **env: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, str(ROOT / "qince"), *words]
    return subprocess.run(
        command, env=clean_env(**env), capture_output=True, text=True, timeout=60, check=False
    )


@contextmanager
def running_database(data: Path) -> Iterator["subprocess.Popen[str]"]:
    """`./qince database` on `data`, ready; killed without mercy if the test did not stop it."""
    command = [sys.executable, str(ROOT / "qince"), "database", "--throwaway", "--data", str(data)]
    process = subprocess.Popen(
        command, env=clean_env(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        _wait_for_urls(process)
        yield process
    finally:
        stop(process)
        orphans.stop_all(data / "postgres")


def _wait_for_urls(process: "subprocess.Popen[str]") -> None:
    assert process.stdout
    assert process.stderr
    for line in process.stdout:
        if line.startswith("export QINCE_APP_DATABASE_URL="):
            return
    raise AssertionError(process.stderr.read())


def stop(process: "subprocess.Popen[str]") -> int:
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
    return process.wait(40)


def postmasters(data: Path) -> list[int]:
    """Pids of the servers started on `data`: postmasters name the folder in their arguments.

    So do their children for the instant before they rename themselves: ask `eventually`.
    """
    wanted = f"-D\0{data / 'postgres'}\0".encode()
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if wanted in (entry / "cmdline").read_bytes():
                found.append(int(entry.name))
        except OSError:
            continue
    return found


def eventually(question, seconds: float = 15) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if question():
            return True
        time.sleep(0.05)
    return False
