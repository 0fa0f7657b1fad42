"""Real clusters in short, traversable folders: pytest's own are closed to the database's system user."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from launcher import database
from launcher.database import Database
from launcher.place import ROOT, Place
from launcher.progress import Progress


def place_in(data: Path, port: int = 18765) -> Place:
    return Place(root=ROOT, data=data, host="127.0.0.1", port=port, socket_port=port + 1)


@pytest.fixture
def data() -> Iterator[Path]:
    """A folder that is not there yet, in one everybody may pass through."""
    parent = Path(tempfile.mkdtemp(prefix="qince-test-")).resolve()
    parent.chmod(0o755)
    yield parent / "data"
    shutil.rmtree(parent)


@pytest.fixture
def place(data: Path) -> Place:
    return place_in(data)


@pytest.fixture(scope="module")
def served() -> Iterator[Database]:
    """One running throwaway cluster for the tests of a module."""
    parent = Path(tempfile.mkdtemp(prefix="qince-test-")).resolve()
    parent.chmod(0o755)
    with database.throwaway(place_in(parent / "data"), "tests", Progress()) as opened:
        yield opened
    shutil.rmtree(parent)
