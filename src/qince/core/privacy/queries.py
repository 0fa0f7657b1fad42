"""Reads of the ledger. A person sees the own acts; nobody else's are offered."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from qince.core.privacy import added
from qince.core.privacy.gate import CHANGE, DEVICE, ENTRY, WIDTH, least_release
from qince.core.privacy.models import Consent, ConsentEntry
from qince.core.privacy.registers import registered
from qince.core.privacy.registry import declared


def states(employee_id: UUID) -> dict[str, dict[str, Any]]:
    """For each purpose asked: the last act ("" before any), its circumstances and its time.

    A consent that a new operator has to ask for anew is none yet.
    """
    held = {row.purpose: row for row in Consent.objects.filter(employee=employee_id)}
    least, change = least_release(), held.get(CHANGE)
    lifted = change.release if change and change.is_granted else 0
    for code, row in list(held.items()):
        reach = max(row.release, lifted) if code in ENTRY else row.release
        if row.is_granted and reach < least:
            del held[code]
    return {code: _state(held.get(code)) for code in declared.asked}


def _state(row: Consent | None) -> dict[str, Any]:
    at: datetime | None = row.at if row else None
    return {"state": row.act if row else "", "circumstances": row.circumstances if row else "", "at": at}


def scope_title(code: str) -> str:
    """What a scope of the ledger is called: a purpose, a document, or a permission of the device and its use."""
    if (known := declared.scopes.get(code) or declared.purposes.get(code)) is not None:
        return str(known.title)
    if not code.startswith(DEVICE):
        asked_apart = added.purpose(code)
        return str(asked_apart.title) if asked_apart else code
    permission, _colon, use = code.removeprefix(DEVICE).partition("@")[0].partition(":")
    entry = registered.permissions.get(permission)
    if entry is None:
        return code
    return f"{entry.title}: {dict(entry.uses).get(use, use)}" if use else str(entry.title)


def own_acts(employee_id: UUID) -> QuerySet[ConsentEntry]:
    """Everything the person was shown and decided, latest first."""
    return ConsentEntry.objects.filter(employee=employee_id).order_by("-occurred_at", "-recorded_at")


def ended_before(moment: datetime, purpose: str, within: str = "") -> QuerySet[ConsentEntry]:
    """The acts before `moment` by which somebody ended the consent to `purpose` under the circumstances `within`, by
    taking it back or narrowing it below them, and never gave it again since.

    Given again is what was recorded later and decided no earlier: as `actions` lets an entry decide.
    """
    offered = declared.purposes[purpose].circumstances if within else ()
    narrower = [each for each in offered if WIDTH[each] < WIDTH[within]]
    acts = ConsentEntry.objects.filter(purpose=purpose)
    widened = acts.filter(
        employee=OuterRef("employee"),
        recorded_at__gt=OuterRef("recorded_at"),
        occurred_at__gte=OuterRef("occurred_at"),
        act=ConsentEntry.Act.GRANTED,
    ).exclude(circumstances__in=narrower)
    ends = Q(act__in=(ConsentEntry.Act.WITHDRAWN, ConsentEntry.Act.DECLINED))
    ends |= Q(act__in=(ConsentEntry.Act.GRANTED, ConsentEntry.Act.NARROWED), circumstances__in=narrower)
    return acts.filter(ends, ~Exists(widened), occurred_at__lt=moment)
