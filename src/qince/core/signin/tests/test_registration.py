"""Registering an organization, completing it, and what stays closed before."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from qince.core.access.models import Grant, Role
from qince.core.access.registry import BUILT_IN_ROLES
from qince.core.accounts.models import Account, Attempt
from qince.core.accounts.tests.factories import last_code, other_than
from qince.core.audit.models import Entry
from qince.core.organizations.actions import complete_registration
from qince.core.organizations.models import Organization
from qince.core.organizations.rules import RegistrationIncomplete, require_open
from qince.core.people.models import Employee
from qince.core.people.tests import factories
from qince.core.privacy.tests.factories import agree
from qince.core.signin.activation import Phone, activate_phone
from qince.core.signin.models import OpenerProof
from qince.core.signin.tests.visitor import Visitor
from qince.kit.errors import Refusal
from qince.kit.tenancy import tenant

pytestmark = pytest.mark.django_db
MOBILE = "+8613900000001"
FILLED = {
    "name": "金陵饮品有限公司",
    "kind": "company",
    "administrator": "李雷",
    "mobile": "139 0000 0001",
    "opened_by": "legal_representative",
    "terms_accepted": "on",
}
DETAILS = {"location": "江苏省南京市", "industry": "快消品", "headcount": "60"}
LETTER = b"%PDF-1.4 letter of authorization"
COMPLETION = "/organization/completion/"


@pytest.fixture
def visitor():
    return Visitor()


def register(visitor, **changes):
    Attempt.objects.all().delete()
    answer = visitor.submit("/register/", **{**FILLED, **changes})
    if answer.status_code == 422:
        return answer
    return visitor.submit("/register/code/", code=last_code(MOBILE))


def complete(visitor, content=LETTER, **changes):
    proof = {"proof": SimpleUploadedFile("授权书.pdf", content)} if content else {}
    return visitor.submit(COMPLETION, **{**DETAILS, **proof, **changes})


def register_and_agree(visitor):
    register(visitor)
    organization = Organization.objects.get()
    with tenant(organization):
        agree(Employee.objects.get())
    return organization


def test_an_organization_is_registered_with_its_first_administrator_signed_in(visitor):
    answer = register(visitor)
    assert answer.url == "/organization/completion/"
    organization = Organization.objects.get()
    assert (organization.name, organization.state) == (FILLED["name"], Organization.State.REGISTERED)
    assert organization.opened_by == "legal_representative"
    assert organization.terms_accepted_at is not None
    with tenant(organization):
        employee = Employee.objects.get()
        assert (employee.name, employee.mobile, employee.status) == ("李雷", MOBILE, "active")
        assert set(Role.objects.values_list("key", flat=True)) == set(BUILT_IN_ROLES)
        grant = Grant.objects.get()
        assert (grant.role.key, grant.reach) == ("administrator", "organization")
        opened = Entry.objects.get(action="organizations.register")
        assert opened.changes["opened_by"] == "legal_representative"
        assert opened.changes["terms"] == organization.terms_version
    first = visitor.get("/organization/completion/")
    assert (first.status_code, first.url.split("?")[0]) == (302, reverse("privacy:agreement"))


@pytest.mark.clause("C2.1.2-01")
def test_registration_without_a_name_is_refused(visitor):
    assert register(visitor, name="  ").status_code == 422
    assert Organization.objects.count() == 0


@pytest.mark.clause("C1.1-05")
@pytest.mark.parametrize("kind", Organization.Kind.values)
def test_each_kind_of_organization_can_be_created(visitor, kind):
    register(visitor, kind=kind)
    assert Organization.objects.get().kind == kind


def test_an_unknown_kind_is_refused(visitor):
    assert register(visitor, kind="club").status_code == 422


@pytest.mark.parametrize("field", ["administrator", "mobile", "opened_by", "terms_accepted"])
def test_what_is_required_is_required(visitor, field):
    assert register(visitor, **{field: ""}).status_code == 422
    assert Organization.objects.count() == 0


def test_nothing_exists_before_the_right_code(visitor):
    visitor.submit("/register/", **FILLED)
    wrong = visitor.submit("/register/code/", code=other_than(last_code(MOBILE)))
    assert wrong.status_code == 422
    assert (Organization.objects.count(), Account.objects.count()) == (0, 0)


def test_the_code_of_one_registration_does_not_serve_another(visitor):
    register(visitor)
    again = Visitor()
    Attempt.objects.all().delete()
    code = last_code(MOBILE)
    again.submit("/register/", **FILLED)
    assert again.submit("/register/code/", code=code if code != last_code(MOBILE) else "x").status_code == 422
    assert Organization.objects.count() == 1


def test_a_person_with_an_account_may_open_a_second_organization(visitor):
    register(visitor)
    register(Visitor(), name="紫金商贸")
    assert (Organization.objects.count(), Account.objects.count()) == (2, 1)


def test_registration_can_be_closed_by_the_operator(visitor, settings):
    settings.OPEN_REGISTRATION = False
    assert visitor.get("/register/").status_code == 404
    assert "/register/" not in visitor.get("/sign-in/").content.decode()


@pytest.mark.clause("C2.1.2-17")
def test_before_completion_basic_pages_lead_to_it_and_basic_calls_are_refused(visitor):
    register_and_agree(visitor)
    answer = visitor.get("/organization/")
    assert (answer.status_code, answer.url) == (302, "/organization/completion/")
    with pytest.raises(RegistrationIncomplete) as refused:
        require_open(Organization.objects.get())
    assert (refused.value.code, refused.value.status) == ("complete_registration", 403)
    complete(visitor)
    require_open(Organization.objects.get())
    assert visitor.get("/organization/").status_code == 200


@pytest.mark.parametrize("missing", ["location", "industry", "headcount"])
def test_completion_needs_all_three_details(visitor, missing):
    register_and_agree(visitor)
    answer = complete(visitor, **{missing: ""})
    assert answer.status_code == 422
    assert Organization.objects.get().state == Organization.State.REGISTERED


@pytest.mark.clause("C1.1-03")
@pytest.mark.parametrize("opened_by", Organization.OpenedBy.values)
def test_who_opened_it_and_the_proof_are_on_record(visitor, opened_by):
    register(visitor, opened_by=opened_by)
    organization = Organization.objects.get()
    with tenant(organization):
        agree(Employee.objects.get())
    assert complete(visitor).status_code == 302
    organization.refresh_from_db()
    assert (organization.state, organization.opened_by) == ("active", opened_by)
    with tenant(organization):
        held = OpenerProof.objects.get()
        assert (bytes(held.content), held.employee.name, held.size) == (LETTER, "李雷", len(LETTER))
        told = Entry.objects.get(action="organizations.record_opener_proof").changes
        assert told == {"opened_by": opened_by, "sha256": organization.opener_proof}
        with connection.cursor() as cursor:
            cursor.execute("SELECT content FROM signin_openerproof")
            assert LETTER not in bytes(cursor.fetchone()[0])


@pytest.mark.clause("C1.1-03")
@pytest.mark.parametrize("content", [b"", b"MZ a program", b"<html>"], ids=["none", "program", "page"])
def test_without_the_openers_proof_an_organization_stays_closed(visitor, content):
    organization = register_and_agree(visitor)
    assert complete(visitor, content).status_code == 422
    with tenant(organization):
        actor = factories.actor(Employee.objects.get())
        with pytest.raises(Refusal) as refused:
            complete_registration(actor, location="南京", industry="快消品", headcount=6)
        assert refused.value.code == "opener_proof_required"
        assert not OpenerProof.objects.exists()
    assert Organization.objects.get().state == Organization.State.REGISTERED


@pytest.mark.clause("C2.1.2-17")
def test_a_phones_basic_call_before_completion_is_refused_with_that_code(visitor):
    organization = register_and_agree(visitor)
    with tenant(organization):
        actor = factories.actor(Employee.objects.get())
    phone = Phone(uuid4(), "P40", "Android 15")
    token = activate_phone(actor, phone=phone, new_needs_confirmation=False, now=timezone.now())
    headers = {"Authorization": f"Bearer {token}", "Qince-Protocol": "1"}
    refused = Client().get("/api/phone/v1/pull", headers=headers)
    assert (refused.status_code, refused.json()["code"]) == (403, "complete_registration")
    complete(visitor)
    assert Client().get("/api/phone/v1/pull", headers=headers).status_code == 200
