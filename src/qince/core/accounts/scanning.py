"""A code shown on a sign-in page and confirmed in the signed-in phone app (C6.3-01).

It lives two minutes, serves one phone and one sign-in, and is kept as a keyed digest. The code alone opens nothing: the
page that shows it is known by its session, and the person by the phone's token.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import segno
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from qince.core.accounts import limits
from qince.core.accounts.codes import Purpose
from qince.core.accounts.keys import keyed_digest
from qince.core.accounts.limits import Asker, Limit
from qince.core.accounts.models import Device, OneTimeCode
from qince.kit.errors import Refusal

LIVES = timedelta(minutes=2)
SHOWN_OF_SOURCE = Limit("scans-of-source", 120, timedelta(minutes=15))
TRIES_OF_PHONE = Limit("scan-tries", 20, timedelta(minutes=15))
# Without letters and digits that look alike, for it may be typed; fifty bits for two minutes.
ALPHABET, LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ", 10
WAITING, CONFIRMED, OVER = "waiting", "confirmed", "over"


class NoSuchScan(Refusal):
    """The same for a wrong, used, refused and expired code, and for one that another phone took."""

    status = 404

    def __init__(self) -> None:
        super().__init__(
            "scan_over", _("This code is no longer valid. Show a new one on the computer."), field="code"
        )


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page keeps in its session: the row and, for as long as it may be shown, the code."""

    id: UUID
    code: str
    expires_at: datetime


def show(asker: Asker, *, browser: str, now: datetime) -> Shown:
    """A new code for a page; what has run out is cleared away with it."""
    limits.spend(SHOWN_OF_SOURCE, asker.source, now=now)
    OneTimeCode.objects.filter(purpose=Purpose.SCAN, expires_at__lt=now - LIVES).delete()
    code = "".join(secrets.choice(ALPHABET) for _each in range(LETTERS))
    made = OneTimeCode.objects.create(
        purpose=Purpose.SCAN,
        requester=browser[:64],
        digest=_digest(code),
        sent_at=now,
        expires_at=now + LIVES,
    )
    return Shown(made.pk, code, made.expires_at)


def picture(address: str) -> str:
    """The address as a QR code, to be put into an `img`."""
    return segno.make(address, error="m").svg_data_uri(scale=5, border=3, light="white")


def look(device: Device, code: str, *, now: datetime) -> OneTimeCode:
    """Which page asks, for the phone that scanned it. Wrong codes are counted for each phone."""
    attempt = limits.spend(TRIES_OF_PHONE, str(device.account_id), now=now)
    found: OneTimeCode | None = _live(now).filter(digest=_digest(code), redeemed_by=None).first()
    if found is None:
        raise NoSuchScan
    attempt.delete()
    return found


def answer(device: Device, code: str, *, confirms: bool, now: datetime) -> None:
    """Confirm or refuse on the phone. A code answered once is answered for good."""
    found = look(device, code, now=now)
    with transaction.atomic():
        held = _live(now).select_for_update().filter(pk=found.pk, redeemed_by=None).first()
        if held is None:
            raise NoSuchScan
        held.subject = keyed_digest("mobile", device.account.mobile)
        held.redeemed_by = device.pk
        if not confirms:
            held.expires_at = now
        held.save(update_fields=["subject", "redeemed_by", "expires_at"])


def state(key: UUID, *, now: datetime) -> str:
    found = _live(now).filter(pk=key).first()
    if found is None:
        return OVER
    return CONFIRMED if found.redeemed_by else WAITING


def use(key: UUID, *, now: datetime) -> Device:
    """Use the confirmed code up, by the page that showed it; the phone that confirmed must still be signed in."""
    with transaction.atomic():
        found = _live(now).select_for_update().filter(pk=key, redeemed_by__isnull=False).first()
        if found is None:
            raise NoSuchScan
        found.used_at = now
        found.save(update_fields=["used_at"])
    phones = Device.objects.filter(
        pk=found.redeemed_by, revoked_at__isnull=True, confirmed_at__isnull=False, account__is_active=True
    )
    device: Device | None = phones.select_related("account").first()
    if device is None:
        raise NoSuchScan
    return device


def _live(now: datetime):  # type: ignore[no-untyped-def]
    return OneTimeCode.objects.filter(purpose=Purpose.SCAN, used_at__isnull=True, expires_at__gt=now)


def _digest(code: str) -> str:
    return keyed_digest("scan", "".join(code.upper().split()).replace("-", ""))
