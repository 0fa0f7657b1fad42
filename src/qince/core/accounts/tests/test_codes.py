"""One-time codes and the limits around them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from qince.core.accounts import codes, limits
from qince.core.accounts.codes import Purpose, WrongCode
from qince.core.accounts.limits import Asker, TooManyAttempts
from qince.core.accounts.models import Account, Attempt, OneTimeCode, OutboxMessage
from qince.core.accounts.tests.factories import last_code, other_than

MOBILE = "+8613900000001"
HERE = Asker("203.0.113.7")
NOW = timezone.now()


@pytest.fixture
def account(db):
    return Account.objects.create(mobile=MOBILE)


def send(asker=HERE, now=NOW):
    codes.request_code(MOBILE, Purpose.SIGN_IN, asker, now=now)
    return last_code(MOBILE)


def use(code, asker=HERE, now=NOW, purpose=Purpose.SIGN_IN):
    return codes.use_code(MOBILE, purpose, code, asker, now=now)


@pytest.mark.clause("C2.1.1-05")
def test_a_code_works_once(account):
    code = send()
    use(code)
    with pytest.raises(WrongCode):
        use(code)


@pytest.mark.clause("C2.1.1-05")
def test_five_wrong_tries_end_a_code(account):
    code = send()
    for _ in range(5):
        with pytest.raises(WrongCode):
            use(other_than(code))
    with pytest.raises(WrongCode):
        use(code)


def test_four_wrong_tries_leave_it_usable(account):
    code = send()
    for _ in range(4):
        with pytest.raises(WrongCode):
            use(other_than(code))
    assert use(code).used_at == NOW


@pytest.mark.clause("C2.1.1-05")
def test_a_code_expires_after_ten_minutes(account):
    code = send()
    with pytest.raises(WrongCode):
        use(code, now=NOW + timedelta(minutes=10))


def test_a_new_code_replaces_the_old_one(account):
    first = send()
    second = send(now=NOW + timedelta(seconds=61))
    if first != second:
        with pytest.raises(WrongCode):
            use(first, now=NOW + timedelta(seconds=62))
    assert use(second, now=NOW + timedelta(seconds=62))


def test_a_registration_code_does_not_sign_in(account):
    codes.request_code(MOBILE, Purpose.REGISTER, HERE, now=NOW)
    with pytest.raises(WrongCode):
        use(last_code(MOBILE))


@pytest.mark.clause("C2.1.1-05")
def test_a_second_code_within_a_minute_is_refused_with_the_wait(account):
    send()
    with pytest.raises(TooManyAttempts) as refused:
        send(now=NOW + timedelta(seconds=15))
    assert refused.value.details == {"retry_after": 45}
    assert OutboxMessage.objects.count() == 1


def test_an_unknown_number_gets_no_message_but_the_same_answer_and_trace(db):
    assert codes.request_code(MOBILE, Purpose.SIGN_IN, HERE, now=NOW) == 60
    assert OutboxMessage.objects.count() == 0
    assert OneTimeCode.objects.count() == 1


def test_neither_number_nor_code_nor_address_is_kept_in_clear(account):
    code = send()
    kept = str(list(OneTimeCode.objects.values())) + str(list(Attempt.objects.values()))
    assert MOBILE[-8:] not in kept
    assert HERE.source not in kept
    assert OneTimeCode.objects.get().digest != code


def tries(asker, now, count=10):
    for _ in range(count):
        with pytest.raises(WrongCode):
            use("wrong", asker, now)


def test_ten_tries_an_account_in_fifteen_minutes_and_not_one_more(account):
    tries(HERE, NOW)
    with pytest.raises(TooManyAttempts):
        use("wrong", Asker("198.51.100.9"), NOW + timedelta(minutes=14))


def test_the_limit_ends_by_itself(account):
    tries(HERE, NOW)
    later = NOW + timedelta(minutes=15, seconds=1)
    assert use(send(now=later), now=later)


def test_guessing_from_elsewhere_does_not_lock_a_known_browser_out(account):
    known = Asker("192.0.2.1", known_device="its-id")
    code = send(known)
    tries(HERE, NOW)
    assert use(code, known)


def test_right_codes_are_not_counted_as_tries(account):
    for minute in range(12):
        now = NOW + timedelta(minutes=minute, seconds=minute)
        with_fresh_hour = Asker(f"192.0.2.{minute}", known_device=str(minute))
        use(send(with_fresh_hour, now), with_fresh_hour, now)
    assert not Attempt.objects.filter(key=limits.keyed_digest("limit", "tries", MOBILE, "11")).exists()


def test_spraying_many_numbers_from_one_source_is_stopped(db):
    for number in range(60):
        with pytest.raises(WrongCode):
            codes.use_code(f"+86139{number:08d}", Purpose.SIGN_IN, "123456", HERE, now=NOW)
    with pytest.raises(TooManyAttempts):
        codes.use_code("+8613911111111", Purpose.SIGN_IN, "123456", HERE, now=NOW)
    with pytest.raises(WrongCode):
        codes.use_code("+8613911111111", Purpose.SIGN_IN, "123456", Asker("192.0.2.2"), now=NOW)
