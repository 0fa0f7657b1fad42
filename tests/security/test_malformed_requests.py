"""S3: made-up and malformed requests against every operation of the OpenAPI, with a phone's token and without.

No server error, and every answer as the document says. 12 examples for each operation; with QINCE_TEST_FULL=yes 1,200,
at least 100,000 requests in all, and sequences of operations too. Prints seed
and counts; QINCE_TEST_SEED replays a seed.
"""

import json
import os
import secrets
from collections import Counter

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis import checks as known
from schemathesis.specs.openapi import checks as openapi

from qince.core.accounts import limits
from qince.core.people.tests import factories as people
from qince.kit.ids import uuid7
from qince.kit.tenancy import tenant
from tests.access.planting import person, phone_token
from tests.conftest import FULL

EXAMPLES = 1200 if FULL else 12
LEAST = 100_000 if FULL else 0
CHECKS = [
    known.not_a_server_error,
    openapi.status_code_conformance,
    openapi.content_type_conformance,
    openapi.response_schema_conformance,
]
SEED = int(os.environ.get("QINCE_TEST_SEED") or (secrets.randbelow(10**6) if FULL else 5))


def document(app=None):
    from config.wsgi import application

    return schemathesis.openapi.from_wsgi("/api/phone/v1/openapi.json", app or application)


@pytest.fixture
def headers(db, data_folder, monkeypatch):
    """Those of a rep's phone. As with Django's own test client, the test's connection stays open between requests."""
    monkeypatch.setattr(limits, "EVEN_S", 0)
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    with tenant(people.organization()):
        rep = person("rep", roles=["rep"])
    yield {"Authorization": f"Bearer {phone_token(rep)}", "Accept-Language": "en"}
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def chosen(examples, **options):
    return settings(max_examples=examples, deadline=None, database=None, phases=[Phase.explicit, Phase.generate],
                    suppress_health_check=list(HealthCheck), **options)  # fmt: skip


def tried(schema, headers, examples, number, only=None):
    """Send `examples` requests to every operation; faults by operation, and how often it answered what."""
    faults, counts = {}, {}
    for found in schema.get_all_operations():
        operation = found.ok()
        if only not in (None, operation.label):
            continue
        answers = counts[operation.label] = Counter()
        try:
            _try(operation, headers, examples, number, answers)
        except (AssertionError, BaseExceptionGroup) as error:
            faults[operation.label] = str(error)[:1500]
    return faults, counts


def _try(operation, headers, examples, number, answers):
    modes = list(schemathesis.GenerationMode)
    strategy = st.one_of([operation.as_strategy(generation_mode=mode) for mode in modes])

    @seed(number)
    @chosen(examples)
    @given(case=strategy)
    def once(case):
        with transaction.atomic():
            answer = case.call(headers=headers)
            transaction.set_rollback(True)
        answers[answer.status_code] += 1
        case.validate_response(answer, checks=CHECKS)

    once()


@pytest.mark.parametrize("signed_in", [True, False], ids=["token", "stranger"])
def test_no_request_breaks_the_server_or_the_document(headers, signed_in, capsys):
    sent = headers if signed_in else {"Accept-Language": "en"}
    faults, counts = tried(document(), sent, EXAMPLES if signed_in else EXAMPLES // 2, SEED)
    total = sum(sum(each.values()) for each in counts.values())
    with capsys.disabled():
        print(f"\nS3: seed {SEED}, {len(counts)} operations, {total} requests: {len(faults)} faults")
    assert not faults, "\n\n".join(f"{label}: {text}" for label, text in faults.items())
    assert len(counts) >= 15
    assert total >= (LEAST * 3 // 4 if signed_in else LEAST // 4)
    if signed_in:
        accepted = [label for label, each in counts.items() if set(each) & {200, 202, 204}]
        assert len(accepted) >= 6, counts


def test_a_character_that_no_text_of_the_database_holds_is_dropped(headers, client):
    """Found by the test above once its examples had come to it: a search for NUL was a server error."""
    searched = client.get("/api/phone/v1/approvals/colleagues?q=%C3%86%00z", headers=headers)
    assert searched.json() == {"people": []}
    with tenant(people.organization()):
        browser = people.browser(people.employee("周主任", roles=["administrator"]))
        listed = browser.get("/employees/?q=%E5%91%A8%00%E4%B8%BB&sort=%00")
    assert [row.object.name for row in listed.context["listing"].rows] == ["周主任"]


@pytest.mark.parametrize(
    ("text", "status"),
    [("a\x00b", 400), ("\x00", 400), (r"C:\u0000 is what they wrote", 200), ("plain", 200)],
)
def test_in_a_body_it_is_refused_and_a_backslash_before_such_digits_is_text(headers, client, text, status):
    """Found by the long form: telling of a fault with it was a server error."""
    told = {"id": str(uuid7()), "details": text}
    answer = client.post("/api/phone/v1/feedback", json.dumps(told), "application/json", headers=headers)
    assert answer.status_code == status, answer.text
    if status == 400:
        assert "NUL" in answer.json()["message"]


def run_sequences(headers, how_many, steps):
    """Operations one after the other, each with what the one before answered."""
    machine = document().as_state_machine()

    class Phone(machine):
        def setup(self):
            self.undone = transaction.atomic()
            self.undone.__enter__()

        def teardown(self):
            transaction.set_rollback(True)
            self.undone.__exit__(None, None, None)

        def get_call_kwargs(self, case):
            return {"headers": headers}

        def validate_response(self, response, case, **more):
            case.validate_response(response, checks=CHECKS)

    Phone.run(settings=chosen(how_many, stateful_step_count=steps))


@pytest.mark.full
def test_sequences_of_operations(headers):
    run_sequences(headers, 200, 10)


DEVICES = "GET /api/phone/v1/devices"


class TestTheTestCanFail:
    def test_a_server_error_is_found(self, headers, monkeypatch):
        from qince.core.signin import api

        monkeypatch.setattr(api, "signed_in_devices", lambda *_: 1 / 0)
        faults, _counts = tried(document(), headers, 5, 1, only=DEVICES)
        assert DEVICES in faults

    def test_an_answer_that_is_not_in_the_document_is_found(self, headers, monkeypatch):
        from qince.core.signin import api

        monkeypatch.setattr(api, "_shown", lambda device, actor: {"id": "no uuid"})
        faults, _counts = tried(document(), headers, 5, 1, only=DEVICES)
        assert DEVICES in faults

    def test_a_server_error_within_a_sequence_is_found(self, headers, monkeypatch):
        from qince.core.signin import api

        monkeypatch.setattr(api, "signed_in_devices", lambda *_: 1 / 0)
        with pytest.raises((AssertionError, BaseExceptionGroup, ZeroDivisionError)):
            run_sequences(headers, 40, 10)
