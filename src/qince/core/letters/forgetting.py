"""Letters that forget where they went: the last word to somebody who is erased reaches them and leaves no address."""

from collections.abc import Collection, Sequence
from typing import Any

from qince.core.letters.models import Delivery, Letter
from qince.core.letters.registry import kinds


def _forgetful() -> list[str]:
    return [code for code, each in kinds.items() if each.is_forgotten]


def forget(letter_ids: Sequence[Any]) -> None:
    """Empty the address of those that have left by every channel, or that none would take."""
    rows = Letter.objects.filter(pk__in=letter_ids, kind__in=_forgetful(), employee=None)
    rows.exclude(pk__in=_waiting(letter_ids)).update(name="", mobile="", email="")


def under_way(letter_ids: Sequence[Any]) -> Collection[Any]:
    """Those of the listed that are still to be delivered, and forget their address then."""
    rows = Letter.objects.filter(pk__in=_waiting(letter_ids), kind__in=_forgetful())
    return set(rows.values_list("pk", flat=True))


def _waiting(letter_ids: Sequence[Any]) -> list[Any]:
    waiting = Delivery.objects.filter(letter__in=letter_ids, state=Delivery.State.PENDING)
    return list(waiting.values_list("letter", flat=True))
