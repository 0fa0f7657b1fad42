"""Who a console session is, read in one statement: it runs before every page.

It asks what `queries.actor_for` and the models ask, of the same tables; a test holds them equal.
"""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import connection
from django.db.models import Q

from qince.core.access.queries import GRANTS, actor_of
from qince.core.accounts import devices
from qince.core.organizations.models import Organization
from qince.core.organizations.settings import Settings
from qince.kit import clock
from qince.kit.actor import Actor
from qince.kit.tenancy import current_organization_id

# The text is ours, values are bound.
_PERSON = f"""
    SELECT e.account_id, e.name, e.restricted_at IS NOT NULL, o.name, o.time_zone, o.state, o.settings::json,
           d.last_seen_at, ({GRANTS})
      FROM people_employee e
      JOIN organizations_organization o ON o.id = e.organization_id
      JOIN accounts_device d ON d.id = %s AND d.revoked_at IS NULL
     WHERE e.organization_id = %s AND e.id = %s AND e.status = 'active'
"""  # nosec B608
_CLOSED_TO_ALL = (Organization.State.SUSPENDED, Organization.State.CLOSED)


@dataclass(frozen=True, slots=True)
class Person:
    """The actor, and of the organization: name, zone, state and settings."""

    actor: Actor
    organization: Organization


def person(employee_id: UUID, device_id: UUID, *, locale: str) -> Person | None:
    """Who it is; None once suspended, left or signed out from afar, at the very next request.

    So it is after a rest longer than the organization allows (C5.2-04): the server itself ends the session then.
    """
    organization_id = current_organization_id()
    with connection.cursor() as cursor:
        cursor.execute(_PERSON, [device_id, organization_id, employee_id])
        row = cursor.fetchone()
    if row is None:
        return None
    account_id, name, is_restricted, organization_name, time_zone, state, settings, last_seen_at, grants = row
    if state in _CLOSED_TO_ALL:
        return None
    idle = timedelta(minutes=Settings.of(Organization(settings=settings)).idle_minutes)
    if last_seen_at is not None and clock.now() - last_seen_at > idle:
        devices.sign_out(Q(pk=device_id), now=clock.now())
        return None
    devices.note_seen(device_id, last_seen_at, now=clock.now())
    caller = Actor(
        organization_id=organization_id,
        employee_id=employee_id,
        account_id=account_id,
        name=name,
        client="console",
        locale=locale,
        device_id=device_id,
        is_restricted=is_restricted,
    )
    organization = Organization(
        id=organization_id, name=organization_name, state=state, time_zone=time_zone, settings=settings
    )
    return Person(actor_of(caller, grants, organization), organization)
