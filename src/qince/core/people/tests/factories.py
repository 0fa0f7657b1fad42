"""Plain factories: organizations, employees, actors. Each enters the tenant by itself when needed."""

from itertools import count
from uuid import uuid4

from django.test import Client

from qince.core.access.models import Grant, Role
from qince.core.access.queries import actor_for
from qince.core.access.registry import BUILT_IN_ROLES
from qince.core.accounts.models import Account, Device
from qince.core.organizations.models import Organization
from qince.core.people.models import Affiliation, Department, Employee, Membership, ReportingLine
from qince.core.privacy.tests.factories import agree
from qince.kit import clock
from qince.kit.ids import uuid7
from qince.kit.tenancy import tenant

_numbers = count(1)


def organization(name="金陵饮品", **fields):
    fields = {
        "state": "active",
        "location": "南京",
        "industry": "快消品",
        "headcount": 60,
        "opened_by": "administrator",
        **fields,
    }
    found = Organization.objects.create(name=name, **fields)
    with tenant(found):
        for key, label in BUILT_IN_ROLES.items():
            Role.objects.create(key=key, name=str(label))
    return found


def department(name="销售部", parent=None):
    key = uuid7()
    path = f"{parent.path if parent else ''}{key}/"
    return Department.objects.create(id=key, name=name, parent=parent, path=path)


def employee(name="王芳", *, leader=None, department=None, roles=(), reach=None, **fields):
    """An active employee with an account of its own; call inside the tenant."""
    number = next(_numbers)
    mobile = fields.pop("mobile", f"+86198{number:08d}")
    account = Account.objects.create(mobile=mobile)
    fields = {"status": "active", "number": f"E{number:04d}", **fields}
    found = Employee.objects.create(name=name, mobile=mobile, account=account, leader=leader, **fields)
    Affiliation.objects.create(account=account, organization=found.organization, employee_id=found.pk)
    today = clock.now().date()
    if leader:
        ReportingLine.objects.create(employee=found, leader=leader, starts_on=today)
    if department:
        Membership.objects.create(employee=found, department=department, starts_on=today)
    for key in roles:
        grant(found, key, reach)
    return found


_REACH = {
    "rep": "self",
    "manager": "subordinates",
    "administrator": "organization",
    "auditor": "organization",
    "privacy_officer": "organization",
}


def grant(employee, key, reach=None, departments=()):
    return Grant.objects.create(
        employee=employee,
        role=Role.objects.get(key=key),
        reach=reach or _REACH[key],
        department_ids=[str(found.pk) for found in departments],
    )


def holding(employee, *permissions, masked=()):
    """The employee, with a role of exactly these permissions over the whole organization; with none, no role."""
    if permissions:
        role = Role.objects.create(
            name=str(uuid4()), permissions=list(permissions), masked_fields=list(masked)
        )
        Grant.objects.create(employee=employee, role=role, reach=Grant.Reach.ORGANIZATION)
    return employee


def actor(employee, client="console", locale="en", **fields):
    return actor_for(employee, client=client, locale=locale, **fields)


def browser(employee, language="en"):
    """A test client signed in to the console as `employee`, who has agreed to the notice."""
    agree(employee)
    device = Device.objects.create(
        account_id=employee.account_id,
        organization_id=employee.organization_id,
        employee_id=employee.pk,
        kind=Device.Kind.CONSOLE,
        token_digest=str(uuid7()),
        confirmed_at=clock.now(),
        last_seen_at=clock.now(),
    )
    client = Client(headers={"accept-language": language})
    session = client.session
    session.update(
        {
            "organization": str(employee.organization_id),
            "employee": str(employee.pk),
            "device": str(device.pk),
        }
    )
    session.save()
    return client
