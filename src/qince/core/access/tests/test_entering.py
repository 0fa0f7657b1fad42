"""Reading who asks in one statement gives what the models give."""

from datetime import timedelta

import pytest

from qince.core.access.entering import person
from qince.core.access.queries import actor_for
from qince.core.accounts.models import Device
from qince.core.people.models import Employee
from qince.core.people.tests import factories as people
from qince.kit import clock
from qince.kit.tenancy import tenant

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    found = people.organization()
    with tenant(found):
        yield found


def device_of(employee, **fields):
    now = clock.now()
    return Device.objects.create(
        account_id=employee.account_id, organization_id=employee.organization_id, employee_id=employee.pk,
        kind="console", token_digest=str(employee.pk), confirmed_at=now, last_seen_at=now, **fields,
    )  # fmt: skip


def found(employee, device):
    return person(employee.pk, device.pk, locale="en")


def test_it_is_the_actor_that_the_models_give(home):
    east = people.department("华东")
    manager = people.employee("李经理", roles=["manager"])
    people.grant(manager, "auditor", "departments", [east])
    people.employee("小张", leader=manager, department=east)
    device = device_of(manager)
    read, made = (
        found(manager, device).actor,
        actor_for(manager, client="console", locale="en", device_id=device.pk),
    )
    assert {code: read.scope(code) for code in read.permissions} == {
        code: made.scope(code) for code in made.permissions
    }
    assert read.permissions
    for name in ("organization_id", "employee_id", "account_id", "name", "client", "locale", "device_id"):
        assert getattr(read, name) == getattr(made, name), name
    assert read.masked_fields == made.masked_fields


def test_nobody_once_suspended_signed_out_or_closed(home):
    rep = people.employee(roles=["rep"])
    device = device_of(rep)
    assert found(rep, device).organization.is_open
    Device.objects.filter(pk=device.pk).update(revoked_at=clock.now())
    assert found(rep, device) is None
    Device.objects.filter(pk=device.pk).update(revoked_at=None)
    Employee.objects.filter(pk=rep.pk).update(status=Employee.Status.SUSPENDED)
    assert found(rep, device) is None
    Employee.objects.filter(pk=rep.pk).update(status=Employee.Status.ACTIVE)
    home.state = "suspended"
    home.save()
    assert found(rep, device) is None


def test_one_of_another_organization_is_nobody(home):
    rep = people.employee(roles=["rep"])
    device = device_of(rep)
    with pytest.raises(RuntimeError), tenant(people.organization("别家")):
        found(rep, device)
    assert found(rep, device).organization.name == home.name


def test_when_it_was_last_seen_is_noted_at_most_each_five_minutes(home, django_assert_num_queries):
    rep = people.employee(roles=["rep"])
    device = device_of(rep)
    with django_assert_num_queries(1):
        found(rep, device)
    long_ago = clock.now() - timedelta(minutes=6)
    Device.objects.filter(pk=device.pk).update(last_seen_at=long_ago)
    found(rep, device)
    device.refresh_from_db()
    assert device.last_seen_at > long_ago
