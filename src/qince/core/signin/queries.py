"""From an account or a token to the person in an organization. Read before the organization is entered."""

from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from qince.core.accounts.devices import SEEN_EVERY
from qince.core.accounts.keys import token_digest
from qince.core.accounts.models import Account, Device
from qince.core.accounts.rules import CONFIRM_DEVICE
from qince.core.organizations.models import Organization
from qince.core.people.models import Affiliation, Employee
from qince.core.signin import holding
from qince.kit import clock
from qince.kit.actor import Actor
from qince.kit.errors import Refusal
from qince.kit.tenancy import tenant

_MAY_SIGN_IN = (Employee.Status.INVITED, Employee.Status.ACTIVE)
_OPEN = (Organization.State.REGISTERED, Organization.State.ACTIVE)


@dataclass(frozen=True, slots=True)
class Membership:
    """An account as an employee of one organization, able to sign in there."""

    organization: Organization
    employee: Employee


def memberships(account: Account) -> list[Membership]:
    """Where the account may sign in, by name: without suspended people, leavers and closed organizations, and
    without whom another room holds back (`holding`).
    """
    return [one for one, held in _all_memberships(account) if held is None]


def held_back(account: Account) -> Refusal | None:
    """Why the account may sign in nowhere, where a reason is known."""
    return next((held for _one, held in _all_memberships(account) if held is not None), None)


def _all_memberships(account: Account) -> list[tuple[Membership, Refusal | None]]:
    found = []
    for affiliation in _affiliations(account).order_by("organization__name"):
        with tenant(affiliation.organization_id):
            employee = Employee.objects.filter(pk=affiliation.employee_id, status__in=_MAY_SIGN_IN).first()
            if employee is not None:
                found.append((Membership(affiliation.organization, employee), holding.reason(employee)))
    return found


def membership(account: Account, organization_id: UUID) -> Membership | None:
    return next((one for one in memberships(account) if one.organization.pk == organization_id), None)


def _affiliations(account: Account):  # type: ignore[no-untyped-def]
    rows = Affiliation.objects.filter(account=account, is_active=True, organization__state__in=_OPEN)
    return rows.select_related("organization")


_PHONE = """
    SELECT d.id, d.organization_id, d.employee_id, d.account_id, d.app_version, d.last_seen_at
    FROM accounts_device d
    JOIN accounts_account a ON a.id = d.account_id
    JOIN people_affiliation f ON f.account_id = d.account_id AND f.organization_id = d.organization_id
                             AND f.employee_id = d.employee_id
    JOIN organizations_organization o ON o.id = d.organization_id
    WHERE d.token_digest = %s AND d.kind = 'phone' AND d.revoked_at IS NULL AND d.confirmed_at IS NOT NULL
      AND a.is_active AND f.is_active AND o.state IN ('registered', 'active')
"""


def phone_actor(token: str, app_version: str, locale: str) -> Actor | None:
    """Whose phone sends `token`; None for an unknown, revoked, unconfirmed or suspended one.

    Runs at every request of a phone, so one query over tables that belong to no organization. The actor has
    no permissions yet: enter its organization, then hand the employee to `access.queries.actor_for`.
    """
    with connection.cursor() as cursor:
        cursor.execute(_PHONE, [token_digest(token)])
        row = cursor.fetchone()
    if row is None:
        return None
    device_id, organization_id, employee_id, account_id, known_version, seen_at = row
    now = clock.now()
    if seen_at is None or now - seen_at > SEEN_EVERY or known_version != app_version[:20]:
        Device.objects.filter(pk=device_id).update(last_seen_at=now, app_version=app_version[:20])
    return Actor(
        organization_id=organization_id,
        employee_id=employee_id,
        account_id=account_id,
        client="phone",
        locale=locale,
        device_id=device_id,
    )


@dataclass(frozen=True, slots=True)
class PersonalDevice:
    """A device with the name of the person who uses it."""

    device: Device
    employee: Employee


def devices_visible_to(actor: Actor) -> list[PersonalDevice]:
    """Devices of everybody in the actor's scope; those to be confirmed first, then the latest seen."""
    people = {one.pk: one for one in actor.scope(CONFIRM_DEVICE).filter(Employee.objects.all(), "pk")}
    rows = Device.objects.filter(organization=actor.organization_id, revoked_at__isnull=True)
    found = sorted(rows.order_by("-last_seen_at"), key=lambda device: device.confirmed_at is not None)
    return [PersonalDevice(one, people[one.employee_id]) for one in found if one.employee_id in people]
