"""Housekeeping of the accounts; acts of persons upon their accounts are in `core.signin`."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.sessions.models import Session

from qince.core.accounts.models import Attempt, Device, OneTimeCode, OutboxMessage

# As declared in privacy.py.
CODES_KEPT = timedelta(days=1)
DEVICES_KEPT = timedelta(days=183)


def forget(*, now: datetime) -> None:
    """Erase spent codes, counted attempts, outbox messages, ended sessions, devices signed out long ago.

    A browser whose session ran out is signed out as if by its owner: it stays known for the next time.
    """
    yesterday = now - CODES_KEPT
    OneTimeCode.objects.filter(expires_at__lt=yesterday).delete()
    Attempt.objects.filter(at__lt=yesterday).delete()
    OutboxMessage.objects.filter(sent_at__lt=yesterday).delete()
    Session.objects.filter(expire_date__lt=now).delete()
    ran_out = now - timedelta(seconds=settings.SESSION_COOKIE_AGE)
    browsers = Device.objects.filter(kind=Device.Kind.CONSOLE, revoked_at__isnull=True)
    browsers.filter(last_seen_at__lt=ran_out).update(revoked_at=now)
    Device.objects.filter(revoked_at__lt=now - DEVICES_KEPT).delete()
