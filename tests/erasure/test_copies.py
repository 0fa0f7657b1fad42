"""The copy of one's data: complete, with the source of everything, others masked, collected once, gone in time."""

import hashlib
import io
import json
import zipfile
from datetime import timedelta

import pytest

from qince.core.erasure import copies, subjects
from qince.core.erasure.models import Copy
from qince.core.erasure.packing.values import MASK
from qince.core.erasure.places import copy_file
from qince.core.erasure.walk import parts
from qince.core.people.tests import factories as people
from qince.core.privacy.registry import declared
from qince.kit import clock
from qince.kit.errors import Conflict, Forbidden, NotFound, Refusal
from qince.kit.tenancy import tenant
from qince.kit.vault import api as vault
from tests.erasure.planting import MARKER, personal_texts


def asked(planted, subject=None):
    with tenant(planted.organization):
        boss = people.actor(planted.rows["colleague"])
        return copies.request_copy(boss, subject or subjects.of_employee(planted.employee), now=clock.now())


def made(planted, subject=None):
    return copies.make(planted.organization.pk, asked(planted, subject).pk, now=clock.now())


def opened(planted, copy, employee=None, now=None):
    with tenant(planted.organization):
        actor = people.actor(employee or planted.employee)
        token = copies.link_copy(actor, copy, now=now or clock.now())
        with copies.collect_copy(actor, copy, token=token, now=now or clock.now()) as clear:
            return zipfile.ZipFile(io.BytesIO(clear.read()))


def json_of(archive):
    return {name: json.loads(archive.read(name)) for name in archive.namelist() if name.endswith(".json")}


@pytest.mark.clause("C6.1-08", "C2.0-08")
def test_the_package_holds_what_was_planted_in_every_model(planted):
    archive = opened(planted, made(planted))
    told = json_of(archive)
    text = json.dumps(told, ensure_ascii=False)
    missing = [where for where, value in personal_texts(planted) if value not in text]
    assert missing == []
    index = {each["data"]: each for each in told["index.json"]["sections"]}
    for part in parts():
        if "employee" in part.lead.kinds:
            fields = {each["name"]: each for each in index[part.key.replace(":", ".")]["fields"]}
            assert set(fields) == set(part.fields)
            assert all(fields[name]["source"] == each.source for name, each in part.fields.items())


def test_a_field_left_out_would_be_seen(planted, monkeypatch):
    """The twin: what the declarations do not lead to is not in the package, and the planted value is missed."""
    wanted = personal_texts(planted)
    monkeypatch.delitem(declared.fields, "visits.visit.summary")
    text = json.dumps(json_of(opened(planted, made(planted))), ensure_ascii=False)
    assert [where for where, value in wanted if value not in text] == ["visits.Visit.summary"]


def test_pages_are_there_in_both_languages_and_files_are_the_originals(planted):
    archive = opened(planted, made(planted))
    names = set(archive.namelist())
    assert {
        "index.html",
        "index.en.html",
        "zh-hans/visits.visit.employee-1.html",
        "en/visits.visit.employee-1.html",
    } <= names
    assert "Where it comes from" in archive.read("index.en.html").decode()
    assert "来源" in archive.read("index.html").decode()
    files = {name[6:22]: name for name in names if name.startswith("files/")}
    blobs = [planted.rows["files.Blob"], planted.rows["file"]]
    assert set(files) == {blob.sha256[:16] for blob in blobs}
    for blob in blobs:
        assert hashlib.sha256(archive.read(files[blob.sha256[:16]])).hexdigest() == blob.sha256


@pytest.mark.clause("C2.4-02")
def test_records_of_others_that_speak_of_the_person_are_there_and_others_masked(planted):
    with tenant(planted.organization):
        other = people.employee("别人姓名", leader=planted.employee, position="别人职位")
    told = json_of(opened(planted, made(planted)))
    (led,) = told["data/mentions.people.employee-1.json"]
    assert led["leader"]["id"] == str(planted.employee.pk)
    assert led["name"] == led["mobile"] == led["position"] == MASK
    (upon,) = [row for row in told["data/acts.people.employee-1.json"] if row["action"] == "test.speak"]
    assert (upon["actor_name"], upon["changes"]) == ("同**", {"name": ["", f"{MARKER}名"]})
    text = json.dumps(told, ensure_ascii=False)
    assert other.name not in text
    assert other.position not in text
    assert planted.rows["colleague"].name not in text


def test_secrets_of_signing_in_are_told_of_but_not_given_out(planted):
    told = json_of(opened(planted, made(planted)))
    (account,) = told["data/accounts.account.self-1.json"]
    assert account["mobile"] == planted.employee.mobile
    assert MARKER not in account["totp_secret"]


def test_only_the_person_collects_it_once_and_in_time(planted):
    copy, now = made(planted), clock.now()
    with tenant(planted.organization):
        person, boss = people.actor(planted.employee), people.actor(planted.rows["colleague"])
        with pytest.raises(NotFound):
            copies.link_copy(boss, copy, now=now)
        token = copies.link_copy(person, copy, now=now)
        for wrong in ("", "guess"):
            with pytest.raises(NotFound):
                copies.collect_copy(person, copy, token=wrong, now=now)
        with pytest.raises(NotFound):
            copies.collect_copy(boss, copy, token=token, now=now)
        with pytest.raises(NotFound):
            copies.collect_copy(person, copy, token=token, now=now + timedelta(hours=2))
        copies.collect_copy(person, copy, token=token, now=now).close()
        with pytest.raises(NotFound):
            copies.collect_copy(person, copy, token=token, now=now)


def test_it_lies_sealed_and_is_gone_at_its_expiry_or_with_the_key(planted):
    copy = made(planted)
    lying = copy_file(copy).read_bytes()
    assert b"PK\x03\x04" not in lying[:64]
    assert MARKER.encode() not in lying
    copies.remove_expired(planted.organization.pk, now=clock.now())
    assert copy_file(copy).exists()
    copies.remove_expired(planted.organization.pk, now=clock.now() + timedelta(days=8))
    assert not copy_file(copy).exists()
    again = made(planted)
    vault.destroy_subject(planted.organization.pk, planted.employee.pk)
    with pytest.raises(NotFound):
        opened(planted, again)
    with pytest.raises(Refusal, match="erased"):
        asked(planted)


def test_somebody_outside_gets_theirs_through_the_officer(planted):
    with tenant(planted.organization):
        contact = subjects.of_contact(name=f"{MARKER}-contact_name", mobile="13922223333")
    copy = made(planted, contact)
    with tenant(planted.organization), pytest.raises(NotFound):
        copies.link_copy(people.actor(people.employee("路人", roles=["rep"])), copy, now=clock.now())
    told = json_of(opened(planted, copy, planted.rows["colleague"]))
    (row,) = told["data/customers.customer.self-1.json"]
    assert row["contact_name"] == f"{MARKER}-contact_name"


def test_who_may_not_ask_is_refused_and_a_second_request_waits(planted):
    with tenant(planted.organization):
        subject = subjects.of_employee(planted.employee)
        with pytest.raises(Forbidden):
            copies.request_copy(people.actor(planted.employee), subject, now=clock.now())
    first = asked(planted)
    with tenant(planted.organization), pytest.raises(Conflict, match="copy_under_way"):
        copies.request_own_copy(people.actor(planted.employee), now=clock.now())
    assert first.state == Copy.State.MAKING
