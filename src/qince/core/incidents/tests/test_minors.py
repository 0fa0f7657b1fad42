"""Minors on an incident's list: the guardian on record is told as well, in plain words; nobody's contact is copied."""

import pytest
from django.urls import reverse

from qince.core.guardians.models import Guardian, Minor
from qince.core.incidents import actions, telling
from qince.core.incidents.models import Affected
from qince.core.incidents.tests.test_incidents import NOW, OPERATOR, TEXTS, opened, refused
from qince.core.letters.models import Letter
from qince.core.people.ages import reaches
from qince.core.people.tests import factories as people

pytestmark = pytest.mark.django_db
GUARDIANS_MOBILE = "+8613900000097"


@pytest.fixture(autouse=True)
def operator(settings):
    settings.OPERATOR = dict(OPERATOR)


@pytest.fixture
def officer(inside):
    return people.actor(people.employee("隐私官", roles=["privacy_officer"], email="officer@x.example"))


@pytest.fixture
def minor(inside):
    """Seventeen, admitted with the consent of a guardian who is on record."""
    found = people.employee("小明", roles=["rep"], email="ming@x.example")
    Minor.objects.create(employee=found, stage="consented", adult_on=reaches(NOW.date(), 1), found_at=NOW)
    return found


def on_record(minor):
    return Guardian.objects.create(
        employee=minor, name="小明妈妈", mobile=GUARDIANS_MOBILE, relation="parent", proof_type="", proof_sha256="",
        entered_at=NOW,
    )  # fmt: skip


@pytest.mark.clause("C5.7-03")
@pytest.mark.parametrize("kind", ["general", "child"])
def test_an_incident_of_a_minor_tells_child_and_guardian_on_record(officer, minor, kind):
    """Two messages for the minor, one for a grown colleague; the guardian's says whose guardian it speaks to."""
    incident = opened(officer, kind=kind)
    actions.add_affected(officer, incident, now=NOW, employee=minor)
    if kind == "general":
        actions.add_affected(officer, incident, now=NOW, employee=people.employee("成年同事"))
    assert refused(telling.tell, officer, incident).code == "guardian_missing"
    assert Letter.objects.count() == 0
    on_record(minor)
    assert telling.tell(officer, incident, now=NOW) == (3 if kind == "general" else 2)
    listed = Affected.objects.get(employee=minor)
    child, guardian = listed.letter, listed.guardian_letter
    assert (child.employee_id, guardian.to_name, guardian.mobile) == (minor.pk, "小明妈妈", GUARDIANS_MOBILE)
    assert guardian.rendered.title.startswith("致小明的监护人")
    assert "您收到此信，是因为您是小明的父母或监护人" in guardian.rendered.body
    assert all(text in letter.rendered.body for letter in (child, guardian) for text in TEXTS.values())
    assert Letter.objects.filter(kind="incidents.guardian").count() == 1
    assert (listed.guardian_name, listed.guardian_mobile) == ("", "")


def test_a_contact_entered_for_the_incident_comes_before_the_one_on_record(officer, minor):
    on_record(minor)
    incident = opened(officer)
    listed = actions.add_affected(officer, incident, now=NOW, employee=minor)
    actions.set_guardian(officer, listed, now=NOW, guardian_name="小明爸爸", guardian_mobile="+8613900000098")
    telling.tell(officer, incident, now=NOW)
    assert Affected.objects.get(pk=listed.pk).guardian_letter.to_name == "小明爸爸"


def test_the_workspace_shows_whose_guardian_will_be_told_and_whose_is_missing(officer, minor):
    incident = opened(officer)
    actions.add_affected(officer, incident, now=NOW, employee=minor)
    actions.add_affected(officer, incident, now=NOW, employee=people.employee("成年同事"))
    console = people.browser(people.employee("另一隐私官", roles=["privacy_officer"]))
    address = reverse("incidents:incident_detail", args=[incident.pk])
    assert console.get(address).text.count("no guardian on record") == 1
    on_record(minor)
    page = console.get(address).text
    assert "no guardian on record" not in page
    assert "小明妈妈" in page
