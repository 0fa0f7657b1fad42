"""Who may change a customer, and what a change does."""

from datetime import timedelta

import pytest

from qince.core.audit.models import Entry
from qince.core.people.tests import factories as people
from qince.kit import clock
from qince.kit.errors import Forbidden, NotFound, Refusal
from qince.masterdata.customers import actions, queries
from qince.masterdata.customers.models import Assignment, Customer
from qince.masterdata.customers.sync import _versions
from qince.masterdata.customers.tests import factories

NOW = clock.now()


@pytest.fixture
def team(inside):
    """A manager with two reps, and a rep of somebody else's."""
    manager = people.employee("李经理", roles=["manager"])
    reps = [people.employee(name, leader=manager, roles=["rep"]) for name in ("王芳", "赵敏")]
    return {
        "manager": people.actor(manager),
        "admin": people.actor(people.employee("唐德胜", roles=["administrator"])),
        "reps": reps,
        "stranger": people.employee("孙旁", roles=["rep"]),
    }


def test_a_place_keeps_what_was_given_and_gains_wgs84(team):
    made = actions.create_customer(
        team["admin"], now=NOW, code="A1", name="晨曦便利", given_lat=32.05133, given_lng=118.794256,
        given_datum="GCJ02",
    )  # fmt: skip
    assert (made.given_lat, made.given_lng, made.given_datum) == (32.05133, 118.794256, "GCJ02")
    assert made.lat == pytest.approx(32.05335, abs=2e-4)
    assert made.lng == pytest.approx(118.78907, abs=2e-4)


@pytest.mark.parametrize(
    ("place", "field"),
    [
        ({"given_lat": 318.9, "given_lng": 118.7}, "given_lat"),
        ({"given_lat": 32.0}, "given_lng"),
        ({"given_lat": 32.0, "given_lng": 118.7, "given_datum": "MARS"}, "given_datum"),
    ],
)
def test_a_place_that_is_none_is_refused_at_its_field(team, place, field):
    with pytest.raises(Refusal) as refused:
        actions.create_customer(team["admin"], now=NOW, code="A1", name="x", **place)
    assert field in refused.value.fields


def test_two_customers_cannot_share_a_code(team):
    factories.store(code="A1")
    with pytest.raises(Refusal) as refused:
        actions.create_customer(team["admin"], now=NOW, code="A1", name="另一家")
    assert "code" in refused.value.fields


def test_an_edit_moves_the_version_and_the_trail_says_what_changed(team):
    store = factories.store()
    actions.edit_customer(team["admin"], store, now=NOW, name="新名字", radius_m=200)
    assert Customer.objects.get(pk=store.pk).version == 2
    entry = Entry.objects.get(action="customers.edit")
    assert entry.changes == {"name": [store.name, "新名字"]}


def test_an_edit_that_changes_nothing_moves_no_version(team):
    store = factories.store()
    actions.edit_customer(team["admin"], store, now=NOW, name=store.name)
    assert Customer.objects.get(pk=store.pk).version == 1


def test_assigning_again_ends_the_first_and_the_phones_follow(team):
    first, second = team["reps"]
    store = factories.store(first)
    phone = people.actor(first, client="phone")
    assert str(store.pk) in _versions(phone, NOW)
    moved = actions.assign_customers(team["manager"], customers=[store.pk], employee=second, now=NOW)
    assert moved == [store]
    held = Assignment.objects.order_by("id").values_list("employee__name", "ends_on")
    today = actions.today_of(team["admin"], NOW)
    assert list(held) == [("王芳", today), ("赵敏", None)]
    assert str(store.pk) not in _versions(phone, NOW)
    assert str(store.pk) in _versions(people.actor(second, client="phone"), NOW)


def test_assigning_to_the_same_rep_changes_nothing(team):
    store = factories.store(team["reps"][0])
    wanted = {"customers": [store.pk], "employee": team["reps"][0], "now": NOW}
    assert actions.assign_customers(team["manager"], **wanted) == []
    assert Assignment.objects.count() == 1


def test_a_manager_assigns_only_within_the_own_line(team):
    own, foreign = factories.store(team["reps"][0]), factories.store(team["stranger"])
    with pytest.raises(NotFound):
        actions.assign_customers(team["manager"], customers=[own.pk], employee=team["stranger"], now=NOW)
    wanted = [own.pk, foreign.pk]
    with pytest.raises(NotFound):
        actions.assign_customers(team["manager"], customers=wanted, employee=team["reps"][1], now=NOW)
    assert Assignment.objects.filter(ends_on__isnull=False).count() == 0


def test_a_rep_sees_the_own_customers_and_assigns_none(team):
    rep = people.actor(team["reps"][0])
    own, foreign = factories.store(team["reps"][0]), factories.store(team["stranger"])
    assert list(queries.customers_visible_to(rep)) == [own]
    with pytest.raises(NotFound):
        queries.get_customer(rep, foreign.pk)
    with pytest.raises(Forbidden):
        actions.assign_customers(rep, customers=[own.pk], employee=team["reps"][1], now=NOW)
    with pytest.raises(Forbidden):
        actions.edit_customer(rep, own, now=NOW, name="x")


def test_what_a_manager_creates_stays_in_the_own_sight(team):
    made = actions.create_customer(team["manager"], now=NOW, code="N1", name="新门店")
    assert queries.get_customer(team["manager"], made.pk) == made


def test_an_assignment_ends_only_once(team):
    store = factories.store(team["reps"][0])
    actions.end_assignment(team["manager"], store, now=NOW)
    assert not queries.customers_visible_to(team["manager"]).exists()
    with pytest.raises(Refusal, match="not_assigned"):
        actions.end_assignment(team["admin"], store, now=NOW)


def test_only_distributors_supply_and_only_stores(team):
    store, other, source = factories.store(), factories.store(), factories.distributor()
    actions.set_supplier(team["admin"], store, distributor=source, now=NOW)
    assert [link.distributor for link in store.supplied_by.filter(ends_on__isnull=True)] == [source]
    for wrong in ((other, store), (source, source)):
        with pytest.raises(Refusal, match="not_a_distributor"):
            actions.set_supplier(team["admin"], wrong[0], distributor=wrong[1], now=NOW)


def test_a_new_supplier_ends_the_old_one(team):
    store, first, second = factories.store(), factories.distributor(), factories.distributor()
    actions.set_supplier(team["admin"], store, distributor=first, now=NOW)
    actions.set_supplier(team["admin"], store, distributor=second, now=NOW + timedelta(days=1))
    links = store.supplied_by.order_by("id")
    assert [(link.distributor, link.ends_on is None) for link in links] == [(first, False), (second, True)]
