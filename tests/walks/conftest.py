from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from launcher.browser import find
from tests.migrated import data_folder
from tests.walks.desk import Desk
from tests.walks.network import Air
from tests.walks.phone import Phone
from tests.walks.server import Server

if not find():
    collect_ignore_glob = ["test_*.py"]


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with data_folder("walks") as folder:
        made = Server(folder)
        try:
            made.start()
            made.script("tests.walks.story", "seed")
            yield made
        finally:
            made.close()


@pytest.fixture(autouse=True)
def running(request: pytest.FixtureRequest) -> None:
    """A walk that failed with the server killed must not take the following ones along."""
    if "server" in request.fixturenames:
        made: Server = request.getfixturevalue("server")
        if not made.web or made.web.poll() is not None:
            made.start()


@pytest.fixture
def air(server: Server) -> Iterator[Air]:
    made = Air(server.address)
    yield made
    made.close()


@pytest.fixture
def phone(air: Air, tmp_path: Path) -> Iterator[Phone]:
    with sync_playwright() as playwright:
        made = Phone(playwright, air.address, tmp_path / "profile")
        yield made
        made.kill()


@pytest.fixture
def desk(server: Server) -> Iterator[Desk]:
    with sync_playwright() as playwright:
        made = Desk(playwright, server.address)
        yield made
        made.close()
