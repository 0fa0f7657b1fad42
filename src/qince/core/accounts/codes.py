"""One-time codes by mobile: six digits, ten minutes, used once, ended by five wrong tries (C2.1.1-05)."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from qince.core.accounts import limits, sms
from qince.core.accounts.keys import keyed_digest
from qince.core.accounts.limits import Asker
from qince.core.accounts.models import Account, OneTimeCode, OutboxMessage
from qince.kit.errors import Refusal

LIVES = timedelta(minutes=10)
WRONG_TRIES = 5
Purpose = OneTimeCode.Purpose


class WrongCode(Refusal):
    """The same for a wrong, used, expired and never sent code."""

    def __init__(self) -> None:
        super().__init__("wrong_code", _("The code is wrong or no longer valid."), field="code")


def request_code(mobile: str, purpose: str, asker: Asker, *, now: datetime) -> int:
    """Send a code and return the seconds until another may be asked for.

    A number without an account gets none, yet leaves the same trace and the same answer.
    """
    limits.spend(limits.CODES_OF_SOURCE, asker.source, now=now)
    limits.spend(limits.RESEND, mobile, asker.known_device, now=now)
    limits.spend(limits.CODES, mobile, asker.known_device, now=now)
    code = f"{secrets.randbelow(1_000_000):06d}"
    _keep(mobile, purpose, asker, code, now)
    if (
        purpose in (Purpose.REGISTER, Purpose.CHANGE, Purpose.GUARDIAN)
        or Account.objects.filter(mobile=mobile, is_active=True).exists()
    ):
        sms.send(mobile, sms.Template(purpose), {"code": code, "minutes": LIVES // timedelta(minutes=1)})
    return int(limits.RESEND.within.total_seconds())


def _keep(mobile: str, purpose: str, asker: Asker, code: str, now: datetime) -> None:
    """The newest code replaces earlier ones of the same asker."""
    subject = _subject(mobile)
    earlier = OneTimeCode.objects.filter(subject=subject, purpose=purpose, requester=asker.known_device)
    with transaction.atomic():
        earlier.filter(used_at__isnull=True).delete()
        OneTimeCode.objects.create(
            subject=subject,
            purpose=purpose,
            requester=asker.known_device,
            digest=keyed_digest("code", mobile, code),
            sent_at=now,
            expires_at=now + LIVES,
        )


def use_code(mobile: str, purpose: str, code: str, asker: Asker, *, now: datetime) -> OneTimeCode:
    """Use up the code sent to `mobile`, or raise `WrongCode`, or `TooManyAttempts`."""
    with limits.one_try(mobile, asker, now=now):
        found = _take(mobile, purpose, code, asker, now)
        if found is None:
            raise WrongCode
    return found


def _take(mobile: str, purpose: str, code: str, asker: Asker, now: datetime) -> OneTimeCode | None:
    live = OneTimeCode.objects.filter(
        subject=_subject(mobile),
        purpose=purpose,
        requester=asker.known_device,
        used_at__isnull=True,
        expires_at__gt=now,
        wrong_tries__lt=WRONG_TRIES,
    )
    with transaction.atomic():
        found = live.select_for_update().order_by("-sent_at").first()
        digest = keyed_digest("code", mobile, code.strip())
        if found is None:
            return None
        if not constant_time_compare(found.digest, digest):
            found.wrong_tries += 1
            found.save(update_fields=["wrong_tries"])
            return None
        found.used_at = now
        found.save(update_fields=["used_at"])
        return found


def forget(mobile: str, *purposes: str) -> int:
    """Remove what is left of codes sent to the number: whoever stops leaves nothing that waits to expire."""
    OutboxMessage.objects.filter(mobile=mobile).delete()
    rows = OneTimeCode.objects.filter(subject=_subject(mobile), purpose__in=purposes)
    return int(rows.delete()[0])


def _subject(mobile: str) -> str:
    return keyed_digest("mobile", mobile)
