"""Nobody finds the erased person again in what remains, whatever they knew of them and whichever key is still there."""

import hashlib
import re

import pytest
from django.db import connection

from qince.core.accounts.keys import keyed_digest
from qince.core.accounts.models import Device
from qince.core.audit.chain import canonical
from qince.core.privacy.registry import Personal, declared
from qince.kit.spelling import spelled
from qince.kit.tenancy import tenant
from qince.kit.vault import api as vault
from tests.erasure.planting import MARKER, MOBILE
from tests.erasure.test_erasing import erased

HASHES = ("md5", "sha1", "sha224", "sha256", "sha384", "sha512", "blake2b", "sha3_256")
KEYED = ("mobile", "unsubscription", "limit", "code", "letters.topic", "calendar-app")
HEX = re.compile(r"[0-9a-f]{32,}")


def known(planted):
    """What an acquaintance, a colleague or the telephone company knows."""
    person = planted.employee
    name = f"{MARKER}名"
    devices = Device.objects.filter(employee_id=person.pk).values_list("pk", flat=True)
    return {
        name, name.lower(), spelled(name, is_person=True), MARKER, f"{MARKER}职", f"{MARKER}@x.example".lower(),
        MOBILE, MOBILE[1:], MOBILE[3:], f"{MOBILE[3:6]} {MOBILE[6:10]} {MOBILE[10:]}",
        person.number, str(person.account_id), *map(str, devices),
    } - {""}  # fmt: skip


def digests(planted):
    """Everything each of these could have become by a function that is public or whose key remains."""
    found = {}
    for fact in known(planted):
        raw = fact.encode()
        found |= {hashlib.new(name, raw).hexdigest(): f"{name} of {fact}" for name in HASHES}
        found |= {keyed_digest(purpose, fact): f"{purpose} digest of {fact}" for purpose in KEYED}
        for kind in kept_as_digests():
            found[vault.digest(planted.organization.pk, kind, canonical(fact).decode())[:32]] = (
                f"{kind} digest of {fact}"
            )
    return found


def kept_as_digests():
    """Sensitive values stand in the trail as digests alone, each field by a kind of its own."""
    for name, meaning in declared.fields.items():
        if isinstance(meaning, Personal) and meaning.is_sensitive:
            yield f"audit.{name}"


def remaining():
    """(table, text of its rows) of the whole database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (table,) in cursor.fetchall():
            cursor.execute(f"SELECT t::text FROM {table} t")
            yield table, "\n".join(text for (text,) in cursor.fetchall()).lower()


def recognized(planted, facts, hidden):
    """(table, how) of each place that gives the person away."""
    found = set()
    with tenant(planted.organization):
        for table, text in remaining():
            held = {each for token in HEX.findall(text) for each in (token, token[:32])}
            found |= {(table, hidden[each]) for each in held & hidden.keys()}
            found |= {(table, fact) for fact in facts if fact.lower() in text or fact.encode().hex() in text}
    return found


@pytest.mark.clause("C1.1-14")
def test_no_fact_and_no_digest_of_one_leads_to_the_erased_person(planted):
    facts, hidden = known(planted), digests(planted)
    before = {how for _table, how in recognized(planted, facts, hidden)}
    assert {MARKER, MOBILE, f"mobile digest of {MOBILE}", str(planted.employee.account_id)} <= before
    erased(planted)
    assert recognized(planted, facts, hidden) == set()
