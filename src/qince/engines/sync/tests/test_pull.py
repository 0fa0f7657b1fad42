"""Fetching by cursor: what changed, what must go, and what happens when an answer was lost or a cursor is foreign."""

from datetime import timedelta

import pytest
from django.test import Client

from qince.engines.sync.models import Holding
from qince.kit import clock
from qince.masterdata.customers.models import Assignment, Customer
from qince.sales.visits.tests import factories as field
from tests.access.planting import phone_token


@pytest.fixture
def rep(inside):
    return field.rep()


@pytest.fixture
def stores(rep):
    return [field.store(rep, name=name) for name in ("甲", "乙", "丙")]


@pytest.fixture
def pull(rep):
    """What the phone is answered, over the wire; `customers` as (names that came, ids to forget)."""
    client = Client(headers={"Authorization": f"Bearer {phone_token(rep)}", "Accept-Language": "en"})

    def ask(cursor=""):
        answer = client.get("/api/phone/v1/pull", {"cursor": cursor} if cursor else {})
        assert answer.status_code == 200, answer.text
        body = answer.json()
        found = body["collections"].get("customers", {"upserts": [], "removed": []})
        body["customers"] = (sorted(each["name"] for each in found["upserts"]), found["removed"])
        return body

    return ask


def rename(store, name):
    Customer.objects.filter(pk=store.pk).update(name=name, version=store.version + 1)


def test_the_first_pull_brings_everything_and_says_that_it_replaces(pull, stores):
    first = pull()
    assert first["reset"] is True
    assert first["customers"] == (["丙", "乙", "甲"], [])
    assert first["collections"]["planned_visits"] == {"upserts": [], "removed": []}  # empty is said, too


def test_the_next_brings_what_changed_and_nothing_else(pull, stores):
    cursor = pull()["cursor"]
    rename(stores[0], "甲新")
    found = pull(cursor)
    assert (found["reset"], found["customers"]) == (False, (["甲新"], []))
    assert set(found["collections"]) == {"customers"}
    again = pull(found["cursor"])
    assert (again["collections"], again["cursor"]) == ({}, found["cursor"])


def test_a_store_taken_away_closed_or_deleted_leaves_the_phone(pull, stores, rep):
    cursor = pull()["cursor"]
    taken, closed, deleted = stores
    Assignment.objects.filter(customer=taken).update(ends_on=clock.now().date() - timedelta(days=1))
    Customer.objects.filter(pk=closed.pk).update(status="closed")
    Customer.objects.filter(pk=deleted.pk).delete()
    found = pull(cursor)
    assert found["reset"] is False
    assert found["customers"] == ([], found["customers"][1])
    assert set(found["customers"][1]) == {str(store.pk) for store in (taken, closed, deleted)}


def test_whose_answer_was_lost_repeats_the_old_cursor_and_gets_the_same_once_more(pull, stores):
    cursor = pull()["cursor"]
    Assignment.objects.filter(customer=stores[0]).delete()
    rename(stores[1], "乙新")
    lost = pull(cursor)
    again = pull(cursor)
    assert again["customers"] == lost["customers"] == (["乙新"], [str(stores[0].pk)])
    rename(stores[2], "丙新")
    later = pull(cursor)  # lost twice: what changed since is there, too
    assert later["customers"] == (["丙新", "乙新"], [str(stores[0].pk)])
    assert pull(later["cursor"])["collections"] == {}


def test_a_cursor_older_than_the_two_that_are_remembered_starts_anew(pull, stores):
    oldest = pull()["cursor"]
    rename(stores[0], "一")
    newer = pull(oldest)["cursor"]
    rename(stores[1], "二")
    newest = pull(newer)["cursor"]
    found = pull(oldest)
    assert found["reset"] is True
    assert found["customers"] == (["一", "丙", "二"], [])
    assert found["cursor"] not in (oldest, newer, newest)


@pytest.mark.parametrize("cursor", ["999", "0", "-1", "x", "1'; --", "１", "9" * 400, " "])
def test_a_cursor_the_server_never_gave_starts_anew(pull, stores, cursor):
    pull()
    found = pull(cursor)
    assert found["reset"] is True
    assert len(found["customers"][0]) == 3


def test_the_cursor_of_another_phone_says_nothing_of_this_one(pull, stores, inside):
    other = field.rep("李强")
    client = Client(headers={"Authorization": f"Bearer {phone_token(other)}"})
    theirs = client.get("/api/phone/v1/pull").json()
    assert theirs["collections"]["customers"]["upserts"] == []
    assert pull(theirs["cursor"])["reset"] is True
    assert Holding.objects.count() == 2


def test_rights_that_come_back_bring_the_record_again(pull, stores):
    cursor = pull()["cursor"]
    held = Assignment.objects.filter(customer=stores[0])
    held.update(ends_on=clock.now().date())
    cursor = pull(cursor)["cursor"]
    held.update(ends_on=None)
    assert pull(cursor)["customers"] == (["甲"], [])
