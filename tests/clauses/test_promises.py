"""Single sentences of the agreement that run through several features, each tried on its real way."""

import hashlib
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from qince.core.access.models import Grant
from qince.core.incidents import telling
from qince.core.incidents.tests.test_incidents import opened, with_people
from qince.core.people.tests import factories as people
from qince.core.policy import queries as releases
from qince.core.privacy.gate import LOCATION
from qince.core.privacy.registers import registered
from qince.core.privacy.tests.factories import agree, decide
from qince.core.rights.actions import filing
from qince.core.rights.tests.factories import entered
from qince.employee.attendance.models import Punch, WorkPlace
from qince.engines.sync.models import Operation
from qince.engines.sync.tests.factories import HERE, operation, punch, push
from qince.kit import clock
from qince.kit.errors import Refusal
from qince.kit.ids import uuid7
from qince.sales.tracking.models import Fix
from qince.sales.tracking.tests import factories as tracking
from qince.sales.visits.tests import records
from tests.access.planting import phone_token

pytestmark = pytest.mark.django_db
AT = "/api/phone/v1"


@pytest.fixture
def rep(inside):
    WorkPlace.objects.create(name="总部", radius_m=150, **HERE)
    found = people.employee("王芳", roles=("rep",))
    agree(found)
    return found


def by_phone(employee):
    return people.actor(employee, client="phone")


def app(employee):
    return Client(headers={"Authorization": f"Bearer {phone_token(employee)}", "Accept-Language": "en"})


def only(answers):
    [answer] = answers.values()
    return answer


# --- Location -------------------------------------------------------------------------------------


@pytest.mark.clause("C6.3-04", "C6.3-06")
def test_location_taken_back_on_the_phone_closes_the_next_act_and_leaves_the_earlier_one(rep):
    client = app(rep)

    def act(kind, **more):
        body = {
            "id": str(uuid7()), "purpose": LOCATION, "act": kind, "occurred_at": clock.now().isoformat(),
            "notice_hash": client.get(f"{AT}/notice").json()["hash"], **more,
        }  # fmt: skip
        return client.post(f"{AT}/consents", json.dumps(body), content_type="application/json").json()

    assert act("granted", circumstances="at_the_act")["purposes"][LOCATION]["state"] == "granted"
    assert only(push(by_phone(rep), punch())).state == "accepted"
    before = Punch.objects.values().get()
    assert (before["verdict"], before["lat"]) == ("inside", HERE["lat"])

    assert act("withdrawn")["purposes"][LOCATION]["state"] == "withdrawn"
    refused = only(push(by_phone(rep), punch()))
    assert (refused.state, refused.code) == ("rejected", "consent_required")
    assert Punch.objects.values().get() == before  # neither gone nor marked
    assert only(push(by_phone(rep), punch(manual="总部门口"))).result["verdict"] == "manual"


@pytest.mark.clause("C2.5.1-01", "C2.5.2-01")
@pytest.mark.parametrize("choice", ["at_the_act", "never"])
def test_in_the_foreground_alone_checking_in_works_and_tracking_does_not(rep, inside, choice):
    row = registered.permissions["location"]
    assert all(str(words) for _code, words in row.uses)
    assert str(row.if_refused)
    assert {"ios", "android"} <= {str(each.value) for each in row.platforms}
    decide(rep, LOCATION, "declined" if choice == "never" else "granted", choice)
    tracking.switch_on(inside)
    arrived = only(push(by_phone(rep), punch() if choice == "at_the_act" else punch(manual="总部门口")))
    assert arrived.result["verdict"] == ("inside" if choice == "at_the_act" else "manual")
    with pytest.raises(Refusal, match="consent_required"):
        tracking.send(by_phone(rep), tracking.point(tracking.NOON))
    assert not Fix.objects.exists()


# --- What is asked for and what not ---------------------------------------------------------------


@pytest.mark.clause("C5.4-03")
def test_a_field_nobody_asked_for_is_an_error_and_is_stored_nowhere(rep):
    record = punch(manual="总部门口")
    record = operation(record["type"], record["payload"] | {"religion": "Zq7Secret"})
    answer = only(push(by_phone(rep), record))
    assert (answer.state, answer.code) == ("rejected", "invalid_payload")
    assert "religion" in answer.message
    kept = Operation.objects.values().get()
    assert "Zq7Secret" not in str(
        [bytes(each) if isinstance(each, memoryview) else each for each in kept.values()]
    )
    assert not Punch.objects.exists()


@pytest.mark.clause("C2.2.0-01")
def test_search_answers_for_a_hidden_row_as_for_none(inside):
    """By every provider: a colleague outside the own line, by name, number and store."""
    manager = people.employee("李经理", roles=["manager"])
    people.employee("赵下属", leader=manager, mobile="+8613900003333")
    hidden = people.employee("钱隔壁", mobile="+8613900004444")
    client = people.browser(manager)

    def found(text):
        return client.get(reverse("search"), {"q": text}).json()["results"]

    assert [each["label"] for each in found("赵下属")] == ["赵下属"]
    for text in (hidden.name, "13900004444", str(hidden.pk), hidden.name[:1]):
        assert found(text) == found("Nobody of that name"), text
    Grant.objects.filter(employee=manager).update(reach=Grant.Reach.ORGANIZATION)
    assert [each["label"] for each in found(hidden.name)] == [hidden.name]  # it would have been found


# --- Who answers for it ------------------------------------------------------------------


@pytest.fixture
def operated(settings):
    """Sets who runs the service, and lets nothing of it stay in memory."""

    def by(name):
        settings.OPERATOR = {**settings.OPERATOR, "name": name, "phone": "025-1234", "email": "a@b.example"}
        releases.forget()

    yield by
    releases.forget()


@pytest.mark.clause("C1.1-01")
@pytest.mark.parametrize(
    ("name", "other"), [("Blue Kite Ltd", "Grey Heron Ltd"), ("Grey Heron Ltd", "Blue Kite Ltd")]
)
def test_the_operator_of_the_settings_stands_in_notice_exports_and_incident_letters(
    inside, operated, name, other
):
    operated(name)
    found = people.employee("隐私官", roles=["privacy_officer"], email="officer@x.example")
    officer = people.actor(found)
    notice = Client().get(f"{AT}/notice", headers={"Accept-Language": "en"}).text
    export = people.browser(found).get(reverse("policy:processing_json")).content.decode()
    incident = opened(officer)
    with_people(officer, incident, n=1)
    made = telling.announce(officer, incident, now=clock.now(), reason="无法逐一联系")
    letter = Client().get(f"/announcements/{made.code}/").content.decode()
    for text in (notice, export, letter):
        assert name in text
        assert other not in text


# --- Files ----------------------------------------------------------------------------------------


@pytest.mark.clause("C2.5.3-03")
def test_a_photo_cut_off_on_its_way_goes_on_where_it_stopped(rep, data_folder):
    photo, client = records.picture(), app(rep)
    key = hashlib.sha256(photo).hexdigest()
    half = len(photo) // 2

    def send(part, offset):
        return client.patch(
            f"{AT}/files/{key}", part, content_type="application/octet-stream",
            headers={"Upload-Offset": str(offset), "Upload-Length": str(len(photo))},
        )  # fmt: skip

    assert send(photo[:half], 0).status_code == 204
    again = client.head(f"{AT}/files/{key}")  # after the cut the phone asks how far it came
    assert int(again.headers["Upload-Offset"]) == half
    assert send(photo[:half], 0).status_code in (204, 409)  # repeating adds nothing
    assert send(photo[half:], half).status_code == 204
    assert client.head(f"{AT}/files/{key}").headers["Upload-Complete"] == "?1"


@pytest.mark.clause("C2.5.3-07")
def test_a_proof_given_to_customer_service_opens_for_its_reviewers_alone(inside):
    def browser(role):
        return people.browser(people.employee(roles=[role]))

    reviewer = people.employee("周专员", roles=["privacy_officer"])
    case = entered(people.actor(reviewer), "copy", subject=people.employee("王芳"))
    proof = SimpleUploadedFile("id.pdf", b"%PDF-1.4 Zq7Proof")
    kept = filing.add_file(people.actor(reviewer), case, now=clock.now(), role="identity", file=proof)
    address = reverse("rights:file", args=[case.pk, kept.pk])
    answer = people.browser(reviewer).get(address)
    assert b"Zq7Proof" in (b"".join(answer.streaming_content) if answer.streaming else answer.content)
    for role in ("manager", "rep", "auditor"):
        assert browser(role).get(address).status_code in (403, 404), role
