"""Reasons of rooms above for which a member may not come in now: asked at each way in, phone and console alike.

@holding.provide
def hold_of(employee): return Refusal(…) or None
"""

from collections.abc import Callable

from qince.core.people.models import Employee
from qince.kit.errors import Refusal

Hold = Callable[[Employee], Refusal | None]
_holds: list[Hold] = []


def provide(hold: Hold) -> Hold:
    _holds.append(hold)
    return hold


def reason(employee: Employee) -> Refusal | None:
    """The first reason; call inside the organization."""
    return next((found for hold in _holds if (found := hold(employee)) is not None), None)
