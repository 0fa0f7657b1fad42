"""Two organizations, each with somebody of every role and one row of everything."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.db.transaction import atomic, set_rollback
from django.test import override_settings

from conftest import storages
from qince.core.accounts import limits
from qince.core.people.tests import factories as people
from qince.kit import navigation
from tests.access.planting import Planted, crew, plant

FOREIGN, OWN, OTHER = "Zq7Foe", "Zq7Own", "Zq7Two"


@dataclass
class World:
    home: Any
    staff: dict[str, Any]  # by role, in `home`
    own: Planted  # the administrator's
    foreign: Planted


@pytest.fixture(scope="module")
def standing(django_db_setup, django_db_blocker, tmp_path_factory):
    """The world, planted once for a module: every test runs in a transaction inside that of the planting."""
    folder = tmp_path_factory.mktemp("world")
    with django_db_blocker.unblock(), override_settings(DATA=folder, STORAGES=storages(folder)), atomic():
        yield made()
        set_rollback(True)


@pytest.fixture
def world(standing, db, monkeypatch):
    monkeypatch.setattr(limits, "EVEN_S", 0)  # sign-in pages hide their time; here they only cost it
    monkeypatch.setattr(navigation, "BADGE_S", 3600)  # counted once, not with each of a thousand pages
    return standing


def made():
    tracked = {"location_tracking": "optional"}
    home = people.organization(f"{OWN} Ltd", settings=tracked)
    abroad = people.organization(f"{FOREIGN} Ltd", settings=tracked)
    staff, strangers = crew(home, OWN), crew(abroad, FOREIGN)
    return World(
        home, staff, plant(home, staff["administrator"], OWN), plant(abroad, strangers["rep"], FOREIGN)
    )
