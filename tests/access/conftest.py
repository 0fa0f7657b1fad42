"""Two organizations, each with somebody of every role and one row of everything."""

from dataclasses import dataclass
from typing import Any

import pytest

from qince.core.accounts import limits
from qince.core.people.tests import factories as people
from tests.access.planting import Planted, crew, plant

FOREIGN, OWN, OTHER = "Zq7Foe", "Zq7Own", "Zq7Two"


@dataclass
class World:
    home: Any
    staff: dict[str, Any]  # by role, in `home`
    own: Planted  # the administrator's
    foreign: Planted


@pytest.fixture
def world(db, data_folder, monkeypatch):
    monkeypatch.setattr(limits, "EVEN_S", 0)  # sign-in pages hide their time; here they only cost it
    tracked = {"location_tracking": "optional"}
    home = people.organization(f"{OWN} Ltd", settings=tracked)
    abroad = people.organization(f"{FOREIGN} Ltd", settings=tracked)
    staff, strangers = crew(home, OWN), crew(abroad, FOREIGN)
    return World(
        home, staff, plant(home, staff["administrator"], OWN), plant(abroad, strangers["rep"], FOREIGN)
    )
