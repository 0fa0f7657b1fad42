"""A package for somebody the person names: explicit consent, nothing but the scope, each giving on record."""

import io
import json
import zipfile

import pytest
from django.urls import reverse

from qince.core.people.tests import factories as people
from qince.core.privacy.gate import ConsentRequired
from qince.core.privacy.models import ConsentEntry
from qince.engines.partners import packages
from qince.engines.partners.models import Disclosure, Package
from qince.kit import clock
from qince.kit.errors import NotFound, Refusal
from qince.masterdata.customers.tests import factories as customers
from qince.sales.visits.tests import records

pytestmark = pytest.mark.django_db
NOW = clock.now()
PAGE = "/me/packages/"


@pytest.fixture
def rep(member):
    """Somebody with a visit, a mobile number and an entry in the address book."""
    records.visit(member, customers.store(member))
    return member


def named(rep, scope=("visits.visit",), **more):
    values = {"recipient_name": "Heron Insurance", "why": "Claim 12", **more}
    return packages.prepare(people.actor(rep), scope=list(scope), now=NOW, **values)


def agree(rep, found, act="granted"):
    packages.decide(people.actor(rep), found, act=act, given_hash=packages.text_hash(found), now=clock.now())


def opened(content):
    archive = zipfile.ZipFile(io.BytesIO(content))
    return {name: archive.read(name).decode("utf-8", "replace") for name in archive.namelist()}


@pytest.mark.clause("C4.2-02")
def test_the_package_is_given_with_explicit_consent_and_holds_only_the_scope(rep):
    """On the person's own pages: recipient and scope chosen, words read, agreed, collected; the disclosure is noted."""
    console = people.browser(rep)
    assert 'value="visits.visit"' in console.get(PAGE).text
    asked = {"recipient_name": "Heron Insurance", "why": "Claim 12", "scope": ["visits.visit"]}
    assert console.post(PAGE, {**asked, "scope": []}).status_code == 422
    assert console.post(PAGE, asked).status_code == 302
    found = Package.objects.get()
    address = f"{PAGE}{found.pk}/"
    page = console.get(address).text
    assert "Heron Insurance" in page
    assert "Collect the package" not in page
    assert console.post(f"{address}collection/").status_code == 403
    assert Disclosure.objects.count() == 0

    assert (
        console.post(
            f"{address}answer/", {"agree": "yes", "text_hash": packages.text_hash(found)}
        ).status_code
        == 302
    )
    entry = ConsentEntry.objects.get(purpose=packages.code_of(found), act="granted")
    assert (entry.employee_id, entry.notice_hash) == (rep.pk, packages.text_hash(found))
    answer = console.post(f"{address}collection/")
    assert answer.status_code == 200
    files = opened(b"".join(answer.streaming_content))
    told = json.loads(files["index.json"])
    assert {each["data"].rpartition(".")[0] for each in told["sections"]} <= {"visits.visit", "visits"}
    assert sum(each["rows"] for each in told["sections"]) == 1
    whole = "\n".join(files.values())
    for beyond in (rep.name, rep.mobile, rep.mobile.removeprefix("+86"), rep.number):
        assert beyond not in whole
    row = Disclosure.objects.get()
    assert (row.subject_id, row.recipient_name, row.why, row.fields) == (
        rep.pk, "Heron Insurance", "Claim 12", ["visits.visit"],
    )  # fmt: skip


def test_the_name_is_there_when_the_address_book_entry_is_among_the_records(rep):
    found = named(rep, scope=("people.employee",))
    agree(rep, found)
    files = opened(packages.give(people.actor(rep), found, now=NOW).read())
    assert json.loads(files["index.json"])["person"] == rep.name
    assert not any("visits" in name for name in files)


def test_without_consent_or_with_it_taken_back_nothing_is_transferred(rep):
    found = named(rep)
    for act in ("declined", "granted", "withdrawn"):
        agree(rep, found, act)
        if act == "granted":
            packages.give(people.actor(rep), found, now=NOW)
            continue
        with pytest.raises(ConsentRequired):
            packages.give(people.actor(rep), found, now=NOW)
    assert Disclosure.objects.count() == 1


def test_agreeing_is_to_these_words_and_nobody_else_sees_or_takes_it(rep, admin):
    found = named(rep)
    Package.objects.filter(pk=found.pk).update(recipient_name="Somebody Else Ltd")
    with pytest.raises(Refusal, match="notice_outdated"):
        agree(rep, found)
    other = people.employee("赵敏", roles=["administrator"])
    with pytest.raises(NotFound):
        packages.give(people.actor(other), found, now=NOW)
    assert people.browser(other).get(reverse("partners:package", args=[found.pk])).status_code == 404
    with pytest.raises(Refusal, match="unknown_records"):
        named(rep, scope=("audit.entry.of_others",))
