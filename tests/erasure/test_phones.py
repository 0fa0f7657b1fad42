"""What the phone of an erased person hears: that it is to clear itself, wherever its token is looked at."""

import pytest

from qince.core.erasure import actions, subjects
from qince.core.erasure.models import Farewell
from qince.core.people.tests import factories as people
from qince.kit import clock
from qince.kit.tenancy import tenant
from tests.access.operations import api_operations
from tests.access.planting import phone_token

BASE = "/api/phone/v1"


@pytest.fixture
def scene(db, data_folder, settings):
    settings.OPERATOR = {**settings.OPERATOR, "phone": "400-800-1234"}
    organization = people.organization()
    with tenant(organization):
        person, other = people.employee("王芳"), people.employee("旁人")
        officer = people.actor(people.employee("周专员", roles=["privacy_officer"]))
        tokens = phone_token(person), phone_token(other)
        subject = subjects.of_employee(person)
    return organization, officer, subject, tokens


def erase(organization, officer, subject):
    with tenant(organization):
        return actions.erase(officer, actions.plan_for(subject), now=clock.now())


def ask(client, path, token, method="get"):
    return getattr(client, method)(BASE + path, headers={"authorization": f"Bearer {token}"})


def test_from_the_act_on_every_address_behind_the_token_says_erased(scene, client):
    organization, officer, subject, (token, others) = scene
    erase(organization, officer, subject)
    guarded = [each for each in api_operations() if each.details.get("security") and "{" not in each.path]
    assert len(guarded) > 15
    for each in guarded:
        method = each.method.lower()
        answer = ask(client, each.path.removeprefix(BASE), token, method)
        assert (each.path, answer.status_code) == (each.path, 410)
        if method != "head":
            assert answer.json()["code"] == "erased"
    told = ask(client, "/pull", token).json()
    assert told["contact"]["phone"] == "400-800-1234"
    assert told["notice"] == "/notice/"
    assert told["erased_at"]
    assert "王芳" not in str(told)
    assert ask(client, "/devices", others).status_code == 200
    assert ask(client, "/devices", "unknown").status_code == 401


def test_it_is_still_said_when_the_work_is_done_and_the_device_is_gone(scene, client):
    from qince.core.erasure import working

    organization, officer, subject, (token, _others) = scene
    begun = erase(organization, officer, subject)
    working.carry_out(organization.pk, begun.pk, now=clock.now())
    assert ask(client, "/pull", token).json()["code"] == "erased"


def test_without_the_farewell_it_would_only_be_signed_out(scene, client):
    """The twin: what the phone hears then makes it keep everything."""
    organization, officer, subject, (token, _others) = scene
    erase(organization, officer, subject)
    Farewell.objects.all().delete()
    assert ask(client, "/pull", token).status_code == 401
