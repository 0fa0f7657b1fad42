"""Releases as tests need them: a first one, and the next with something changed."""

from contextlib import contextmanager
from dataclasses import replace

import pytest

from qince.core.people.tests import factories as people
from qince.core.policy import queries, releasing
from qince.core.privacy import rights_table
from qince.core.privacy.functions import Family, Function
from qince.core.privacy.registry import Kind, Personal, Purpose, declared
from qince.kit import clock
from qince.kit.tenancy import tenant


@pytest.fixture(autouse=True)
def fresh_reading():
    """What a process remembers of releases belongs to one test."""
    queries.forget()
    yield
    queries.forget()


@pytest.fixture(autouse=True)
def plain_static_files(settings):
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture
def rep(organization):
    with tenant(organization):
        return people.employee(roles=("rep",))


@pytest.fixture
def officer(organization):
    with tenant(organization):
        return people.employee("陈静", roles=("privacy_officer",))


PLANTED = "planted"
FUNCTION = Function(
    code="visits.planted", title="Planted function", family=Family.SALES, purposes=("basic",),
    scope="What was planted.", why="To try.", method="By hand.", if_refused="Nothing happens.",
)  # fmt: skip
PURPOSE = Purpose(
    code=PLANTED, title="Planted purpose", why="To try.", scope="What was planted.", method="By hand.",
    if_refused="Nothing happens.", kind=Kind.ADDITIONAL,
)  # fmt: skip
FIELD = Personal("Planted kind", Kind.BASIC, ("basic",), "self")


@contextmanager
def planted(register, key, entry):
    """The declarations with one entry more, or another in its place; texts composed before are forgotten."""
    from qince.core.privacy.notice import _composed

    before = dict(register)
    register[key] = entry
    _composed.cache_clear()
    try:
        yield
    finally:
        register.clear()
        register.update(before)
        _composed.cache_clear()


@contextmanager
def without_way(code, way):
    right = rights_table.RIGHTS[code]
    with planted(rights_table.RIGHTS, code, replace(right, ways=tuple(w for w in right.ways if w != way))):
        yield


def released(*, days=0, **more):
    """A release made just now; it waits for `days`."""
    return releasing.release(now=clock.now(), comment_days=days, **more)


__all__ = ["FIELD", "FUNCTION", "PLANTED", "PURPOSE", "declared", "planted", "released", "without_way"]
