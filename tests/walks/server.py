"""The real server as processes of its own: a throwaway database, and a web server to kill at any moment."""

import json
import os
import shlex
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from launcher.place import ROOT
from tests.launcher.running import clean_env, stop
from tests.migrated import lay_tables

STARTS_WITHIN_S = 40


class Server:
    """Database, tables and static files made ready in `data`; `start` and `kill` the web server as needed."""

    def __init__(self, data: Path) -> None:
        self.data = data
        is_migrated = lay_tables(data)
        self.port, self.socket_port = _free_port(), _free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.web: subprocess.Popen[str] | None = None
        self.stories: subprocess.Popen[str] | None = None
        self.database = subprocess.Popen(
            [sys.executable, str(ROOT / "qince"), "database", "--throwaway", "--data", str(data)],
            env=clean_env(), stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        self.urls = self._urls()
        if not is_migrated:
            self.manage("migrate", "--no-input", owner=True)
        self._static()

    def _static(self) -> None:
        if collected := os.environ.get("QINCE_TEST_STATIC"):
            (self.data / "static").symlink_to(collected)
        else:
            self.manage("collectstatic", "--no-input")

    def _urls(self) -> dict[str, str]:
        found: dict[str, str] = {}
        assert self.database.stdout
        for line in self.database.stdout:
            name, _, value = line.removeprefix("export ").strip().partition("=")
            found[name] = shlex.split(value)[0] if value else ""
            if {"QINCE_DATABASE_URL", "QINCE_APP_DATABASE_URL"} <= found.keys():
                return found
        raise AssertionError("the database did not start")

    def _env(self, owner: bool = False) -> dict[str, str]:
        urls = {"QINCE_DATABASE_URL": self.urls["QINCE_DATABASE_URL"]} if owner else self.urls
        path = os.pathsep.join([str(ROOT), str(ROOT / "src")])
        place = {"QINCE_DATA": str(self.data), "QINCE_PORT": str(self.port), "PYTHONPATH": path}
        place |= {"QINCE_SOCKET_PORT": str(self.socket_port), "QINCE_OPERATOR_PHONE": "400-800-1234"}
        return clean_env(DJANGO_SETTINGS_MODULE="config.settings", **urls, **place)

    def manage(self, *words: str, owner: bool = False) -> str:
        command = [sys.executable, "-m", "django", *words]
        return subprocess.run(
            command, cwd=ROOT, env=self._env(owner), check=True, capture_output=True, text=True
        ).stdout

    def script(self, module: str, function: str, *words: str) -> Any:
        """Call a story's function as the application, in a process of its own; its answer (see `scripting`)."""
        if self.stories is None:
            command = [sys.executable, "-m", "tests.walks.scripting"]
            pipe = subprocess.PIPE
            self.stories = subprocess.Popen(
                command, cwd=ROOT, env=self._env(), stdin=pipe, stdout=pipe, text=True
            )
        assert self.stories.stdin
        assert self.stories.stdout
        self.stories.stdin.write(json.dumps([module, function, *words]) + "\n")
        self.stories.stdin.flush()
        told = json.loads(self.stories.stdout.readline() or '{"fault": "the stories\' process has ended"}')
        assert "fault" not in told, told["fault"]
        return told["answer"]

    def start(self) -> None:
        command = [str(Path(sys.executable).parent / "granian"), "--interface", "wsgi", "--host", "127.0.0.1"]
        command += [
            "--port",
            str(self.port),
            "--workers",
            "1",
            "--blocking-threads",
            "4",
            "config.wsgi:application",
        ]
        self.web = subprocess.Popen(command, cwd=ROOT, env=self._env(), text=True, start_new_session=True)
        deadline = time.monotonic() + STARTS_WITHIN_S
        while time.monotonic() < deadline:
            if self._answers():
                return
            time.sleep(0.1)
        raise AssertionError("the web server did not start")

    @contextmanager
    def background(self) -> Iterator[None]:
        """Sockets and jobs, which only pages that refresh themselves need."""
        command = [sys.executable, "-m", "config.background"]
        process = subprocess.Popen(command, cwd=ROOT, env=self._env(), text=True)
        try:
            _wait_for(self.socket_port)
            yield
        finally:
            stop(process)

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.address}/m/", timeout=2):
                return True
        except (urllib.error.URLError, OSError):
            return False

    def kill(self) -> None:
        """Without any chance to finish what it was doing."""
        if self.web:
            os.killpg(self.web.pid, signal.SIGKILL)
            self.web.wait()
            self.web = None

    def close(self) -> None:
        self.kill()
        if self.stories:
            stop(self.stories)
        stop(self.database)


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + STARTS_WITHIN_S
    while time.monotonic() < deadline:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=2):
            return
        time.sleep(0.1)
    raise AssertionError("the sockets did not start")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
