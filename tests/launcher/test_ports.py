"""The address: free, taken by somebody with a name, reserved, or not ours."""

import os
import socket
import threading
import time

import pytest

from launcher import ports
from launcher.problem import Problem
from tests.launcher.running import qince


@pytest.fixture
def listener():
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server


def test_a_taken_port_names_its_owner_and_a_free_one(listener):
    port = listener.getsockname()[1]
    with pytest.raises(
        Problem, match=f"Port {port} on 127.0.0.1 is taken by process {os.getpid()} "
    ) as refused:
        ports.check("127.0.0.1", port, "--port")
    offered = int(refused.value.ways_out[0].split()[-1])
    ports.check("127.0.0.1", offered, "--port")


def test_up_stops_at_a_taken_port_before_it_starts_anything(listener, data):
    port = listener.getsockname()[1]
    refused = qince("up", "--data", str(data), "--port", str(port))
    assert refused.returncode == 1
    assert f"Port {port} on 127.0.0.1 is taken by process {os.getpid()} " in refused.stderr
    assert "./qince up --port " in refused.stderr
    assert not (data / "postgres").exists()


def test_a_port_just_being_freed_is_waited_for(listener):
    port = listener.getsockname()[1]
    threading.Timer(0.3, listener.close).start()
    started = time.monotonic()
    ports.check("127.0.0.1", port, "--port", patience=5)
    assert 0.2 < time.monotonic() - started < 3


def test_a_foreign_address_is_explained():
    with pytest.raises(Problem, match=r"192\.0\.2\.1 is not an address of this machine"):
        ports.check("192.0.2.1", 18765, "--port")


def test_a_name_that_does_not_resolve_is_explained():
    with pytest.raises(Problem, match=r"no-such-host\.invalid is not an address"):
        ports.check("no-such-host.invalid", 18765, "--port")
