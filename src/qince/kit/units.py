"""Units of measure: stock and sales are integers of a base unit; a unit is an exact ratio to it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction


class NotWhole(ValueError):
    """A conversion that would leave a part of a unit."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One way to count a product: ``base`` is how many base units it holds (a case of 12: 12)."""

    name: str
    base: Fraction = Fraction(1)

    def __post_init__(self) -> None:
        if not isinstance(self.base, Fraction) or self.base <= 0:
            raise ValueError(f"{self.name}: the ratio must be a Fraction above zero")

    def to_base(self, quantity: int | Decimal | Fraction) -> int:
        """Base units in ``quantity`` of this unit; raises NotWhole for a part of one."""
        return _whole(_exact(quantity) * self.base, self.name)

    def from_base(self, base_quantity: int) -> int:
        """How many of this unit make exactly ``base_quantity``; raises NotWhole otherwise."""
        return _whole(Fraction(base_quantity) / self.base, self.name)

    def split(self, base_quantity: int) -> tuple[int, int]:
        """Full units and the base units left over: 25 pieces in cases of 12 are (2, 1).

        A negative quantity (a return) mirrors the positive one: -25 are (-2, -1).
        """
        full = int(Fraction(abs(base_quantity)) / self.base)
        rest = _whole(abs(base_quantity) - full * self.base, self.name)
        return (full, rest) if base_quantity >= 0 else (-full, -rest)


def convert(quantity: int | Decimal | Fraction, source: Unit, target: Unit) -> int:
    """``quantity`` of one unit in another, both of the same product; raises NotWhole."""
    return _whole(_exact(quantity) * source.base / target.base, target.name)


def _exact(quantity: int | Decimal | Fraction) -> Fraction:
    if isinstance(quantity, float):
        raise TypeError("a quantity is int, Decimal or Fraction, never float")
    return Fraction(quantity)


def _whole(quantity: Fraction, unit_name: str) -> int:
    if quantity.denominator != 1:
        raise NotWhole(f"{quantity} {unit_name}")
    return quantity.numerator
