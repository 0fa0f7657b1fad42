"""Passwords, the authenticator app, encryption."""

from datetime import timedelta

import pyotp
import pytest
from django.utils import timezone

from qince.core.accounts import keys, passwords, totp
from qince.core.accounts.codes import WrongCode
from qince.core.accounts.limits import Asker, TooManyAttempts
from qince.core.accounts.models import Account
from qince.core.accounts.passwords import WrongPassword
from qince.kit.errors import Refusal

MOBILE, STRONG = "+8613900000001", "梧桐树下三只灰鹤lamp"
HERE = Asker("203.0.113.7")
NOW = timezone.now().replace(microsecond=0)


@pytest.fixture
def account(db):
    return Account.objects.create(mobile=MOBILE)


@pytest.fixture
def enrolled(account):
    secret = totp.new_secret()
    account.recovery = totp.enroll(account, secret, pyotp.TOTP(secret).at(NOW), now=NOW)
    account.secret = secret
    account.refresh_from_db()
    return account


@pytest.mark.parametrize(
    "password",
    [
        "short",
        "password123",
        "qwertyuiop",
        "aaaaaaaaaaaaaa",
        "13900000001x",
        "00000001kestrel-moss",
        "wangfang1990",
        "x" * 129,
    ],
)
def test_weak_passwords_are_refused_with_advice(password):
    with pytest.raises(Refusal) as refused:
        passwords.check_strength(password, mobile=MOBILE, name="WangFang")
    assert refused.value.code == "weak_password"
    assert str(refused.value.message)


def test_a_strong_password_signs_in_and_is_kept_as_argon2(account):
    passwords.set_password(account, STRONG, name="王芳")
    assert account.password.startswith("argon2$")
    assert passwords.account_by_password(MOBILE, STRONG, HERE, now=NOW) == account


@pytest.mark.parametrize("mobile", [MOBILE, "+8613999999999"])
def test_wrong_password_and_unknown_number_answer_alike(account, mobile):
    passwords.set_password(account, STRONG, name="王芳")
    with pytest.raises(WrongPassword) as refused:
        passwords.account_by_password(mobile, "梧桐树下三只灰鹤lamb", HERE, now=NOW)
    assert refused.value.as_dict() == WrongPassword().as_dict()


def test_an_account_without_a_password_accepts_none(account):
    for guess in ("", "!"):
        with pytest.raises(WrongPassword):
            passwords.account_by_password(MOBILE, guess, HERE, now=NOW)


def test_password_tries_share_the_limit_of_the_account(account):
    for _ in range(10):
        with pytest.raises(WrongPassword):
            passwords.account_by_password(MOBILE, "wrong", HERE, now=NOW)
    with pytest.raises(TooManyAttempts):
        passwords.account_by_password(MOBILE, "wrong", HERE, now=NOW)


def test_an_authenticator_code_is_accepted_once(enrolled):
    later = NOW + timedelta(seconds=60)
    code = pyotp.TOTP(enrolled.secret).at(later)
    totp.prove(enrolled, code, HERE, now=later)
    enrolled.refresh_from_db()
    with pytest.raises(WrongCode):
        totp.prove(enrolled, code, HERE, now=later)


def test_the_code_that_enrolled_cannot_be_used_again(enrolled):
    with pytest.raises(WrongCode):
        totp.prove(enrolled, pyotp.TOTP(enrolled.secret).at(NOW), HERE, now=NOW)


def test_a_clock_one_step_off_is_tolerated_and_two_are_not(enrolled):
    generator, later = pyotp.TOTP(enrolled.secret), NOW + timedelta(minutes=10)
    totp.prove(enrolled, generator.at(later - timedelta(seconds=30)), HERE, now=later)
    with pytest.raises(WrongCode):
        totp.prove(enrolled, generator.at(later + timedelta(seconds=61)), HERE, now=later)


def test_a_recovery_code_works_once(enrolled):
    assert len(set(enrolled.recovery)) == 10
    totp.prove(enrolled, enrolled.recovery[0].lower(), HERE, now=NOW)
    with pytest.raises(WrongCode):
        totp.prove(enrolled, enrolled.recovery[0], HERE, now=NOW)


def test_wrong_authenticator_code_does_not_enroll(account):
    with pytest.raises(WrongCode):
        totp.enroll(account, totp.new_secret(), "000000x", now=NOW)
    account.refresh_from_db()
    assert not account.has_totp


def test_the_secret_is_stored_encrypted_under_the_servers_key(enrolled, settings):
    assert enrolled.secret not in enrolled.totp_secret
    assert keys.decrypt(enrolled.totp_secret) == enrolled.secret
    settings.SECRET_KEY = "another"
    with pytest.raises(keys.InvalidToken):
        keys.decrypt(enrolled.totp_secret)


def test_the_picture_to_scan_is_dark_on_white(account):
    assert totp.qr_image(account, totp.new_secret()).startswith("data:image/svg+xml")
