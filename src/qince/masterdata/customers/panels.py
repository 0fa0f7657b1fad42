"""Blocks on a customer's page that features above fill: recent visits, stock, orders.

    panels.provide(recent_visits, order=10)

`recent_visits(actor, customer)` returns a `Panel`, or None when there is nothing the actor may see.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from qince.kit.actor import Actor
from qince.kit.errors import Text
from qince.masterdata.customers.models import Customer


@dataclass(frozen=True, slots=True)
class Panel:
    """`template` is included with `context` as `panel`; `url` leads to everything of the kind."""

    title: Text
    template: str
    context: dict[str, Any] = field(default_factory=dict)
    url: str = ""


Build = Callable[[Actor, Customer], Panel | None]
_builders: list[tuple[int, Build]] = []


def provide(build: Build, *, order: int = 100) -> Build:
    _builders.append((order, build))
    return build


def of(actor: Actor, customer: Customer) -> list[Panel]:
    """The panels that `actor` sees of `customer`, in order."""
    by_order = sorted(_builders, key=lambda pair: pair[0])
    built = (build(actor, customer) for _order, build in by_order)
    return [panel for panel in built if panel is not None]
