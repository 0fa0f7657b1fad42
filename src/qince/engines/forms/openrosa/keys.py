"""The key of an OpenRosa client: 32 hex digits name the organization, the rest is secret and kept as a digest."""

import base64
import binascii
from datetime import timedelta
from uuid import UUID

from django.http import HttpRequest

from qince.core.organizations.models import Organization
from qince.core.people.models import Employee
from qince.engines.forms.actions.keys import digest
from qince.engines.forms.models import AppToken
from qince.kit import clock
from qince.kit.actor import Actor

_USED_AGAIN = timedelta(minutes=5)


def organization_of(token: str) -> UUID | None:
    """The organization that the key names, if there is one; whether the key is good shows only inside it."""
    try:
        key = UUID(hex=token[:32])
    except ValueError:
        return None
    return key if len(token) > 60 and Organization.objects.filter(pk=key).exists() else None


def presented(request: HttpRequest, token: str) -> str:
    """The key of a request: from the address, or the password of Basic authentication."""
    if token:
        return token
    scheme, _space, encoded = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return ""
    try:
        return base64.b64decode(encoded, validate=True).decode().partition(":")[2]
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return ""


def holder(token: str) -> Actor | None:
    """For whom the key acts, inside the organization; None for a key that opens nothing (any more)."""
    found = (
        AppToken.objects.select_related("employee")
        .filter(digest=digest(token), revoked_at__isnull=True)
        .first()
    )
    if found is None or found.employee.status != Employee.Status.ACTIVE:
        return None
    now = clock.now()
    if found.last_used_at is None or now - found.last_used_at > _USED_AGAIN:
        AppToken.objects.filter(pk=found.pk).update(last_used_at=now)
    return Actor(
        organization_id=found.organization_id,  # type: ignore[arg-type]
        employee_id=found.employee_id,
        account_id=found.employee.account_id,
        name=found.employee.name,
        client="openrosa",
    )
