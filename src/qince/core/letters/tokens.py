"""Addresses that prove by themselves what they are for: 64 characters that name a delivery and one purpose."""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import timedelta
from uuid import UUID

from django.urls import reverse
from django.utils.crypto import salted_hmac

from qince.core.letters.models import Delivery
from qince.core.organizations.models import Organization

# What an address may do. One made for a purpose opens no other.
UNSUBSCRIBE, LINK, PICTURE, READ = "unsubscribe", "link", "picture", "read"
TRACKED_FOR = timedelta(days=30)
READABLE_FOR = timedelta(days=90)
_SIGNED, _MAC = 32, 16


def make(purpose: str, organization_id: UUID, delivery_id: UUID) -> str:
    named = organization_id.bytes + delivery_id.bytes
    return urlsafe_b64encode(named + _mac(purpose, named)).decode()


def read(purpose: str, token: str) -> tuple[UUID, UUID] | None:
    """Organization and delivery that `token` names; None unless it was made here for this `purpose`."""
    try:
        raw = urlsafe_b64decode(token.encode("ascii"))
    except ValueError:
        return None
    named, mac = raw[:_SIGNED], raw[_SIGNED:]
    if len(raw) != _SIGNED + _MAC or not hmac.compare_digest(mac, _mac(purpose, named)):
        return None
    organization_id = UUID(bytes=named[:16])
    if not Organization.objects.filter(pk=organization_id).exists():
        return None
    return organization_id, UUID(bytes=named[16:])


def address(purpose: str, delivery: Delivery) -> str:
    """The path of the page that reads a token of `purpose`."""
    assert delivery.organization_id is not None
    return reverse(f"letters:{purpose}", args=[make(purpose, delivery.organization_id, delivery.pk)])


def _mac(purpose: str, named: bytes) -> bytes:
    return salted_hmac(f"qince.letters.{purpose}", named, algorithm="sha256").digest()[:_MAC]
