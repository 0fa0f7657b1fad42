"""Rate limits that slow a guesser and never lock the owner out for good (S5).

Tries are counted per account and per source. Every count expires by itself, and a browser the person has
signed in from before has counts of its own, which nobody else can use up.
"""

import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils.translation import ngettext

from qince.core.accounts.keys import keyed_digest
from qince.core.accounts.models import Attempt
from qince.kit.errors import Refusal

# Sign-in answers take at least this long, in seconds, so their time does not tell whether an account exists.
EVEN_S = 0.15


@dataclass(frozen=True, slots=True)
class Limit:
    name: str
    most: int
    within: timedelta


TRIES = Limit("tries", 10, timedelta(minutes=15))
FAILURES_OF_SOURCE = Limit("failures-of-source", 60, timedelta(minutes=15))
RESEND = Limit("resend", 1, timedelta(seconds=60))
CODES = Limit("codes", 10, timedelta(hours=1))
# A training room of sixty signs in behind one address.
CODES_OF_SOURCE = Limit("codes-of-source", 120, timedelta(minutes=15))


@dataclass(frozen=True, slots=True)
class Asker:
    """Where a sign-in act comes from: the network source, and the known browser if it proved to be one."""

    source: str
    known_device: str = ""


class TooManyAttempts(Refusal):
    status = 429

    def __init__(self, wait: timedelta) -> None:
        seconds = max(1, math.ceil(wait.total_seconds()))
        super().__init__("too_many_attempts", _wait_text(seconds), retry_after=seconds)


def _wait_text(seconds: int) -> str:
    if seconds <= 90:
        text = ngettext("Please wait %(count)s second.", "Please wait %(count)s seconds.", seconds)
        return text % {"count": seconds}
    minutes = math.ceil(seconds / 60)
    text = ngettext(
        "Too many attempts. Try again in %(count)s minute.",
        "Too many attempts. Try again in %(count)s minutes.",
        minutes,
    )
    return text % {"count": minutes}


def spend(limit: Limit, *subject: str, now: datetime) -> Attempt:
    """Count one attempt, or refuse. The lock makes counting and adding one step for parallel requests."""
    key = keyed_digest("limit", limit.name, *subject)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int(key[:15], 16)])
        recent = Attempt.objects.filter(key=key, at__gt=now - limit.within).order_by("-at")
        times = list(recent.values_list("at", flat=True)[: limit.most])
        if len(times) >= limit.most:
            raise TooManyAttempts(times[-1] + limit.within - now)
        return Attempt.objects.create(key=key, at=now)


_exhausted: list[Callable[[str], None]] = []


def when_exhausted(hear: Callable[[str], None]) -> Callable[[str], None]:
    """Have `hear(mobile)` called when a number has used up its tries, whether or not it has an account."""
    _exhausted.append(hear)
    return hear


@contextmanager
def one_try(mobile: str, asker: Asker, *, now: datetime) -> Iterator[None]:
    """Count a try against account and source before the secret is looked at; forgive it if it was right."""
    spent = [spend(FAILURES_OF_SOURCE, asker.source, now=now)]
    try:
        spent.append(spend(TRIES, mobile, asker.known_device, now=now))
    except TooManyAttempts:
        for hear in _exhausted:
            hear(mobile)
        raise
    yield
    Attempt.objects.filter(pk__in=[attempt.pk for attempt in spent]).delete()


@contextmanager
def even_time() -> Iterator[None]:
    """Let the body, refusals included, take at least `EVEN_S` seconds."""
    started = time.monotonic()
    try:
        yield
    finally:
        time.sleep(max(0.0, EVEN_S - (time.monotonic() - started)))
