"""The phone's view: the notice for everybody, consents for the person who holds the token."""

import json

import pytest

from qince.core.accounts.keys import token_digest
from qince.core.accounts.models import Device
from qince.core.people.tests import factories as people
from qince.core.privacy import notice
from qince.core.privacy.gate import BASIC, LOCATION, Standing
from qince.core.privacy.models import Consent, ConsentEntry
from qince.kit import clock
from qince.kit.ids import uuid7
from qince.kit.tenancy import tenant

pytestmark = pytest.mark.django_db
AT = "/api/phone/v1"
TOKEN = "qd_test"


@pytest.fixture
def rep(organization):
    with tenant(organization):
        found = people.employee(roles=("rep",))
    Device.objects.create(
        account=found.account,
        organization=organization,
        employee_id=found.pk,
        kind="phone",
        token_digest=token_digest(TOKEN),
        confirmed_at=clock.now(),
    )
    return found


def headers(token=TOKEN, language="en"):
    auth = {"Authorization": f"Bearer {token}"} if token else {}
    return {"Accept-Language": language, "Qince-Protocol": "1", **auth}


def act(purpose=BASIC, act="granted", circumstances="", **fields):
    values = {"id": str(uuid7()), "method": "button", "occurred_at": clock.now().isoformat(), **fields}
    return {"purpose": purpose, "act": act, "circumstances": circumstances, "notice_hash": "", **values}


def post(client, body, **options):
    return client.post(
        f"{AT}/consents", json.dumps(body), content_type="application/json", headers=headers(**options)
    )


def test_the_notice_opens_for_anyone_before_anything_is_known_of_them(client):
    answer = client.get(f"{AT}/notice", headers=headers(token=""))
    body = answer.json()
    assert answer.status_code == 200
    assert [each["kind"] for each in body["documents"]] == ["privacy", "terms"]
    assert body["hash"] == notice.current(None, "en").hash
    assert {"version", "released_on"} <= set(body)
    assert answer.cookies == {}


def test_with_a_token_the_notice_is_that_of_the_organization(client, rep):
    body = client.get(f"{AT}/notice", headers=headers()).json()
    assert body["hash"] == notice.current(rep.organization, "en").hash
    assert rep.organization.name in json.dumps(body["documents"], ensure_ascii=False)
    wrong = client.get(f"{AT}/notice", headers=headers(token="qd_wrong")).json()
    assert wrong["hash"] == notice.current(None, "en").hash


def test_the_notice_follows_the_language_asked_for(client):
    body = client.get(f"{AT}/notice", headers=headers(token="", language="zh-Hans")).json()
    assert body["documents"][0]["title"] == "隐私政策"


@pytest.mark.clause("C0-01")
def test_versions_are_listed_with_date_and_hash_and_open(client):
    shown = client.get(f"{AT}/notice", headers=headers(token="")).json()
    [listed] = client.get(f"{AT}/notice/versions", headers=headers(token="")).json()["versions"]
    assert (listed["hash"], listed["released_on"]) == (shown["hash"], shown["released_on"])
    again = client.get(f"{AT}/notice/versions/{listed['hash']}", headers=headers(token="")).json()
    assert again == shown
    assert client.get(f"{AT}/notice/versions/none", headers=headers(token="")).status_code == 404


def test_agreeing_before_anything_else_is_allowed_and_answers_every_purpose(client, rep):
    shown = client.get(f"{AT}/notice", headers=headers(token="")).json()
    answer = post(client, act(notice_hash=shown["hash"]))
    assert answer.status_code == 200
    states = answer.json()["purposes"]
    assert states[BASIC]["state"] == "granted"
    assert states[LOCATION] == {"state": "", "circumstances": "", "at": None}
    with tenant(rep.organization):
        assert Standing(rep.pk).allows(BASIC)


def test_an_outdated_notice_is_refused_and_nothing_is_stored(client, rep):
    answer = post(client, act(notice_hash="f" * 64))
    assert (answer.status_code, answer.json()["code"]) == (409, "notice_outdated")
    with tenant(rep.organization):
        assert not ConsentEntry.objects.exists()


@pytest.mark.clause("C0-13")
def test_two_purposes_cannot_be_agreed_to_in_one_act(client, rep):
    shown = notice.current(rep.organization, "en").hash
    for bundle in (["basic", "location"], "basic location"):
        answer = post(client, act(purpose=bundle, notice_hash=shown))
        assert answer.status_code in (400, 422)
    assert post(client, [act(notice_hash=shown), act(LOCATION, notice_hash=shown)]).status_code == 400
    with tenant(rep.organization):
        assert not Consent.objects.exists()


def test_the_same_act_again_answers_the_same_and_another_content_conflicts(client, rep):
    body = act(notice_hash=notice.current(rep.organization, "en").hash)
    first, second = post(client, body), post(client, body)
    assert first.json() == second.json()
    changed = post(client, {**body, "act": "withdrawn"})
    assert (changed.status_code, changed.json()["code"]) == (409, "id_reused")


def test_without_a_token_nothing_is_recorded(client, rep):
    answer = post(client, act(), token="qd_wrong")
    assert (answer.status_code, answer.json()["code"]) == (401, "signed_out")


@pytest.mark.parametrize("field", ["id", "purpose", "act", "occurred_at"])
def test_an_incomplete_act_is_refused_in_words(client, rep, field):
    answer = post(client, {name: value for name, value in act().items() if name != field})
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_request")
