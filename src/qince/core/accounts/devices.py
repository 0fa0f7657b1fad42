"""Devices: phones and browsers an account is signed in on. Tokens and session keys are kept as digests."""

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from qince.core.accounts.models import Device

SEEN_EVERY = timedelta(minutes=5)
PREFIX = "qd_"  # lets a leaked token be recognized by scanners
PHONES_PER_ACCOUNT = 5  # in one organization; the least recently seen makes room for the sixth


def new_token() -> str:
    return PREFIX + secrets.token_urlsafe(32)


def note_seen(device_id: UUID, last_seen_at: datetime | None, *, now: datetime) -> None:
    """Note that the device is in use, at most each five minutes."""
    if last_seen_at is None or now - last_seen_at > SEEN_EVERY:
        Device.objects.filter(pk=device_id).update(last_seen_at=now)


def known_browser(device_id: str, mobile: str) -> Device | None:
    """The browser `device_id`, if the owner of `mobile` signed in from it and nobody unbound it since."""
    rows = Device.objects.filter(kind=Device.Kind.CONSOLE, confirmed_at__isnull=False, account__mobile=mobile)
    return rows.filter(pk=device_id).first()


def signed_in_devices(account_id: UUID, organization_id: UUID) -> QuerySet[Device]:
    """Devices of the account in the organization that are in use or wait for confirmation, latest first."""
    rows = Device.objects.filter(account=account_id, organization=organization_id, revoked_at__isnull=True)
    return rows.order_by("-last_seen_at", "-created_at")


def has_confirmed_phone(account_id: UUID, organization_id: UUID) -> bool:
    phones = signed_in_devices(account_id, organization_id).filter(kind=Device.Kind.PHONE)
    return phones.filter(confirmed_at__isnull=False).exists()


def has_others(device: Device) -> bool:
    """Whether the account has ever used another device in the organization."""
    known = Device.objects.filter(account=device.account_id, organization=device.organization_id)
    return known.exclude(pk=device.pk).exists()


def make_room(device: Device, *, now: datetime) -> None:
    """Sign out the phones beyond `PHONES_PER_ACCOUNT`, least recently seen first, never `device` itself."""
    others = signed_in_devices(device.account_id, device.organization_id).filter(kind=Device.Kind.PHONE)
    surplus = list(others.exclude(pk=device.pk)[PHONES_PER_ACCOUNT - 1 :])
    sign_out(Q(pk__in=[found.pk for found in surplus]), now=now)


def sign_out(which: Q, *, now: datetime) -> int:
    """End tokens and sessions of one's own devices. They stay bound: signing in again makes no new device."""
    return Device.objects.filter(which, revoked_at__isnull=True).update(revoked_at=now)


def unbind(which: Q, *, now: datetime) -> int:
    """Sign devices out from afar, effective at their next request, and treat them as unknown from now on."""
    bound = Device.objects.filter(which).exclude(revoked_at__isnull=False, confirmed_at__isnull=True)
    return bound.update(revoked_at=now, confirmed_at=None)


def unbind_browsers(account_id: UUID, *, but: UUID | None, now: datetime) -> int:
    """End every console session of the account in all organizations, except the device `but`."""
    return unbind(Q(account=account_id, kind=Device.Kind.CONSOLE) & ~Q(pk=but), now=now)
