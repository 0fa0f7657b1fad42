"""The canary and two people at work, planted once for a module, and their copies for each test."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from qince.core.people.tests import factories as people
from qince.kit.tenancy import tenant
from tests.access.planting import Planted
from tests.erasure.planting import MARKER, canary, travelling, two_people
from tests.standing import Scene, standing


@pytest.fixture(scope="module")
def standing_canary(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Scene]:
    folder = tmp_path_factory.mktemp("canary")
    with standing(
        lambda: canary(people.organization(), MARKER), blocker=django_db_blocker, folder=folder
    ) as set_up:
        yield set_up


@pytest.fixture
def planted(standing_canary: Scene, db: None, data_folder: Path) -> Planted:
    found: Planted = standing_canary.played(data_folder)
    return found


@pytest.fixture(scope="module")
def standing_two(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Scene]:
    with standing(two_people, blocker=django_db_blocker, folder=tmp_path_factory.mktemp("two")) as set_up:
        yield set_up


@pytest.fixture(name="two_people")
def _two_people(standing_two: Scene, db: None, data_folder: Path) -> tuple[Any, list[Planted]]:
    """Two people and their organization, for runs that travel in time."""
    travelling()
    found: tuple[Any, list[Planted]] = standing_two.played(data_folder)
    return found


@pytest.fixture
def house(db: None, data_folder: Path) -> Any:
    return people.organization()


@pytest.fixture
def desk(house: Any) -> tuple[Any, Any]:
    """The privacy officer at the console: actor and browser."""
    with tenant(house):
        person = people.employee("周专员", roles=["privacy_officer"])
        return people.actor(person), people.browser(person)
