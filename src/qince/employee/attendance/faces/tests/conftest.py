"""Pages in English, no matcher unless a test asks for one, and a team whose group expects a photo."""

import pytest
from django.utils import translation

from qince.core.people.tests import factories as people
from qince.core.privacy.tests.factories import agree
from qince.employee.attendance.faces.tests.scene import Grey
from qince.employee.attendance.tests import factories as make
from qince.engines.recognition import faces as recognition


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def without(settings):
    settings.FACES = "off"


@pytest.fixture
def machine(settings, monkeypatch):
    settings.FACES = "auto"
    monkeypatch.setattr(recognition, "_installed", lambda: Grey())


@pytest.fixture
def team(inside):
    admin = people.employee("管理员", roles=["administrator"])
    manager = people.employee("李经理", roles=["manager"])
    rep = people.employee("王芳", leader=manager, roles=["rep"])
    for each in (manager, rep):
        agree(each, "location:at_the_act")
    make.group(rep, kind="free", week=["free"] * 7, free_minutes=60, photo="required")
    return people.actor(admin), people.actor(manager), rep
