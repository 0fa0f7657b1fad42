"""Proving once more who one is, before something that cannot be taken back: an act left at an open desk is nobody's."""

from datetime import datetime

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from qince.core.accounts import passwords, totp
from qince.core.accounts.models import Account
from qince.core.signin import browser
from qince.core.signin.actions import account_id
from qince.kit.actor import Actor
from qince.kit.errors import Refusal, Text

PROOF = "proof"


def own_account(actor: Actor) -> Account:
    return Account.objects.get(pk=account_id(actor))


def asked_of(account: Account) -> Text:
    """What is asked: a code of the authenticator app where there is one, else the password."""
    return _("Code of the app, or a recovery code") if account.has_totp else _("Password")


def confirm(request: HttpRequest, account: Account, proof: str, *, now: datetime) -> None:
    """Refuses a wrong proof, at the field `proof`; tries are limited as at the sign-in.

    Call before the act, not within: a wrong try stays counted.
    """
    asker = browser.asker_on(request, account.mobile)
    if not account.has_totp and not account.password:
        raise Refusal(
            "no_proof",
            _("This needs your password or your authenticator app: set one under “Your account” first."),
            field=PROOF,
        )
    try:
        if account.has_totp:
            totp.prove(account, proof, asker, now=now)
        else:
            passwords.account_by_password(account.mobile, proof, asker, now=now)
    except passwords.WrongPassword:
        raise Refusal("wrong_password", _("The password is wrong."), field=PROOF) from None
    except Refusal as refusal:
        raise Refusal(refusal.code, refusal.message, field=PROOF, **refusal.details) from None
