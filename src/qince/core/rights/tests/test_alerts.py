"""Alerts about accounts are machine decisions: explained from their numbers, refused, looked at by a person."""

import pytest
from django.urls import reverse

from qince.core.letters.models import Letter
from qince.core.organizations.models import Organization
from qince.core.people.models import Employee
from qince.core.people.tests import factories as people
from qince.core.rights import registry
from qince.core.rights.actions import deciding as reviewing
from qince.core.rights.models import Case, Review
from qince.core.watch import alerts, deciding
from qince.core.watch.models import Alert
from qince.kit import clock
from qince.kit.errors import Refusal
from qince.kit.ids import uuid7

pytestmark = pytest.mark.django_db
NOW = clock.now()
FACTS = {
    deciding.NEW_DEVICE: {},
    deciding.FAILED_SIGN_INS: {"tries": 10},
    deciding.IMPOSSIBLE_TRAVEL: {"kmh": 4000},
    deciding.MASS_EXPORT: {"rows": 5001, "limit": 5000},
    deciding.UNUSUAL_READING: {"people": 61, "limit": 60},
}


@pytest.fixture
def officer(inside):
    return people.employee("赵专员", roles=["privacy_officer"])


@pytest.fixture
def rep(officer):
    return people.employee("王芳", roles=["rep"])


def raised(rep, rule=deciding.MASS_EXPORT, **more):
    facts = {**FACTS[rule], **more}
    return alerts.raise_for(rep.organization_id, rep.pk, rule, key=str(uuid7()), facts=facts, now=clock.now())


def locking(organization):
    Organization.objects.filter(pk=organization.pk).update(settings={"alerts_lock": True})


@pytest.mark.parametrize("rule", deciding.RULES)
def test_every_rule_is_replayed_from_the_numbers_it_compared(rep, rule):
    browser = people.browser(rep)  # the account has a device: the next one is new beside it
    browser.get("/")
    alert = raised(rep, rule)
    [made] = registry.decisions_of(rep.pk)
    assert (made.decision, made.target_id) == (rule, alert.pk)
    again = registry.replay(rule, rep.pk, alert.pk)
    assert again.agrees
    assert again.version == alert.version
    shown = {value for _label, value in again.inputs}
    assert {f"{value:,}" for value in FACTS[rule].values()} <= shown


def test_numbers_under_the_limit_do_not_agree_and_another_person_sees_nothing(rep, officer):
    alert = raised(rep, rows=10)
    assert not registry.replay(alert.rule, rep.pk, alert.pk).agrees
    assert registry.replay(alert.rule, officer.pk, alert.pk) is None
    assert registry.decisions_of(officer.pk) == []


def test_the_person_reads_rule_numbers_and_outcome_and_asks_for_a_human(rep, officer):
    alert = raised(rep)
    letter = Letter.objects.get(employee=rep, kind="watch.alert.watch-mass-export")
    assert letter.link == reverse("rights:decision", args=[alert.rule, alert.pk])
    console = people.browser(rep)
    page = console.get(letter.link).text
    assert "More rows exported by one person within an hour" in page
    assert "5,001" in page
    assert "5,000" in page
    assert "the same result" in page
    assert people.browser(officer).get(letter.link).status_code == 404
    asked = {"decision": alert.rule, "decision_id": str(alert.pk), "kind": "object", "details": "月度盘点"}
    assert console.post(reverse("rights:new"), asked).status_code == 302
    assert Review.objects.get(decision=alert.rule, target_id=alert.pk).state == "human_review"


def objected(rep, alert):
    console = people.browser(rep)
    asked = {"decision": alert.rule, "decision_id": str(alert.pk), "kind": "object", "details": "月度盘点"}
    console.post(reverse("rights:new"), asked)
    return Case.objects.get(kind="object")


@pytest.mark.parametrize(
    ("state", "alert_state", "status"), [("changed", "released", "active"), ("upheld", "open", "suspended")]
)
def test_a_changed_decision_releases_and_unlocks_and_an_upheld_one_leaves_it(
    inside, rep, officer, state, alert_state, status
):
    locking(inside)
    other = raised(rep, deciding.NEW_DEVICE)
    case = objected(rep, other)  # asked while the account was still open; the case is then about the lock
    alert = raised(rep)
    assert Employee.objects.get(pk=rep.pk).status == "suspended"
    Review.objects.all().delete()
    Case.objects.filter(pk=case.pk).update(decision=alert.rule, decision_id=alert.pk)
    with pytest.raises(Refusal, match="text_required"):
        reviewing.review_decision(people.actor(officer), case, now=NOW, state=state, text=" ")
    reviewing.review_decision(people.actor(officer), case, now=NOW, state=state, text="看过导出记录")
    assert Alert.objects.get(pk=alert.pk).state == alert_state
    assert Employee.objects.get(pk=rep.pk).status == status
