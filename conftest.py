"""Fixtures every test may use: an organization entered as its tenant, and actors in it."""

import gc

import pytest

from qince.core.people.tests import factories

pytest_plugins = ["tests.clauses.plugin"]


def pytest_configure(config):
    """Static files by their own names: hashed ones need a collected folder."""
    from django.conf import settings

    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """What drives a browser goes first: it waits a good deal, which other tests fill; small ones even out the end."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is None)


def pytest_collection_finish():
    """Django, the models and the collected tests stay to the end: the collector need not walk them again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(autouse=True)
def own_language():
    """Requests leave their language behind in the thread: every test begins with the configured one."""
    from django.utils import translation

    translation.deactivate()


@pytest.fixture
def in_english():
    from django.utils import translation

    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def kept_banners(monkeypatch):
    """Nothing stands above pages unless a test says so: they cost no query, and some tests have no database."""
    from django.core.cache import cache

    from qince.core.incidents.banners import KEY as ANNOUNCED
    from qince.core.lifecycle.banners import KEY as CESSATION
    from qince.core.lifecycle.banners import NONE, SUCCESSION_KEY
    from qince.core.policy.models import RENEWING, SIGNIFICANT
    from qince.kit import keeping, navigation

    monkeypatch.setattr(keeping, "KEPT_S", 3600)
    monkeypatch.setattr(navigation, "BADGE_S", 0)
    cache.clear()
    cache.set(CESSATION, NONE, 3600)
    cache.set(SUCCESSION_KEY, NONE, 3600)
    for key in (ANNOUNCED, SIGNIFICANT, RENEWING):
        cache.set(key, [], 3600)


@pytest.fixture
def organization(db):
    return factories.organization()


@pytest.fixture
def inside(organization):
    """The organization, entered: queries run as its tenant."""
    from qince.kit.tenancy import tenant

    with tenant(organization):
        yield organization


@pytest.fixture
def data_folder(settings, tmp_path):
    """Uploads, imports and blobs go to a folder that is gone after the test."""
    settings.DATA, settings.STORAGES = tmp_path, storages(tmp_path)
    return tmp_path


def storages(folder):
    """Blobs in this folder, all else as it is."""
    from django.conf import settings

    blobs = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": folder / "blobs"},
    }
    return {**settings.STORAGES, "default": blobs}
