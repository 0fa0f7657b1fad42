"""The organization's own rules: completeness, settings, what holds in the database."""

import pytest
from django.db import IntegrityError, transaction

from qince.core.organizations import actions
from qince.core.organizations.models import Organization
from qince.core.organizations.rules import require_open
from qince.core.organizations.settings import Settings
from qince.core.people.tests import factories
from qince.kit.errors import Forbidden, Refusal


@pytest.fixture
def boss(inside):
    return factories.actor(factories.employee("李雷", roles=["administrator"]))


@pytest.fixture
def rep(inside):
    return factories.actor(factories.employee("王芳", roles=["rep"]))


def test_details_once_complete_cannot_be_emptied(boss):
    for name, value in (("location", ""), ("industry", ""), ("headcount", 0), ("name", "")):
        with pytest.raises(Refusal) as refused:
            actions.edit_details(boss, **{name: value})
        assert list(refused.value.fields) == [name]


def test_a_time_zone_that_does_not_exist_is_refused(boss, organization):
    with pytest.raises(Refusal, match="unknown_time_zone"):
        actions.edit_details(boss, time_zone="Europe/Nanjing")
    actions.edit_details(boss, time_zone="Asia/Urumqi")
    organization.refresh_from_db()
    assert organization.time_zone == "Asia/Urumqi"


def test_only_named_details_can_be_changed(boss, organization):
    actions.edit_details(boss, name="金陵饮料", state="closed", opened_by="")
    organization.refresh_from_db()
    assert (organization.name, organization.state) == ("金陵饮料", Organization.State.ACTIVE)
    assert organization.opened_by == "administrator"


def test_a_rep_changes_neither_details_nor_settings(rep):
    for act, change in ((actions.edit_details, {"name": "x"}), (actions.edit_settings, {"fence_cap_m": 1})):
        with pytest.raises(Forbidden):
            act(rep, **change)


def test_settings_have_defaults_and_ignore_what_is_unknown(organization):
    assert Settings.of(organization) == Settings()
    organization.settings = {"fence_cap_m": 60, "from_a_later_release": True}
    assert Settings.of(organization) == Settings(fence_cap_m=60)


def test_changing_settings_keeps_what_a_later_release_wrote(boss, organization):
    Organization.objects.filter(pk=organization.pk).update(settings={"from_a_later_release": True})
    actions.edit_settings(boss, photo_max_px=1200)
    organization.refresh_from_db()
    assert organization.settings["from_a_later_release"] is True
    assert Settings.of(organization).photo_max_px == 1200


@pytest.mark.parametrize("state", ["suspended", "closed"])
def test_a_suspended_or_closed_organization_is_not_open(organization, state):
    organization.state = state
    with pytest.raises(Refusal) as refused:
        require_open(organization)
    assert refused.value.code == "organization_closed"


@pytest.mark.parametrize(
    "missing", [{"opened_by": ""}, {"location": ""}, {"industry": ""}, {"headcount": None}]
)
def test_the_database_refuses_an_active_organization_without_opener_or_details(db, missing):
    """C1.1-03 in part: who opened it is on record, the proof document is not asked for yet."""
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.organization(**missing)


@pytest.mark.parametrize(("code", "passes"), [("91350100M000100Y43", True), ("91350100M000100Y44", False)])
def test_the_check_character_of_a_credit_code_is_verified(code, passes):
    if passes:
        assert actions.checked_credit_code(code) == code
    else:
        with pytest.raises(Refusal):
            actions.checked_credit_code(code)
