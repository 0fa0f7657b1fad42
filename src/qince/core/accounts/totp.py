"""The authenticator app (RFC 6238) as a second proof, and recovery codes for the day the phone is lost."""

import secrets
from datetime import datetime

import pyotp
import segno
from django.db import transaction

from qince.core.accounts import limits
from qince.core.accounts.codes import WrongCode
from qince.core.accounts.keys import decrypt, encrypt, keyed_digest
from qince.core.accounts.limits import Asker
from qince.core.accounts.models import Account, RecoveryCode
from qince.kit.identifiers import mobile_local

STEP_S = 30
DRIFT_STEPS = 1  # clocks of phones are off by seconds, not minutes
RECOVERY_CODES = 10
_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # 5 bits a character, none mistaken for another


def new_secret() -> str:
    return pyotp.random_base32()


def qr_image(account: Account, secret: str) -> str:
    """A data address of an SVG picture for the authenticator app to scan. Dark on white in both themes."""
    label = pyotp.TOTP(secret).provisioning_uri(name=mobile_local(account.mobile), issuer_name="Qince")
    return segno.make(label, error="m").svg_data_uri(scale=4, border=3, light="white")


def enroll(account: Account, secret: str, code: str, *, now: datetime) -> list[str]:
    """Switch the authenticator on once it shows a right code; return the recovery codes, shown this once."""
    step = _matching_step(secret, code, after=0, now=now)
    if step is None:
        raise WrongCode
    with transaction.atomic():
        account.totp_secret, account.totp_last_step = encrypt(secret), step
        account.save(update_fields=["totp_secret", "totp_last_step"])
        return renew_recovery_codes(account)


def disable(account: Account) -> None:
    with transaction.atomic():
        account.totp_secret = ""
        account.save(update_fields=["totp_secret"])
        account.recovery_codes.all().delete()


def renew_recovery_codes(account: Account) -> list[str]:
    plain = ["".join(secrets.choice(_ALPHABET) for _ in range(10)) for _ in range(RECOVERY_CODES)]
    with transaction.atomic():
        account.recovery_codes.all().delete()
        RecoveryCode.objects.bulk_create(
            RecoveryCode(account=account, digest=_recovery_digest(account, code)) for code in plain
        )
    return [f"{code[:5]}-{code[5:]}" for code in plain]


def prove(account: Account, code: str, asker: Asker, *, now: datetime) -> None:
    """Accept a code of the authenticator or a recovery code, each once; else raise `WrongCode`."""
    with limits.one_try(account.mobile, asker, now=now):
        if not (_accept_code(account, code, now) or _accept_recovery(account, code, now)):
            raise WrongCode


def _accept_code(account: Account, code: str, now: datetime) -> bool:
    """The conditional update lets one of two parallel requests win."""
    step = _matching_step(decrypt(account.totp_secret), code, after=account.totp_last_step, now=now)
    if step is None:
        return False
    unused = Account.objects.filter(pk=account.pk, totp_last_step__lt=step)
    return unused.update(totp_last_step=step) == 1


def _matching_step(secret: str, code: str, *, after: int, now: datetime) -> int | None:
    current = int(now.timestamp()) // STEP_S
    generator = pyotp.TOTP(secret)
    for step in range(current - DRIFT_STEPS, current + DRIFT_STEPS + 1):
        right = generator.at(step * STEP_S)
        if step > after and secrets.compare_digest(right.encode(), code.strip().replace(" ", "").encode()):
            return step
    return None


def _accept_recovery(account: Account, code: str, now: datetime) -> bool:
    plain = code.upper().replace("-", "").replace(" ", "")
    unused = RecoveryCode.objects.filter(
        account=account, digest=_recovery_digest(account, plain), used_at__isnull=True
    )
    return unused.update(used_at=now) == 1


def _recovery_digest(account: Account, plain: str) -> str:
    return keyed_digest("recovery", str(account.pk), plain)
