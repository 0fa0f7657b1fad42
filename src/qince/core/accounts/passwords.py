"""Passwords: argon2 digests, judged by how long they would take to guess."""

from datetime import datetime

from django.contrib.auth.hashers import check_password, make_password
from django.utils.translation import gettext_lazy as _

from qince.core.accounts import limits
from qince.core.accounts.limits import Asker
from qince.core.accounts.models import Account
from qince.kit.errors import Refusal, Text

SHORTEST, LONGEST = 10, 128
STRONG = 3  # of zxcvbn's 0 to 4: safe against 10^8 guesses
# Of what a weak password was found to be made, in zxcvbn's words → what to tell the person.
_REASONS: dict[str, Text] = {
    "dictionary": _("It is built on a common word, name or password."),
    "spatial": _("It follows keys that lie beside each other."),
    "repeat": _("It repeats the same characters."),
    "sequence": _("It follows a sequence such as abc or 123."),
    "date": _("It is built on a date."),
    "regex": _("It is built on a year."),
}
_EASY = _("It is too easy to guess. Three or four unrelated words are strong and easy to remember.")


class WrongPassword(Refusal):
    """The same for a wrong password, an unknown number and an account without a password."""

    def __init__(self) -> None:
        super().__init__("wrong_password", _("The number or the password is wrong."), field="password")


def check_strength(password: str, *, mobile: str, name: str) -> None:
    """Raise `Refusal("weak_password")` with advice unless `password` is hard to guess for this person."""
    from zxcvbn import zxcvbn  # 8 MiB of word lists that an idle process need not hold

    if len(password) < SHORTEST:
        raise _weak(_("Use at least 10 characters."))
    if len(password) > LONGEST:
        raise _weak(_("Use at most 128 characters."))
    if _contains(password, mobile, name):
        raise _weak(_("It contains your name or your mobile number."))
    judged = zxcvbn(password[:72], user_inputs=[name, mobile, "qince"])
    if judged["score"] < STRONG:
        raise _weak(_reason(judged["sequence"]))


def _contains(password: str, mobile: str, name: str) -> bool:
    """Eight digits of the number count as the number; the country code is seldom typed."""
    folded = password.casefold()
    return mobile[-8:] in folded or (len(name) > 1 and name.casefold() in folded)


def _reason(sequence: list[dict[str, object]]) -> Text:
    patterns = [str(part["pattern"]) for part in sequence]
    found = next((_REASONS[pattern] for pattern in patterns if pattern in _REASONS), None)
    return found or _(
        "It is too easy to guess. Three or four unrelated words are strong and easy to remember."
    )


def _weak(reason: Text) -> Refusal:
    return Refusal("weak_password", reason, field="new_password")


def set_password(account: Account, password: str, *, name: str) -> None:
    check_strength(password, mobile=account.mobile, name=name)
    account.set_password(password)
    account.save(update_fields=["password"])


def account_by_password(mobile: str, password: str, asker: Asker, *, now: datetime) -> Account:
    """The account whose password this is, or `WrongPassword`. As much hashing is done when there is none."""
    with limits.one_try(mobile, asker, now=now):
        account = Account.objects.filter(mobile=mobile, is_active=True).first()
        if account is None or not account.has_usable_password() or not account.password:
            make_password(password)
            raise WrongPassword
        if not check_password(password, account.password):
            raise WrongPassword
    return account
