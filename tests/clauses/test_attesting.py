"""Whoever gives data about somebody else states first that the person knows and agrees: on every form that takes it."""

import pytest

from qince.core.audit.models import Entry
from qince.core.people.models import Employee
from qince.core.people.tests import factories as people
from qince.core.privacy.registry import declared
from qince.core.rights.models import Legacy
from qince.kit import clock
from qince.masterdata.customers.models import Customer
from tests.access.routes import console_routes

pytestmark = pytest.mark.django_db
STORE = {
    "code": "S1", "name": "苏果", "kind": "store", "status": "open", "given_datum": "GCJ02", "radius_m": "200",
    "contact_name": "马老板", "contact_phone": "13900002222",
}  # fmt: skip
PERSON = {"name": "王芳", "mobile": "19912345678"}
WISH = {"wish": "give", "trusted_name": "王强", "trusted_contact": "13900001111"}
GIVING = {
    "a customer": ("/customers/new/", STORE, Customer),
    "an employee": ("/employees/new/", PERSON, Employee),
    "a person named for one's legacy": ("/me/requests/legacy/", WISH, Legacy),
}

ASK_THEMSELVES = {
    "rights.case": "who opens a case is the person, or somebody whose standing is checked in it"
}


@pytest.fixture
def boss(inside):
    return people.employee("周主任", roles=["administrator"])


@pytest.mark.clause("C1.2-10")
@pytest.mark.parametrize("what", GIVING)
def test_without_the_statement_nothing_is_saved_and_with_it_who_and_when_is_on_record(boss, what):
    path, given, model = GIVING[what]
    desk, before = people.browser(boss), model.objects.count()
    answer = desk.post(path, given)
    assert answer.status_code == 422
    assert answer.context["form"].errors["attested"]
    assert model.objects.count() == before
    began = clock.now()
    assert desk.post(path, given | {"attested": "on"}).status_code == 302
    assert model.objects.count() == before + 1
    entry = Entry.objects.get(changes__has_key="attested")
    statement = str(answer.context["form"].fields["attested"].label)
    assert (entry.changes["attested"], entry.actor_id) == (statement, boss.pk)
    assert began <= entry.at <= clock.now()


def test_a_contact_is_attested_when_named_or_changed_and_not_when_taken_out(boss):
    desk = people.browser(boss)
    without = {**STORE, "contact_name": "", "contact_phone": ""}
    assert desk.post("/customers/new/", without).status_code == 302
    page = f"/customers/{Customer.objects.get().pk}/edit/"
    assert desk.post(page, {**without, "name": "苏果超市"}).status_code == 302
    assert desk.post(page, STORE).status_code == 422
    assert desk.post(page, {**STORE, "attested": "on"}).status_code == 302
    assert desk.post(page, {**STORE, "name": "苏果"}).status_code == 302
    assert desk.post(page, {**STORE, "contact_phone": "13900003333"}).status_code == 422
    assert desk.post(page, without).status_code == 302
    assert Customer.objects.get().contact_name == ""


@pytest.mark.clause("C1.2-10")
def test_every_page_that_takes_people_from_outside_or_new_members_asks():
    """Found by the declarations: a resource added later that names people fails here until its pages ask."""
    named = set(declared.contacts) - set(ASK_THEMSELVES) | {"people.employee"}
    resources = {route.resource.key: route.resource for route in console_routes() if route.resource}
    asked = 0
    for resource in resources.values():
        if resource.model._meta.label_lower in named:
            for page in filter(None, (resource.create, resource.imports)):
                fields = page.form.base_fields if page is resource.create else {"attested": page.attestation}
                assert fields.get("attested"), resource.key
                asked += 1
    assert asked >= 4
