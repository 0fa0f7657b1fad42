"""Impact assessments: high and unsigned, the purpose is shut at the gate and nothing is released."""

from datetime import timedelta

import pytest
from django.urls import reverse

from qince.core.people.tests import factories as people
from qince.core.policy import actions, queries, releasing
from qince.core.policy.models import Assessment
from qince.core.policy.tests.conftest import released
from qince.core.privacy.gate import AT_THE_ACT, LOCATION, ConsentRequired, Standing
from qince.core.privacy.registry import declared
from qince.core.privacy.retention import RETENTIONS
from qince.core.privacy.tests.factories import agree, enter
from qince.employee.attendance.models import WorkPlace
from qince.engines.sync.tests.factories import HERE, punch, push
from qince.kit import clock
from qince.kit.errors import Forbidden, Refusal
from qince.kit.tenancy import tenant

pytestmark = pytest.mark.django_db
TEXTS = {"necessity": "Needed.", "effects": "Whereabouts.", "measures": "Kept thirty days."}


@pytest.fixture
def both(inside):
    """A privacy officer, and a rep who agreed to be located at the act."""
    WorkPlace.objects.create(name="总部", radius_m=150, **HERE)
    officer, rep = people.employee("陈静", roles=("privacy_officer",)), people.employee(roles=("rep",))
    agree(rep, f"{LOCATION}:{AT_THE_ACT}")
    return people.actor(officer), rep


def assess(officer, subject=LOCATION, risk="high"):
    return actions.write_assessment(officer, now=clock.now(), subject=subject, risk=risk, **TEXTS)


def second():
    """Who signs: never who wrote it."""
    return people.actor(people.employee("周专员", roles=("privacy_officer",)))


def clock_in(rep):
    [answer] = push(people.actor(rep, client="phone"), punch()).values()
    return answer.state, answer.code


@pytest.mark.clause("C8-09")
def test_high_and_unsigned_shuts_the_purpose_and_signing_opens_it(both):
    officer, rep = both
    assert clock_in(rep) == ("accepted", "")
    found = assess(officer)
    assert clock_in(rep) == ("rejected", "consent_required")
    with pytest.raises(ConsentRequired):
        Standing(rep.pk).require(LOCATION, AT_THE_ACT)
    actions.sign_assessment(second(), found, now=clock.now())
    assert clock_in(rep) == ("accepted", "")


@pytest.mark.clause("C8-09")
def test_a_single_function_is_shut_without_the_others(both):
    officer, rep = both
    assess(officer, subject="visits.photo")
    standing = Standing(rep.pk)
    assert not standing.allows(LOCATION, AT_THE_ACT, function="visits.photo")
    assert standing.allows(LOCATION, AT_THE_ACT, function="attendance.punch")
    assert clock_in(rep) == ("accepted", "")


@pytest.mark.parametrize("risk", ["low", "medium"])
def test_what_is_not_high_shuts_nothing(both, risk):
    officer, rep = both
    assess(officer, risk=risk)
    assert clock_in(rep) == ("accepted", "")


@pytest.mark.clause("C8-09")
def test_a_high_risk_bars_the_release_until_signed_and_then_makes_it_significant(organization, settings):
    with tenant(organization):
        officer = people.actor(people.employee("陈静", roles=("privacy_officer",)))
        found = assess(officer)
    settings.OPERATOR = {**settings.OPERATOR, "phone": "025-1"}
    with pytest.raises(Refusal, match="assessment_unsigned"):
        released()
    assert releasing.release_what_needs_nobody(now=clock.now()) is None
    with tenant(organization):
        actions.sign_assessment(second(), found, now=clock.now() + timedelta(seconds=1))
    assert "C8-09" in {each["clause"] for each in released().reasons}


def test_who_may_assess_and_sign(both):
    officer, rep = both
    with pytest.raises(Forbidden):
        assess(people.actor(rep))
    with pytest.raises(Refusal, match="unknown_subject"):
        assess(officer, subject="nothing")
    found = assess(officer)
    actions.sign_assessment(second(), found, now=clock.now())
    with pytest.raises(Refusal, match="signed_already"):
        actions.sign_assessment(second(), found, now=clock.now())


def test_assessments_are_kept_three_years():
    term = declared.personal()["policy.assessment.assessed_by"]
    assert (RETENTIONS[term.retention].months, term.aged_by) == (36, "assessed_at")


def test_one_officer_writes_and_another_signs_on_screen(client, organization, officer):
    with tenant(organization):
        agree(officer)
    enter(client, officer)
    client.cookies["language"] = "en"
    page = client.get(reverse("policy:assessment_new")).content.decode()
    assert "Your position" in page
    client.post(reverse("policy:assessment_new"), {"subject": LOCATION, "risk": "high", **TEXTS})
    with tenant(organization):
        found = Assessment.objects.get()
        assert queries.blocked_subjects() == {LOCATION}
    assert "A release is barred" in client.get(reverse("policy:officer_releases")).content.decode()
    sign = reverse("policy:assessment_act", args=[found.pk, "sign"])
    refused = client.post(sign, {"confirmed": "yes"}, follow=True).content.decode()
    assert "somebody else must sign" in refused
    assert "gives a second person a role with “Sign impact assessments”" in refused
    with tenant(organization):
        assert Assessment.objects.get().signed_at is None
        other = people.employee("周专员", roles=("privacy_officer",))
        agree(other)
    enter(client, other)
    client.post(sign, {"confirmed": "yes"})
    with tenant(organization):
        assert Assessment.objects.get().signed_by_id == other.pk
