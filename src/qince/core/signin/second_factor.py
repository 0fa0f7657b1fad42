"""Setting up the authenticator app, on the way in or from the account page."""

from typing import Any

from qince.core.access.queries import actor_for
from qince.core.access.rules import GRANT
from qince.core.accounts import totp
from qince.core.accounts.keys import decrypt, encrypt
from qince.core.accounts.models import Account
from qince.core.organizations.settings import Settings
from qince.core.signin.queries import Membership
from qince.kit.actor import Actor
from qince.kit.tenancy import tenant


def must_enroll(found: Membership, account: Account) -> bool:
    """Whether this is an administrator (may grant roles) who has to have an authenticator and has none."""
    if account.has_totp or not Settings.of(found.organization).administrators_need_totp:
        return False
    return actor_in(found).may(GRANT)


def actor_in(found: Membership, locale: str = "en") -> Actor:
    with tenant(found.organization):
        return actor_for(found.employee, client="console", locale=locale)


def sealed_secret() -> str:
    """A new secret, encrypted, to be kept in the session until a code proves that an app holds it."""
    return encrypt(totp.new_secret())


def setup_context(account: Account, sealed: str) -> dict[str, Any]:
    """What the set-up page shows: the picture to scan, and the same in letters to type."""
    secret = decrypt(sealed)
    letters = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
    return {"qr_image": totp.qr_image(account, secret), "secret_letters": letters}
