"""A position beside a decision: off by default, added by the decider alone, and never a condition."""

import pytest
from django.db import connection

from qince.core.organizations.settings import LocationUse, Settings
from qince.core.privacy.gate import AT_THE_ACT, LOCATION
from qince.core.privacy.registry import declared
from qince.core.privacy.tests.factories import decide as consent
from qince.engines.approvals.flow.schema import People
from qince.engines.approvals.models import DecisionPlace
from qince.engines.approvals.tests.scene import apply, flow, state, step, waiting
from qince.engines.approvals.tests.test_trail import Phone
from qince.engines.sync.pull import pull
from qince.kit import clock
from qince.kit.ids import uuid7

HERE = {"lat": 32.0415, "lng": 118.7781, "accuracy_m": 12.0, "datum": "WGS84", "source": "device"}


def here(**more):
    return {**HERE, "taken_at": clock.now().isoformat(), **more}


@pytest.fixture
def asked(company):
    flow(company, step("hr", People(ids=[company.HR1.pk])))
    company.made = apply(company)
    company.phone = Phone(company.HR1)
    return company


def switch_on(company):
    organization = company.HR1.organization
    organization.settings = {**organization.settings, "location_approvals": LocationUse.OPTIONAL}
    organization.save()


def place_on(shown):
    return [part["place"] for each in shown["way"] for part in each["parts"] if part["name"] == "HR1"]


@pytest.mark.clause("C2.2.4-06")
def test_it_is_off_by_default_and_then_added_by_whoever_agreed_to_it(asked):
    """Off: the phone is told so and asks nothing; one that sends a position all the same is refused, and decides
    without. On: with consent it is kept, sealed, and told to the decider and those above; the purpose is declared.
    """
    assert Settings().location_approvals == LocationUse.OFF
    assert phone_settings(asked.HR1)["location_approvals"] == "off"
    consent(asked.HR1, LOCATION, circumstances=AT_THE_ACT)
    refused = asked.phone.decide(asked.made, "approve", position=here())
    assert (refused.status_code, refused.json()["code"]) == (422, "location_off")
    assert (waiting(asked.made), DecisionPlace.objects.count()) == (["HR1"], 0)

    switch_on(asked)
    assert phone_settings(asked.HR1)["location_approvals"] == "optional"
    done = asked.phone.decide(asked.made, "approve", position=here(), comment="在现场")
    assert done.status_code == 200
    assert state(asked.made) == "approved"
    assert place_on(done.json()) == ["32.04150, 118.77810 ±12 m"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT lat::text FROM approvals_decisionplace")
        [(stored,)] = cursor.fetchall()
    assert "32.04" not in stored
    meant = declared.fields["approvals.decisionplace.lat"]
    assert (meant.purposes, meant.is_sensitive) == ((LOCATION,), True)
    assert declared.functions["approvals.place"].setting == "location_approvals"


def phone_settings(person):
    from qince.core.people.tests import factories as people

    fetched = pull(people.actor(person, client="phone", device_id=uuid7()), "", now=clock.now())
    [row] = fetched["collections"]["settings"]["upserts"]
    return row


def test_without_consent_nothing_is_taken_and_the_decision_counts_all_the_same(asked):
    switch_on(asked)
    consent(asked.HR1, LOCATION, "declined", "never")
    refused = asked.phone.decide(asked.made, "approve", position=here())
    assert (refused.status_code, refused.json()["code"]) == (403, "consent_required")
    assert (waiting(asked.made), DecisionPlace.objects.count()) == (["HR1"], 0)
    assert asked.phone.decide(asked.made, "approve").status_code == 200
    assert (state(asked.made), DecisionPlace.objects.count()) == ("approved", 0)


@pytest.mark.parametrize(
    "wrong", [{"lat": 91}, {"lng": "x"}, {"accuracy_m": -1}, {"taken_at": "gestern"}, {"extra": 1}]
)
def test_what_is_no_position_is_refused_in_words(asked, wrong):
    switch_on(asked)
    consent(asked.HR1, LOCATION, circumstances=AT_THE_ACT)
    refused = asked.phone.decide(asked.made, "approve", position=here(**wrong))
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid")
    assert waiting(asked.made) == ["HR1"]


def test_the_applicant_is_not_told_where_the_decision_was_made(asked):
    ann, admin = Phone(asked.ann), Phone(asked.admin)
    switch_on(asked)
    consent(asked.HR1, LOCATION, circumstances=AT_THE_ACT)
    asked.phone.decide(asked.made, "approve", position=here())
    assert place_on(ann.sees(asked.made).json()) == [""]
    assert place_on(admin.sees(asked.made).json()) == ["32.04150, 118.77810 ±12 m"]


def test_nobody_adds_a_place_to_the_part_of_another(asked):
    from qince.core.people.tests import factories as people
    from qince.engines.approvals.actions.placing import note_place
    from qince.engines.approvals.tests.scene import task
    from qince.kit.errors import NotFound

    switch_on(asked)
    with pytest.raises(NotFound):
        note_place(
            people.actor(asked.Other),
            task_id=task(asked.made, asked.HR1).pk,
            position=here(),
            now=clock.now(),
        )
