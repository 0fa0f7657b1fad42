"""What makes a change considerable is computed by comparing two releases; nobody decides it by feeling."""

from copy import deepcopy
from dataclasses import replace

import pytest
from django.utils import translation

from qince.core.policy import releasing, significance, snapshot
from qince.core.policy.models import Release
from qince.core.policy.tests.conftest import (
    FIELD,
    FUNCTION,
    PURPOSE,
    declared,
    planted,
    released,
    without_way,
)
from qince.core.privacy.recipients import Recipient, _providers
from qince.core.privacy.registry import Kind
from qince.core.privacy.retention import RETENTIONS
from qince.kit.errors import Refusal

pytestmark = pytest.mark.django_db


def found(old, new):
    return [(each.clause, each.code) for each in significance.reasons(old, new)]


def test_the_first_release_is_made_at_the_first_start():
    first = Release.objects.get()
    assert (first.number, first.is_significant) == (1, False)
    assert first.hash == snapshot.digest(first.snapshot) == snapshot.digest(snapshot.taken())


def test_nothing_changed_is_no_release():
    with pytest.raises(Refusal, match="nothing_changed"):
        released()


@pytest.mark.clause("C8-04")
@pytest.mark.parametrize(
    ("register", "key", "entry", "code"),
    [
        ("purposes", "planted", PURPOSE, "purpose_added"),
        ("functions", "visits.planted", FUNCTION, "function_added"),
        ("fields", "people.employee.name", FIELD, "kind_added"),
    ],
)
def test_a_new_purpose_function_or_kind_of_data_is_considerable_and_widens(register, key, entry, code):
    with planted(getattr(declared, register), key, entry):
        made = released(days=15)
    assert [(each["clause"], each["code"]) for each in made.reasons] == [("C8-04", code)]
    assert made.widens_scope
    assert made.effective_at > made.announced_at


@pytest.mark.clause("C8-04")
def test_a_purpose_that_becomes_sensitive_and_data_that_serves_further_are_considerable():
    basic = declared.purposes["basic"]
    with planted(declared.purposes, "basic", replace(basic, kind=Kind.SENSITIVE)):
        assert found(Release.objects.get().snapshot, snapshot.taken()) == [("C8-04", "purpose_changed")]
    name = declared.fields["people.employee.email"]
    with planted(declared.fields, "people.employee.email", replace(name, purposes=("basic", "improvement"))):
        assert found(Release.objects.get().snapshot, snapshot.taken()) == [("C8-04", "kind_used_further")]


LATITUDE = "visits.checkevent.lat"


@pytest.mark.parametrize(
    ("key", "changes", "codes"),
    [
        ("tracking.fix.lat", {"retention": "1y"}, ["kept_longer"]),
        ("tracking.fix.lat", {"retention": "1d"}, []),
        ("tracking.fix.lat", {"withdrawn": "consent+6m"}, ["kept_longer"]),
        (LATITUDE, {"withdrawn": ""}, ["kept_longer"]),
        (LATITUDE, {"withdrawn": "consent+30d"}, []),
        (LATITUDE, {"withdrawn": "at_once"}, []),
        ("tracking.fix.lat", {"retention": "revoked+6m"}, ["kept_longer"]),  # counted from something else
        (LATITUDE, {"on_erase": "keep"}, ["kept_when_erased"]),
        (LATITUDE, {"source": "organization"}, ["source_changed"]),
        (LATITUDE, {"controller": "operator"}, ["controller_changed"]),
        (LATITUDE, {"controller": "operator", "source": "use"}, ["source_changed", "controller_changed"]),
    ],
)
def test_how_data_is_kept_taken_and_decided_on_is_weighed_by_two_releases(key, changes, codes):
    """What is only kept shorter is a release, and no considerable one."""
    with planted(declared.fields, key, replace(declared.fields[key], **changes)):
        made = released(days=15)
    assert [each["code"] for each in made.reasons] == codes
    assert {each["clause"] for each in made.reasons} <= {"C8-04"}
    with translation.override("en"):
        assert {each["subject"] for each in made.reasons} <= {str(declared.fields[key].category)}
    assert made.widens_scope == bool(codes)
    assert made.is_significant == bool(codes)


def test_a_rule_that_itself_becomes_longer_is_seen_in_every_kind_it_ends():
    with planted(RETENTIONS, "30d", replace(RETENTIONS["30d"], days=60)):
        made = released()
    with translation.override("en"):
        kinds = {str(each.category) for each in declared.personal().values() if each.retention == "30d"}
    assert {each["subject"] for each in made.reasons} == kinds
    assert {each["code"] for each in made.reasons} == {"kept_longer"}
    with planted(RETENTIONS, "30d", replace(RETENTIONS["30d"], days=10)):
        assert found(made.snapshot, snapshot.taken()) == []


def test_a_new_field_of_a_known_kind_is_measured_by_the_others_of_it():
    old = Release.objects.get().snapshot
    new = deepcopy(old)
    new["fields"]["tracking.fix.heading"] = dict(new["fields"]["tracking.fix.lat"])
    assert found(old, new) == []
    new["fields"]["tracking.fix.heading"]["retention"] = "employment+2y"
    assert found(old, new) == [("C8-04", "kept_longer")]


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        ({"uses": ["check_in", "photo", "tracking", "recognition"]}, ["permission_widened"]),
        ({"uses": ["check_in"]}, []),
        ({"platforms": ["ios", "watch"]}, ["permission_widened"]),
    ],
)
def test_what_the_device_is_asked_for_more_is_considerable(change, codes):
    old = Release.objects.get().snapshot
    new = deepcopy(old)
    new["permissions"]["location"] |= change
    assert [each.code for each in significance.reasons(old, new)] == codes
    del old["permissions"]["camera"]
    assert "permission_added" in {each.code for each in significance.reasons(old, new)}


def test_a_release_made_before_rules_were_kept_in_it_is_compared_by_their_names():
    old = Release.objects.get().snapshot
    new = deepcopy(old)
    del old["terms"]
    for field in old["fields"].values():
        del field["withdrawn"]
    for permission in old["permissions"].values():
        del permission["title"]
    assert found(old, new) == []
    new["fields"]["tracking.fix.lat"]["retention"] = "1y"
    assert found(old, new) == [("C8-04", "kept_longer")]


def test_a_purpose_that_ends_needs_nobodys_decision():
    old = Release.objects.get().snapshot
    new = deepcopy(old)
    del new["purposes"]["improvement"]
    assert found(old, new) == []


@pytest.mark.clause("C8-05")
@pytest.mark.parametrize("name", ["name", "owner"])
def test_another_operator_or_owner_is_considerable(settings, name):
    settings.OPERATOR = {**settings.OPERATOR, name: "Blue Kite Ltd"}
    made = released()
    assert [(each["clause"], each["code"]) for each in made.reasons] == [("C8-05", f"operator_{name}")]
    assert not made.widens_scope


@pytest.mark.clause("C8-05")
def test_another_owner_without_a_release_is_refused_at_start_in_production(settings):
    from qince.core.policy.checks import policy_is_released

    settings.OPERATOR = {**settings.OPERATOR, "owner": "Blue Kite Ltd"}
    settings.PRODUCTION = True
    with translation.override("en"):
        [problem] = policy_is_released(None, databases=["default"])
    assert problem.is_serious()
    assert "Another owner: Blue Kite Ltd" in problem.msg
    released()
    assert policy_is_released(None, databases=["default"]) == []


@pytest.fixture
def partner():
    """A recipient that a provider names, as `engines.partners` does."""
    known = []
    _providers.append(lambda organization: list(known))
    yield known
    _providers.pop()


def recipient(code="pay", **more):
    values = {"name": "Pay Ltd", "purpose": "paying", "data": "name", **more}
    return Recipient(code=code, **values)


@pytest.mark.clause("C8-06")
def test_an_added_changed_or_removed_recipient_is_considerable(partner):
    def next_reasons():
        made = released()
        return [(each["clause"], each["code"]) for each in made.reasons]

    partner.append(recipient())
    assert next_reasons() == [("C8-06", "recipient_added")]
    partner[:] = [recipient(data="name and telephone")]
    assert next_reasons() == [("C8-06", "recipient_changed")]
    partner.clear()
    assert next_reasons() == [("C8-06", "recipient_removed")]


@pytest.mark.clause("C8-07")
def test_taking_a_way_to_use_a_right_away_is_considerable_and_reduces_rights():
    with without_way("copy", "phone"):
        made = released()
    assert [(each["clause"], each["code"]) for each in made.reasons] == [("C8-07", "way_removed")]
    assert made.reduces_rights
    assert made.needs_consent


@pytest.mark.clause("C8-08")
@pytest.mark.parametrize("name", ["department", "officer", "email", "phone", "complaints"])
def test_another_department_contact_or_way_to_complain_is_considerable(settings, name):
    settings.OPERATOR = {**settings.OPERATOR, name: "025-0000"}
    made = released()
    assert [(each["clause"], each["code"]) for each in made.reasons] == [("C8-08", f"operator_{name}")]


def test_a_better_translation_is_no_change_of_policy():
    with translation.override("zh-hans"):
        assert releasing.compared().has_changed is False


def test_changes_that_are_not_considerable_are_released_at_start(settings):
    settings.CERTIFICATES = ["ISO/IEC 27701:2019"]
    from qince.kit import clock

    made = releasing.release_what_needs_nobody(now=clock.now())
    assert made is not None
    assert not made.is_significant
    settings.OPERATOR = {**settings.OPERATOR, "name": "Blue Kite Ltd"}
    assert releasing.release_what_needs_nobody(now=clock.now()) is None


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_reason_has_words(language):
    with translation.override(language):
        for code in significance.WORDS:
            assert "X" in significance.words({"code": code, "subject": "X"})
