"""Layers over an agenda: what other rooms know about a person's days. Rooms above register theirs here.

A provider answers within the rights of whoever looks: for a viewer who may not see somebody's shifts it has none.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from qince.kit.actor import Actor
from qince.kit.errors import Text


@dataclass(frozen=True, slots=True)
class Overlay:
    """Something that cannot be changed in the calendar. `key` is stable: programs that subscribe know it again by it.

    Of what lasts all day `starts_at` and `ends_at` are midnights of the organization's zone, the end exclusive.
    `public_label` is what may stand in calendars outside, where a label says too much.
    """

    employee_id: UUID
    layer: str
    key: str
    label: str
    starts_at: datetime
    ends_at: datetime
    all_day: bool = False
    url: str = ""
    tone: str = "grey"
    public_label: str = ""


Provider = Callable[[Actor, Collection[UUID], date, date], Iterable[Overlay]]


@dataclass(frozen=True, slots=True)
class Layer:
    code: str
    title: Text
    tone: str
    order: int
    provide: Provider
    is_busy: bool  # whether one has no time for anything else then


layers: dict[str, Layer] = {}


def layer(
    code: str, title: Text, *, tone: str, order: int, is_busy: bool = True
) -> Callable[[Provider], Provider]:
    """Register the decorated function as the provider of a layer; in a room's `handlers.py`."""

    def register(provider: Provider) -> Provider:
        layers[code] = Layer(code, title, tone, order, provider, is_busy)
        return provider

    return register


def offered() -> list[Layer]:
    return sorted(layers.values(), key=lambda each: each.order)


def overlays(
    actor: Actor,
    employee_ids: Collection[UUID],
    first: date,
    last: date,
    wanted: Collection[str] | None = None,
) -> list[Overlay]:
    """Everything on the wanted layers (None: all) from `first` to `last` that the actor may see, in order."""
    found = [
        each
        for one in offered()
        if wanted is None or one.code in wanted
        for each in one.provide(actor, employee_ids, first, last)
    ]
    return sorted(found, key=lambda each: (each.starts_at, each.layer, each.key))
