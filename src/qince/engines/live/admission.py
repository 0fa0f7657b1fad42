"""Whose socket it is, and whether they may still be told anything. Read outside any tenant, as signing in is."""

from collections.abc import Collection
from importlib import import_module

from django.conf import settings
from django.db.models import Exists, OuterRef

from qince.core.accounts.keys import token_digest
from qince.core.accounts.models import Device
from qince.core.organizations.models import Organization
from qince.core.people.models import Affiliation

_CLOSED = (Organization.State.SUSPENDED, Organization.State.CLOSED)


def admitted(devices: Collection[str]) -> set[str]:
    """Those of the devices that are signed in, of people who are here, in organizations that are open."""
    here = Affiliation.objects.filter(
        account=OuterRef("account"), organization=OuterRef("organization"), employee_id=OuterRef("employee_id"),
        is_active=True,
    )  # fmt: skip
    rows = Device.objects.filter(
        Exists(here),
        pk__in=devices,
        revoked_at__isnull=True,
        confirmed_at__isnull=False,
        account__is_active=True,
    ).exclude(organization__state__in=_CLOSED)
    return {str(key) for key in rows.values_list("pk", flat=True)}


def device_of_session(key: str) -> tuple[str, str] | None:
    """(organization, device) of a console session."""
    if not key:
        return None
    session = import_module(settings.SESSION_ENGINE).SessionStore(key)
    device, organization = session.get("device"), session.get("organization")
    return (organization, device) if device and organization and admitted([device]) else None


def device_of_token(token: str) -> tuple[str, str] | None:
    """(organization, device) of a phone, by its token."""
    if not token:
        return None
    rows = Device.objects.filter(token_digest=token_digest(token), kind=Device.Kind.PHONE)
    found = rows.values_list("organization_id", "pk").first()
    return (str(found[0]), str(found[1])) if found and admitted([str(found[1])]) else None
