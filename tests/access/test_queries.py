"""Pull and push cost as many statements for a hundred rows as for ten."""

import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from qince.core.people.tests import factories as people
from qince.engines.sync.tests.factories import punch
from qince.kit.tenancy import tenant
from qince.sales.visits.tests import factories as field
from tests.access.planting import person, phone_token

BASE = "/api/phone/v1/"


@pytest.fixture
def rep(db, data_folder):
    home = people.organization()
    with tenant(home):
        return person("rep", roles=["rep"])


def statements(client, method, path, body=None):
    with CaptureQueriesContext(connection) as captured:
        answer = client.generic(
            method, BASE + path, json.dumps(body) if body else b"", content_type="application/json"
        )
    assert answer.status_code == 200, answer.text
    return len(captured), answer.json()


def phone(rep):
    return Client(headers={"Authorization": f"Bearer {phone_token(rep)}", "Accept-Language": "en"})


def test_a_pull(rep):
    def fetched(rows):
        with tenant(rep.organization):
            for _row in range(rows):
                field.store(rep)
        client = phone(rep)
        statements(client, "GET", "pull")  # creates what the server remembers of this phone
        return statements(client, "GET", "pull")

    (few, first), (many, second) = fetched(10), fetched(90)
    assert [len(each["collections"]["customers"]["upserts"]) for each in (first, second)] == [10, 100]
    assert few == many


@pytest.mark.parametrize("kind", ["punch", "visit"])
def test_a_push(rep, kind):
    with tenant(rep.organization):
        stores = [field.store(rep) for _number in range(100)]

    def operations(n):
        return [punch() if kind == "punch" else field.check_in(store) for store in stores[:n]]

    client = phone(rep)
    statements(client, "POST", "push", {"operations": operations(1)})
    few, first = statements(client, "POST", "push", {"operations": operations(10)})
    many, second = statements(client, "POST", "push", {"operations": operations(100)})
    assert [len(each["results"]) for each in (first, second)] == [10, 100]
    assert {result["state"] for result in first["results"]} == {"accepted"}
    assert few == many


def test_a_statement_for_each_row_is_found(rep, monkeypatch):
    """The planted fault: saving rows singly makes the count grow."""
    from qince.kit import bulk

    def insert(rows):
        for row in rows:
            row.save(force_insert=True)

    monkeypatch.setattr(bulk, "insert", insert)
    client = phone(rep)
    statements(client, "POST", "push", {"operations": [punch()]})
    few, _first = statements(client, "POST", "push", {"operations": [punch() for _n in range(10)]})
    many, _second = statements(client, "POST", "push", {"operations": [punch() for _n in range(100)]})
    assert many >= few + 90
