"""Children: restarted when they die, gone when the launcher goes."""

import http.server
import os
import signal
import subprocess
import sys
import textwrap
import threading
from pathlib import Path

import pytest

from launcher import services
from launcher.child import Child
from launcher.logs import ChildLog
from launcher.place import ROOT
from launcher.problem import Problem
from launcher.supervisor import Supervisor, wait_until_ready
from tests.launcher.running import eventually

SLEEPER = "import time; print('awake', flush=True); time.sleep(60)"
STUBBORN = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); {SLEEPER}"
PARENT = "import subprocess, sys; print(subprocess.Popen([sys.executable, '-c', %r]).pid, flush=True)"


def child(folder: Path, code: str, **options) -> Child:
    log = ChildLog(folder, "child")
    return Child("child", [sys.executable, "-c", code], dict(os.environ), log, folder, **options)


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_killed_child_is_started_again_and_said_so(tmp_path):
    said: list[str] = []
    supervisor = Supervisor(said.append)
    service = child(tmp_path, SLEEPER)
    supervisor.add(service)
    first = service.pid
    os.kill(first, signal.SIGKILL)
    assert eventually(lambda: (supervisor.look_once(), service.alive and service.pid != first)[1])
    supervisor.stop()
    assert "child stopped unexpectedly" in said[0]
    assert "child runs again" in said[1]
    assert not service.alive


def test_quick_deaths_are_retried_ever_more_slowly(tmp_path):
    said: list[str] = []
    supervisor = Supervisor(said.append)
    supervisor.add(child(tmp_path, "raise SystemExit(3)"))
    assert eventually(lambda: (supervisor.look_once(), len(said) >= 5)[1])
    supervisor.stop()
    delays = [line.split(" in ")[1].split(" s ")[0] for line in said if "stopped" in line]
    assert delays[:3] == ["0.2", "0.4", "0.8"]


def test_a_deaf_child_is_killed_after_its_grace(tmp_path):
    service = child(tmp_path, STUBBORN, grace=0.3)
    service.start()
    assert eventually(lambda: service.log.mentions("awake"))
    service.stop()
    assert service.process.returncode == -signal.SIGKILL
    assert "did not stop within" in (tmp_path / "child.log").read_text()


def test_orphans_of_a_dead_child_do_not_keep_its_port(tmp_path):
    service = child(tmp_path, PARENT % SLEEPER)
    service.start()
    assert eventually(lambda: not service.alive and len(service.log.tail) > 0)
    orphan = int(service.log.tail[0])
    assert is_alive(orphan)
    service.clear_group()
    assert eventually(lambda: not is_alive(orphan))


def test_children_do_not_outlive_a_killed_launcher(tmp_path):
    script = f"""
        import os, sys, time
        from pathlib import Path
        from launcher.child import Child
        from launcher.logs import ChildLog
        folder = Path({str(tmp_path)!r})
        command = [sys.executable, "-c", {SLEEPER!r}]
        sleeper = Child("sleeper", command, dict(os.environ), ChildLog(folder, "sleeper"), folder)
        sleeper.start()
        print(sleeper.pid, flush=True)
        time.sleep(60)
    """
    command = [sys.executable, "-c", textwrap.dedent(script)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as launcher:
        pid = int(launcher.stdout.readline())
        assert is_alive(pid)
        launcher.kill()
    assert eventually(lambda: not is_alive(pid))


def test_a_hanging_service_of_a_killed_launcher_is_ended(tmp_path, place):
    command = [sys.executable, "-c", SLEEPER, "config.background"]
    mine, other = (
        subprocess.Popen(command, env=os.environ | {"QINCE_DATA": data})
        for data in (str(place.data), str(tmp_path))
    )
    try:
        assert eventually(lambda: services.leftovers(place) == [mine.pid])
        services.stop_leftovers(place, patience=0.2)
        assert mine.wait(5) == -signal.SIGKILL
        assert other.poll() is None
    finally:
        for process in (mine, other):
            process.kill()
            process.wait()


class Healthy(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200 if self.path == "/healthz" else 404)
        self.end_headers()

    def log_message(self, *words):
        """Keep quiet."""


def test_readiness_is_an_answer_on_healthz(tmp_path):
    with http.server.HTTPServer(("127.0.0.1", 0), Healthy) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        service = child(tmp_path, SLEEPER)
        service.start()
        wait_until_ready(f"http://127.0.0.1:{server.server_port}", [service], seconds=5)
        service.stop()
        server.shutdown()


def test_a_service_that_dies_at_the_start_is_quoted(tmp_path):
    service = child(tmp_path, "raise SystemExit('no module named hope')")
    service.start()
    with pytest.raises(Problem, match="child did not start") as failed:
        wait_until_ready("http://127.0.0.1:9", [service], seconds=5)
    assert "no module named hope" in failed.value.ways_out
