"""One owner, one server: whatever is killed, and however rudely."""

import os
import signal
import subprocess
from pathlib import Path

from launcher import database, orphans, ownership, sql
from launcher.account import identity
from launcher.place import Place
from tests.launcher.running import eventually, postmasters, qince, running_database, stop


def test_second_owner_is_refused_and_told_who_the_first_is(data: Path):
    with running_database(data) as first:
        second = qince("up", "--data", str(data))
        assert second.returncode == 1
        assert f"is in use by process {first.pid} (./qince database), since " in second.stderr
        assert f"kill {first.pid}" in second.stderr
        assert eventually(lambda: len(postmasters(data)) == 1)


def test_ctrl_c_leaves_nothing_behind(data: Path):
    with running_database(data) as process:
        assert stop(process) == 130
        assert orphans.servers_on(data / "postgres") == []
        assert ownership.owner_of(data) is None


def test_killed_launcher_takes_its_server_along_and_the_next_one_owns_it_alone(data: Path):
    with running_database(data) as first:
        first.send_signal(signal.SIGKILL)
        with running_database(data):
            assert eventually(lambda: len(postmasters(data)) == 1)
        assert eventually(lambda: not postmasters(data))


def test_orphan_that_ignored_its_parents_death_is_stopped_before_a_new_one_starts(place: Place):
    place.prepare_data()
    cluster = database.prepare(place, print, throwaway=True)
    cluster.start()
    sql.run(cluster.binaries, cluster.url("postgres", "postgres"), "CREATE TABLE kept AS SELECT 7 AS n")
    cluster.stop()
    orphan = subprocess.Popen(
        cluster.child.command,
        cwd="/",
        start_new_session=True,
        stderr=subprocess.DEVNULL,
        **identity(cluster.account),
    )
    assert eventually(lambda: orphans.postmaster_state(cluster.folder) == (orphan.pid, "ready"))
    cluster.start()
    try:
        assert orphan.wait(5) == 0
        assert eventually(lambda: postmasters(place.data) == [cluster.child.pid])
        url = cluster.url("postgres", "postgres")
        assert sql.run(cluster.binaries, url, "SELECT n FROM kept") == [["7"]]
    finally:
        cluster.stop()


def test_backends_of_a_killed_server_are_awaited(place: Place):
    place.prepare_data()
    cluster = database.prepare(place, print, throwaway=True)
    cluster.start()
    try:
        os.kill(cluster.child.pid, signal.SIGKILL)
        cluster.child.process.wait()
        cluster.start()
        assert eventually(lambda: postmasters(place.data) == [cluster.child.pid])
    finally:
        cluster.stop()


def test_a_half_written_note_is_no_owner(data: Path):
    data.mkdir()
    (data / "owner.lock").write_text('{"pid": 1')
    assert ownership.owner_of(data) is None
    held = ownership.acquire(data, "up")
    assert held.found_dead_owner is False
    held.release()


def test_a_dead_owners_note_is_noticed(data: Path):
    data.mkdir()
    (data / "owner.lock").write_text('{"pid": 999999, "since": "2026-01-01T00:00:00+00:00", "command": "up"}')
    held = ownership.acquire(data, "up")
    assert held.found_dead_owner is True
    held.release()
