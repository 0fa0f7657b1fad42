"""A disk that fills up while Qince is set up: said in words at every stage, and once there is room all goes on."""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from launcher import orphans, sql
from launcher.database import attached
from launcher.progress import Progress
from tests.launcher.conftest import place_in
from tests.launcher.running import qince

pytestmark = pytest.mark.skipif(os.getuid() != 0, reason="only root can mount a small disk")


@pytest.fixture
def disk() -> Iterator[Path]:
    """A disk of one MiB; `grow` makes it larger."""
    with tempfile.TemporaryDirectory(prefix="qince-disk-") as name:
        made = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=1m,mode=755", "tmpfs", name],
            check=False,
            capture_output=True,
        )
        if made.returncode:
            pytest.skip("this machine lets nobody mount a disk")
        try:
            yield Path(name)
        finally:
            orphans.stop_all(Path(name) / "data" / "postgres")
            subprocess.run(["umount", "--lazy", name], check=True)


def grow(disk: Path, size: str) -> None:
    subprocess.run(["mount", "-o", f"remount,size={size}", str(disk)], check=True)


def test_it_is_said_at_every_stage_and_with_more_room_it_goes_on(disk: Path, monkeypatch):
    monkeypatch.delenv("QINCE_DATABASE_URL", raising=False)  # the tests' own; this one is about the folder's
    # where it ends: initdb, the new cluster's first database, the tables
    for size in ("10m", "40m", "50m"):
        grow(disk, size)
        done = qince("up", "--data", str(disk / "data"), "--port", "18771")
        assert done.returncode == 1, size
        assert f"The disk is full ({disk}" in done.stderr, (size, done.stderr)
        assert "--data DIR" in done.stderr
        assert "Traceback" not in done.stderr, (size, done.stderr)
        assert "Logging error" not in done.stderr, (size, done.stderr)
    grow(disk, "400m")
    place = place_in(disk / "data")
    with attached(place, "test", Progress()) as opened:
        assert sql.run(
            opened.binaries, opened.owner, "SELECT count(*) > 0 FROM pg_extension WHERE extname = 'pg_trgm'"
        ) == [["t"]]
