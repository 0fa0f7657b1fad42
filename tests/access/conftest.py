"""Two organizations, each with somebody of every role and one row of everything."""

from dataclasses import dataclass
from typing import Any

import pytest

from qince.core.accounts import limits
from qince.core.people.tests import factories as people
from qince.kit import navigation
from tests.access.planting import Planted, crew, plant
from tests.standing import standing

FOREIGN, OWN, OTHER = "Zq7Foe", "Zq7Own", "Zq7Two"


@dataclass
class World:
    home: Any
    staff: dict[str, Any]  # by role, in `home`
    own: Planted  # the administrator's
    foreign: Planted


@pytest.fixture(scope="module")
def standing_world(django_db_setup, django_db_blocker, tmp_path_factory):
    with standing(made, blocker=django_db_blocker, folder=tmp_path_factory.mktemp("world")) as scene:
        yield scene


@pytest.fixture
def world(standing_world, db, data_folder, monkeypatch):
    monkeypatch.setattr(limits, "EVEN_S", 0)  # sign-in pages hide their time; here they only cost it
    monkeypatch.setattr(navigation, "BADGE_S", 3600)  # counted once, not with each of a thousand pages
    return standing_world.played(data_folder)


def made():
    tracked = {"location_tracking": "optional"}
    home = people.organization(f"{OWN} Ltd", settings=tracked)
    abroad = people.organization(f"{FOREIGN} Ltd", settings=tracked)
    staff, strangers = crew(home, OWN), crew(abroad, FOREIGN)
    return World(
        home, staff, plant(home, staff["administrator"], OWN), plant(abroad, strangers["rep"], FOREIGN)
    )
