"""`./qince up` as an operator meets it: what it prints, starting again, and that nothing is left when it ends."""

import re
import signal
import socket
import ssl
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from launcher import orphans, ownership, sql
from launcher.database import attached
from launcher.place import ROOT, Place
from launcher.progress import Progress
from tests.launcher.running import clean_env, eventually, postmasters, qince, stop
from tests.launcher.speaking import in_clear, over_tls, spoken, tls_pair
from tests.migrated import data_folder, lay_tables
from tests.reliability.crashes import free_port

STEPS = ["Environment", "Database", "Tables", "Languages", "Static files", "Web, sockets and jobs"]
AGAIN = {
    "Environment": "ready",
    "Tables": "up to date",
    "Languages": "unchanged",
    "Static files": "unchanged",
}
MARK = "Stop: Ctrl-C"
WITHIN_S = 120  # beside other tests, on whatever machine


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with data_folder("up") as found:
        lay_tables(found)
        yield found


@contextmanager
def running(
    folder: Path, port: int, *words: str, **more: str
) -> Iterator["tuple[subprocess.Popen[str], str]"]:
    """`./qince up`, and what it had printed when it said that all is ready."""
    command = [sys.executable, str(ROOT / "qince"), "up", "--data", str(folder), "--port", str(port)]
    env = clean_env(**{"QINCE_SOCKET_PORT": str(free_port()), "QINCE_LOG_LEVEL": "ERROR"} | more)
    process = subprocess.Popen(
        [*command, *words], env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    impatience = threading.Timer(WITHIN_S, process.kill)
    impatience.start()
    try:
        assert process.stdout
        printed = []
        for line in process.stdout:
            printed.append(line)
            if MARK in line:
                break
        else:
            raise AssertionError("".join(printed))
        impatience.cancel()
        yield process, "".join(printed)
    finally:
        impatience.cancel()
        process.kill()
        process.wait(20)
        orphans.stop_all(folder / "postgres")


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def serving(folder: Path) -> list[int]:
    """Web and background processes that work on this folder: their environment names it."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            words = (entry / "cmdline").read_bytes()
            ours = f"QINCE_DATA={folder}\0".encode() in (entry / "environ").read_bytes()
        except OSError:
            continue
        if ours and (b"granian" in words or b"config.background" in words):
            found.append(int(entry.name))
    return found


def test_it_tells_each_step_then_address_and_what_to_do_serves_and_ends_whole_at_ctrl_c(folder: Path):
    port = free_port()
    with running(folder, port) as (process, printed):
        places = [printed.index(f"✓ {name}") for name in STEPS]
        assert places == sorted(places)
        assert all(re.search(rf"✓ {name} +\d+\.\d s", printed) for name in STEPS)
        after = printed[places[-1] :]
        assert f"Qince runs at http://127.0.0.1:{port}" in after
        assert after.index("Qince runs at") < after.index("/register/") < after.index(f"Data: {folder}")
        assert answers(port)
        assert serving(folder)
        second = qince("up", "--data", str(folder), "--port", str(free_port()))
        assert second.returncode == 1
        assert f"is in use by process {process.pid} (./qince up), since " in second.stderr
        assert stop(process) in (0, 130)
    assert eventually(lambda: not serving(folder) and not postmasters(folder))
    assert ownership.owner_of(folder) is None
    assert not answers(port)


def test_killed_it_takes_all_along_and_starting_again_makes_nothing_anew(folder: Path):
    port = free_port()
    with running(folder, port) as (process, _):
        process.send_signal(signal.SIGKILL)
        process.wait(20)
        assert eventually(lambda: not serving(folder) and not postmasters(folder), 30)
    made = stamped(folder)
    assert made
    with running(folder, port) as (_, printed):
        assert answers(port)
        for name, said in AGAIN.items():
            assert re.search(rf"✓ {name} +\d+\.\d s +{said}\n", printed), printed
        assert stamped(folder) == made


def stamped(folder: Path) -> dict[str, int]:
    """When each piece of work that a start may skip was last done."""
    return {file.name: file.stat().st_mtime_ns for file in (folder / "stamps").iterdir()}


def test_a_taken_port_is_told_before_anything_is_started(folder: Path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = qince("up", "--data", str(folder), "--port", str(port))
    assert done.returncode == 1
    assert str(port) in done.stderr
    assert "--port" in done.stderr
    assert not postmasters(folder)


@pytest.fixture(scope="module")
def encrypted(folder: Path, tmp_path_factory) -> Iterator[tuple[int, int, str]]:
    """`./qince up` with a certificate of its own: its two ports, and what it printed."""
    pair = tls_pair(tmp_path_factory.mktemp("tls"))
    port, sockets = free_port(), free_port()
    words = ("--tls-certificate", str(pair.certificate), "--tls-key", str(pair.key))
    with running(folder, port, *words, QINCE_SOCKET_PORT=str(sockets)) as (_, printed):
        yield port, sockets, printed


@pytest.mark.clause("C5.1-01")
def test_with_a_certificate_nothing_is_answered_in_clear_or_to_a_weak_version(encrypted):
    port, sockets, printed = encrypted
    assert f"Qince runs at https://127.0.0.1:{port}" in printed
    for each in (port, sockets):
        assert spoken(each, ssl.TLSVersion.TLSv1_2) == "TLSv1.2"
        assert spoken(each, ssl.TLSVersion.TLSv1_3) == "TLSv1.3"
        assert not spoken(each, ssl.TLSVersion.TLSv1_1)
        assert not in_clear(each)
    answer, headers = over_tls(port, "/sign-in/")
    assert answer == 200
    assert "max-age=31536000" in headers["Strict-Transport-Security"]
    assert "Secure" in headers["Set-Cookie"]
    assert f"wss://127.0.0.1:{sockets}" in headers["Content-Security-Policy"]


def test_the_doctor_names_an_open_lock_and_its_exit_status_is_bad(folder: Path, encrypted, monkeypatch):
    monkeypatch.delenv("QINCE_DATABASE_URL")  # the tests' own; this one is about the folder's
    status, said = doctor(folder)
    assert (status, "Everything is well." in said) == (0, True), said
    assert "✓ row-level security is forced on every tenant table" in said
    _as_owner(folder, "ALTER TABLE people_employee NO FORCE ROW LEVEL SECURITY")
    status, said = doctor(folder)
    assert status == 1
    assert "✗ row-level security is forced" in said
    assert "people_employee has no forced row security" in said
    _as_owner(folder, "ALTER TABLE people_employee FORCE ROW LEVEL SECURITY")


def doctor(folder: Path) -> tuple[int, str]:
    """Its exit status and what it said."""
    done = qince("doctor", "--data", str(folder))
    return done.returncode, done.stdout + done.stderr


def _as_owner(folder: Path, statement: str) -> None:
    place = Place(root=ROOT, data=folder, host="127.0.0.1", port=1, socket_port=2)
    with attached(place, "test", Progress()) as opened:
        sql.run(opened.binaries, opened.owner, statement)
