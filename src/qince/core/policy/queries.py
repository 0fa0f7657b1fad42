"""Reads of releases: which is in force, which waits, and since when a function has been part of the policy."""

import time
from collections.abc import Collection
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from qince.core.policy import significance, snapshot
from qince.core.policy.models import RENEWING, SIGNIFICANT, Assessment, Release
from qince.core.privacy import anew
from qince.core.privacy.gate import CHANGE, ENTRY, WITHOUT_RELEASE, Standing
from qince.core.privacy.models import Consent, ConsentEntry, NoticeVersion
from qince.core.privacy.notice import InForce
from qince.core.privacy.registry import declared
from qince.core.privacy.rights_table import RIGHTS
from qince.kit import clock, keeping

LOOK_AGAIN_S = 30.0
Act = ConsentEntry.Act


def in_force(now: datetime | None = None) -> Release | None:
    return Release.objects.filter(effective_at__lte=now or clock.now()).first()


def waiting(now: datetime | None = None) -> Release | None:
    """The significant release that is announced and not yet in force."""
    found = Release.objects.filter(effective_at__gt=now or clock.now()).exclude(reasons=[])
    return found.order_by("number").first()


def notice_release() -> InForce:
    """What the notice asks: the number in force, and whether something considerable waits behind it."""
    now = clock.now()
    latest = list(Release.objects.only("number", "effective_at").order_by("-number")[:20])
    number = max((each.number for each in latest if each.effective_at <= now), default=1)
    waits = any(each.effective_at > now for each in latest)
    return InForce(number, waits or (bool(latest) and _has_drifted(latest[0].number)))


@lru_cache(maxsize=8)
def _has_drifted(number: int) -> bool:
    """Whether this version of the program brings something considerable that release `number`, the last, has not."""
    released = Release.objects.get(number=number).snapshot
    return bool(significance.reasons(released, {**released, **snapshot.declarations()}))


def unanswered(standing: Standing) -> Release | None:
    """The latest significant release in force that the person has not decided on."""
    now, answered = clock.now(), standing.answered_release
    if not any(number > answered and day <= now for number, day in keeping.kept(SIGNIFICANT, _significant)):
        return None
    later = Release.objects.filter(number__gt=answered, effective_at__lte=now)
    return later.exclude(reasons=[]).defer("snapshot").order_by("-number").first()


def _significant() -> list[tuple[int, datetime]]:
    """Number and first day of every significant release: few, and each page asks."""
    return list(Release.objects.exclude(reasons=[]).values_list("number", "effective_at"))


def agreed_release(standing: Standing) -> Release | None:
    """The release whose terms hold for the person: a later one they did not agree to does not (C8-01)."""
    return Release.objects.filter(number__lte=max(1, standing.release_of("basic"))).first()


def rights_of(standing: Standing) -> dict[str, list[str]]:
    """The rights a person has and the ways to use them: those agreed to, and whatever came in addition since."""
    now = {code: sorted(right.ways) for code, right in RIGHTS.items()}
    agreed = agreed_release(standing)
    if agreed is None:
        return now
    held = {code: right["ways"] for code, right in agreed.snapshot["rights"].items()}
    return {code: sorted({*held.get(code, ()), *now.get(code, ())}) for code in {**held, **now}}


# --- Since when ---


_since: dict[str, int] = {}
_looked_at = 0.0


def since(function: str) -> int:
    """The release in which a function came to the policy for good. One that is in none is open to nobody.

    Releases and the program change at a restart; only what is missing is looked for again, at intervals.
    """
    global _looked_at
    if function not in _since and time.monotonic() - _looked_at > LOOK_AGAIN_S:
        _since.update(_read())
        _looked_at = time.monotonic()
    return _since.get(function, WITHOUT_RELEASE)


def least_release() -> int:
    """The release every consent has to reach since a new operator with another policy took over; 0: there was none."""
    found = keeping.kept(RENEWING, _renewing)
    now = clock.now()
    return max((number for number, at in found if at <= now), default=0)


def _renewing() -> list[tuple[int, datetime]]:
    return list(Release.objects.filter(renews_consents=True).values_list("number", "effective_at"))


def forget() -> None:
    """Read the releases anew at the next question: after making one, and in tests."""
    global _looked_at
    _since.clear()
    _looked_at = 0.0
    for key in (SIGNIFICANT, RENEWING):
        keeping.forget(key)
    _has_drifted.cache_clear()


def _read() -> dict[str, int]:
    found: dict[str, int] = {}
    for number, functions in Release.objects.order_by("number").values_list("number", "snapshot__functions"):
        found = {code: found.get(code, number) for code in functions}
    return found


def asked_anew(employee_id: UUID) -> list[anew.Asked]:
    """Purposes that a release widened beyond what the person agreed to, and what waits for the answer."""
    standing = Standing(employee_id)
    rows = Consent.objects.filter(employee=employee_id).select_related("entry")
    held: dict[str, Consent] = {row.purpose: row for row in rows}
    found = []
    for code, purpose in declared.asked.items():
        reach = standing.release_of(code)
        later = {each: since(each.code) for each in declared.functions.values() if code in each.purposes}
        later = {each: number for each, number in later.items() if reach < number < WITHOUT_RELEASE}
        if reach and later:
            release = max(later.values())
            found.append(anew.Asked(purpose, tuple(later), release, _kept(held, code) >= release))
    return found


def _kept(held: dict[str, Consent], code: str) -> int:
    """The release up to which the person has said that the earlier scope is to stay; 0 for never."""
    answered = held.get(CHANGE if code in ENTRY else code)
    if answered is None or answered.act != (Act.DECLINED if code in ENTRY else Act.NARROWED):
        return 0
    shown = NoticeVersion.objects.filter(hash=answered.entry.notice_hash).order_by("-release").first()
    return shown.release if shown else 0


# --- Assessments ---


def assessments(actor: Any) -> QuerySet[Assessment]:
    return Assessment.objects.select_related("assessed_by", "signed_by").order_by("-assessed_at")


def blocked_subjects() -> Collection[str]:
    """Purposes and functions that an unsigned assessment of high risk holds shut here."""
    rows = Assessment.objects.filter(risk=Assessment.Risk.HIGH, signed_at__isnull=True)
    return set(rows.values_list("subject", flat=True))
