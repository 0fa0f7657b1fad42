"""The restricted state: storage and security only. Nothing that anybody else can ask for knows the person (C6.2-12)."""

import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from qince.core.access.queries import actor_for
from qince.core.erasure.restricting import lift_restriction, restrict
from qince.core.people.actions import edit_employee
from qince.core.people.queries import employees_visible_to
from qince.core.people.tests import factories as people
from qince.kit import clock, navigation
from qince.kit.errors import Forbidden, NotFound, Refusal
from qince.kit.ids import uuid7
from qince.kit.tenancy import tenant
from qince.sales.visits.queries import visits_visible_to
from tests.access.asking import ask, browser
from tests.access.planting import phone_token, plant
from tests.access.routes import console_routes

MARKER = "ZQ8restricted"


@pytest.fixture
def planted(db, data_folder):
    home = people.organization()
    with tenant(home):
        officer = people.employee("专员", roles=["administrator"])
        second = people.employee("周专员", roles=["administrator"])
        manager = people.employee("经理", roles=["manager"])
        person = people.employee(f"{MARKER}名", leader=manager, roles=["rep"], position=f"{MARKER}职")
        from qince.core.privacy.tests.factories import agree

        agree(person)
    found = plant(home, person, MARKER)
    found.rows |= {"officer": officer, "second": second, "manager": manager}
    return found


def restricted(planted, act=restrict, by="officer"):
    with tenant(planted.organization):
        return act(people.actor(planted.rows[by]), planted.employee, now=clock.now())


# Pages of privacy work itself, where the officer handles the case, and the trail, which is security.
HANDLING = (
    "erasure:",
    "rights:",
    "audit:",
    "access:",
    "privacy:",
    "policy:",
    "incidents:",
    "watch:",
    "letters:",
    "signin:",
    "partners:",
    "guardians:",
)


def pages_telling(planted, employee, among=None):
    """Console pages, those named or all, on which the person's name or words stand: lists, details, exports."""
    client, found = browser(employee), []
    for route in console_routes():
        if route.name.startswith(HANDLING) or (among is not None and route.name not in among):
            continue
        with tenant(planted.organization):
            addresses = list(route.addresses(planted.ids_for(route)))
        for address in addresses:
            answer = ask(client, "GET", address)
            if answer.status == 200 and f"{MARKER}名" in answer.body:
                found.append(route.name)
    return sorted(set(found))


def showing():
    """The pages of resources on which rows stand: those that tell of the person before."""
    shows = ("list", "detail", "print", "one", "csv", "edit")
    return {each.name for each in console_routes() if each.resource and each.name.rpartition("_")[2] in shows}


@pytest.mark.clause("C6.2-12")
def test_no_page_list_or_export_tells_of_a_restricted_person(planted, monkeypatch):
    monkeypatch.setattr(navigation, "BADGE_S", 3600)  # counted once, not with each of a thousand pages
    officer, manager = planted.rows["officer"], planted.rows["manager"]
    told, told_manager = (pages_telling(planted, each, among=showing()) for each in (officer, manager))
    assert len(told) > len(told_manager) > 0
    restricted(planted)
    assert pages_telling(planted, officer) == []  # also where nothing was told before
    assert pages_telling(planted, manager, among=told_manager) == []
    restricted(planted, lift_restriction, by="second")
    assert pages_telling(planted, officer, among=told) == told


def test_no_write_reaches_them(planted):
    restricted(planted)
    with tenant(planted.organization):
        boss = people.actor(planted.rows["officer"])
        with pytest.raises(NotFound):
            edit_employee(boss, planted.employee, now=clock.now(), position="别的")
        assert not employees_visible_to(boss).filter(pk=planted.employee.pk).exists()
        assert visits_visible_to(boss).count() == 0


def test_they_keep_their_rights_and_nothing_new_is_taken(planted):
    phone = Client(
        headers={"Authorization": f"Bearer {phone_token(planted.employee)}", "Accept-Language": "en"}
    )
    assert phone.get("/api/phone/v1/pull").status_code == 200
    restricted(planted)
    own = browser(planted.employee)
    assert own.get("/me/privacy/").status_code == 200
    assert own.get("/notice/").status_code == 200
    assert own.get("/").status_code == 403
    batch = {
        "operations": [
            {
                "id": str(uuid7()),
                "type": "attendance.punch",
                "hash": "0" * 64,
                "occurred_at": clock.now().isoformat(),
                "payload": {},
            }
        ]
    }
    answer = phone.post("/api/phone/v1/push", json.dumps(batch), content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (403, "use_restricted")
    assert phone.get("/api/phone/v1/pull").status_code == 403


def test_who_may_not_is_refused(planted):
    with tenant(planted.organization):
        with pytest.raises(Forbidden):
            restrict(people.actor(planted.rows["manager"]), planted.employee, now=clock.now())
        officer = planted.rows["officer"]
        with pytest.raises(Refusal, match="oneself"):
            restrict(people.actor(officer), officer, now=clock.now())


def test_it_costs_no_query_while_nobody_is_restricted(planted):
    def asked():
        with tenant(planted.organization), CaptureQueriesContext(connection) as captured:
            actor = actor_for(planted.rows["officer"], client="console", locale="en")
            actor.scope("people.view")
            actor.scope("visits.view")
        return len(captured)

    before = asked()
    restricted(planted)
    assert asked() == before + 1  # whose, once for the whole request
    restricted(planted, lift_restriction, by="second")
    assert asked() == before
