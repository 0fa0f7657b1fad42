"""What partners send back: signed, allowed, once, from a lawful source, while they are on."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client

from qince.engines.partners import actions, door, inbound
from qince.engines.partners.events import PartnerReported
from qince.engines.partners.models import Binding, Inbound
from qince.engines.partners.registry import PROFILES, pseudonym
from qince.engines.partners.simulator import Partner
from qince.engines.partners.tests.factories import agree_to, recipient
from qince.kit import clock, events


@pytest.fixture
def alipay(admin, member):
    """A payment company the member agreed to and was shared with."""
    found = recipient(admin, code="alipay", profile="payment")
    agree_to(member, found)
    door.share(admin, subject=member, to="alipay", act="bind_account", why="Binding", now=clock.now())
    found.partner = Partner(bytes(found_secret(found)))
    return found


def found_secret(found):
    from qince.engines.partners.outbox import secret_of

    return secret_of(found)


def message(alipay, member, **more):
    data = {"nickname": "小王", "avatar": "https://a.example/1.png", "account_name": "w***@a.example"}
    return {
        "id": "m1", "act": "bind", "source": "authorized_partner", "subject": pseudonym(member, alipay.pk),
        "data": data, **more,
    }  # fmt: skip


def post(alipay, sent, **headers):
    body, signature = alipay.partner.call_back(sent)
    client = Client(headers={"accept-language": "en"})
    return client.post(
        f"/partners/inbound/{alipay.organization_id.hex}-{alipay.code}/",
        headers.pop("body", body), content_type="application/json",
        headers={"Qince-Signature": signature, **headers},
    )  # fmt: skip


@pytest.mark.clause("C2.4-03", "C1.3-05")
def test_a_binding_is_told_kept_sealed_and_erased_by_unbinding(alipay, member):
    assert post(alipay, message(alipay, member)).json() == {"state": "accepted"}
    row = Binding.objects.get(employee=member)
    assert row.content["nickname"] == "小王"
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM partners_binding")
        assert "小王".encode() not in bytes(cursor.fetchone()[0])
    from qince.core.people.tests import factories as people

    assert actions.unbind(people.actor(member), alipay, now=clock.now()) == 1
    assert not Binding.objects.exists()


def test_withdrawing_ends_the_binding_too(alipay, member):
    post(alipay, message(alipay, member))
    agree_to(member, alipay, act="withdrawn")
    assert not Binding.objects.exists()
    assert post(alipay, message(alipay, member, id="m2")).status_code == 404


@pytest.mark.clause("C4.1-05")
def test_after_deactivation_nothing_is_taken(alipay, member, admin):
    actions.switch_off(admin, alipay, now=clock.now())
    answer = post(alipay, message(alipay, member))
    assert (answer.status_code, answer.json()["code"]) == (410, "recipient_off")
    assert not Binding.objects.exists()
    assert not Inbound.objects.exists()


def test_only_the_allowed_fields_come_in(alipay, member):
    answer = post(alipay, message(alipay, member, data={"nickname": "x", "id_number": "1"}))
    assert (answer.status_code, answer.json()["code"]) == (403, "field_not_agreed")
    assert not Binding.objects.exists()


@pytest.mark.clause("C2.4-01")
def test_a_record_without_a_lawful_source_is_refused(alipay, member, monkeypatch):
    """Neither what the record says nor what the adapter declares may be missing."""
    for source in ("", "found_somewhere"):
        answer = post(alipay, message(alipay, member, source=source))
        assert (answer.status_code, answer.json()["code"]) == (403, "no_lawful_source")
    monkeypatch.setitem(PROFILES, "payment", replace(PROFILES["payment"], source=""))
    assert post(alipay, message(alipay, member)).json()["code"] == "no_lawful_source"
    assert not Inbound.objects.exists()


def test_every_adapter_that_receives_states_why_that_is_lawful():
    assert [each.code for each in PROFILES.values() if each.receives and not each.source] == []


@pytest.fixture
def heard(monkeypatch):
    found = []
    monkeypatch.setitem(events._handlers, PartnerReported, [found.append])
    return found


@pytest.mark.clause("C4.1-09")
def test_progress_is_heard_once_and_a_forged_call_not_at_all(alipay, member, heard):
    sent = message(
        alipay, member, act="payment_progress", data={"reference": "P1", "state": "paid", "amount": "9.90"}
    )
    assert post(alipay, sent).json() == {"state": "accepted"}
    assert post(alipay, sent).json() == {"state": "repeated"}
    assert [(each.act, each.data["state"]) for each in heard] == [("payment_progress", "paid")]
    true = alipay.partner
    alipay.partner = Partner(b"guessed")
    assert post(alipay, {**sent, "id": "m2"}).status_code == 401
    alipay.partner = true
    assert (
        post(alipay, {**sent, "id": "m2"}, body=json.dumps({**sent, "id": "m3"}).encode()).status_code == 401
    )
    assert post(alipay, {**sent, "id": "m2"}, **{"Qince-Signature": ""}).status_code == 401
    assert len(heard) == 1


def test_an_old_call_is_not_replayed(alipay, member, monkeypatch):
    body, signature = alipay.partner.call_back(message(alipay, member))
    later = clock.now() + timedelta(minutes=6)
    with pytest.raises(inbound.Forged):
        inbound.require_signature(alipay, signature, body, later)


@pytest.mark.parametrize(
    "address", ["x", "-", "0" * 32 + "-alipay", "0" * 31 + "-alipay", "0" * 32, "％-alipay"]
)
def test_an_address_that_is_none_answers_like_a_wrong_signature(address, db):
    answer = Client().post(f"/partners/inbound/{address}/", b"{}", content_type="application/json")
    assert answer.status_code == 401


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b"\xff", b'{"id":1}', b'{"id":"a","act":"b"}'])
def test_a_message_that_cannot_be_read_is_refused(alipay, body):
    stamp = str(int(clock.now().timestamp()))
    answer = Client().post(
        f"/partners/inbound/{alipay.organization_id.hex}-alipay/", body, content_type="application/json",
        headers={"Qince-Signature": f"t={stamp},v1={alipay.partner.sign(stamp, body)}"},
    )  # fmt: skip
    assert answer.status_code == 400
