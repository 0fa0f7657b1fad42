"""Twins of the guards: with the guard taken out, what its test looks for does happen (S5, S6)."""

import statistics
import time

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from qince.core.access import entering
from qince.core.accounts import codes, limits
from qince.core.accounts.codes import Purpose, WrongCode
from qince.core.accounts.limits import Asker
from qince.core.accounts.models import Attempt, Device
from qince.core.signin.tests.visitor import Visitor

pytestmark = pytest.mark.django_db
STRANGER = Asker("203.0.113.7")


def guesses_looked_at(mobile, count=15):
    """How many of `count` guesses reached the comparison before the limit refused."""
    looked_at = 0
    for _ in range(count):
        try:
            codes.use_code(mobile, Purpose.SIGN_IN, "99999x", STRANGER, now=timezone.now())
        except WrongCode:
            looked_at += 1
        except limits.TooManyAttempts:
            break
    return looked_at


@pytest.mark.clause("C5.2-04")
def test_ten_guesses_are_looked_at_and_without_the_limit_all_are(boss, monkeypatch):
    assert guesses_looked_at(boss.mobile) == 10
    monkeypatch.setattr(
        limits, "spend", lambda limit, *subject, now: Attempt.objects.create(key="none", at=now)
    )
    assert guesses_looked_at(boss.mobile) == 15


def identifier_survives(mobile):
    visitor = Visitor()
    visitor.ask_for_code(mobile)
    before = visitor.cookies["sessionid"].value
    visitor.enter_code(mobile)
    return visitor.cookies["sessionid"].value == before


def test_the_identifier_changes_and_without_the_rotation_it_does_not(boss, monkeypatch):
    assert not identifier_survives(boss.mobile)
    monkeypatch.setattr(SessionStore, "cycle_key", lambda self: None)
    monkeypatch.setattr(SessionStore, "flush", lambda self: None)
    create = SessionStore.create
    monkeypatch.setattr(SessionStore, "create", lambda self: None if self.session_key else create(self))
    assert identifier_survives(boss.mobile)


def test_a_revoked_device_is_out_and_without_the_check_it_is_not(boss, monkeypatch):
    visitor = Visitor()
    visitor.sign_in(boss.mobile)
    unchecked = entering._PERSON.replace("AND d.revoked_at IS NULL", "")
    assert unchecked != entering._PERSON
    monkeypatch.setattr(entering, "_PERSON", unchecked)
    Device.objects.update(revoked_at=timezone.now())
    assert visitor.is_signed_in
    monkeypatch.undo()
    assert not visitor.is_signed_in


@pytest.mark.full
def test_the_time_of_the_answer_does_not_tell_whether_an_account_exists(boss, monkeypatch):
    """Medians of 200 answers each, asked in turn so that a busy machine slows both alike."""
    monkeypatch.setattr(limits, "EVEN_S", 0.15)
    times = {boss.mobile: [], "+8613999999999": []}
    for _ in range(200):
        for mobile, found in times.items():
            Attempt.objects.all().delete()
            started = time.perf_counter()
            with limits.even_time():
                codes.request_code(mobile, Purpose.SIGN_IN, STRANGER, now=timezone.now())
            found.append(time.perf_counter() - started)
    known, unknown = map(statistics.median, times.values())
    assert abs(known - unknown) < 0.002, (known, unknown)
