"""Money: a Decimal amount and its currency, never a float."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Self

# ISO 4217 digits after the point; currencies not listed have two.
_DIGITS = {"JPY": 0, "KRW": 0, "VND": 0, "CLP": 0, "ISK": 0, "KWD": 3, "BHD": 3, "OMR": 3, "JOD": 3, "TND": 3}


class CurrencyMismatch(ValueError):
    """Two currencies in one sum."""


def quantum(currency: str) -> Decimal:
    """The smallest amount of a currency: 0.01 for CNY, 1 for JPY."""
    return Decimal(1).scaleb(-_DIGITS.get(currency, 2))


@dataclass(frozen=True, slots=True)
class Money:
    """An exact amount. Arithmetic keeps every digit; ``rounded`` brings it to the currency's cent."""

    amount: Decimal
    currency: str = "CNY"

    def __post_init__(self) -> None:
        if not isinstance(self.amount, Decimal) or not self.amount.is_finite():
            raise TypeError("amount must be a finite Decimal")
        if not (len(self.currency) == 3 and self.currency.isascii() and self.currency.isupper()):
            raise ValueError(f"not a currency code: {self.currency!r}")

    def __add__(self, other: Self) -> Money:
        return Money(self.amount + self._same(other).amount, self.currency)

    def __sub__(self, other: Self) -> Money:
        return Money(self.amount - self._same(other).amount, self.currency)

    def __mul__(self, factor: Decimal | int) -> Money:
        if isinstance(factor, float):
            raise TypeError("multiply money by Decimal or int")
        return Money(self.amount * factor, self.currency)

    def rounded(self) -> Money:
        """Half up to the currency's cent, as Chinese invoices do."""
        return Money(self.amount.quantize(quantum(self.currency), ROUND_HALF_UP), self.currency)

    def allocate(self, weights: Sequence[Decimal | int]) -> list[Money]:
        """Split by weight into whole cents that add up to exactly this amount; see ``allocate``."""
        shares = allocate(self.amount, weights, quantum(self.currency))
        return [Money(share, self.currency) for share in shares]

    def _same(self, other: Self) -> Self:
        if other.currency != self.currency:
            raise CurrencyMismatch(f"{self.currency} with {other.currency}")
        return other

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"


def allocate(total: Decimal, weights: Sequence[Decimal | int], unit: Decimal) -> list[Decimal]:
    """Split ``total`` over ``weights`` in whole ``unit`` by largest remainder; ties go to the earlier.

    The parts add up to the total: 1.00 over three lines of 3.33 is .34, .33, .33. A negative total
    (a reversal) splits into the exact negatives. Raises ValueError when the total is no whole number
    of units, a weight is negative, or all weights are zero.
    """
    cents, whole = int(total / unit), sum(Decimal(weight) for weight in weights)
    if cents * unit != total:
        raise ValueError(f"{total} is not a multiple of {unit}")
    if whole <= 0 or any(weight < 0 for weight in weights):
        raise ValueError("weights must be zero or more, and not all zero")
    parts = _largest_remainder(abs(cents), weights)
    return [part * unit if cents >= 0 else -part * unit for part in parts]


def _largest_remainder(cents: int, weights: Sequence[Decimal | int]) -> list[int]:
    numbers = _as_integers(weights)
    whole = sum(numbers)
    parts = [cents * number // whole for number in numbers]
    remainders = [cents * number % whole for number in numbers]
    by_remainder = sorted(range(len(numbers)), key=lambda i: (-remainders[i], i))
    for i in by_remainder[: cents - sum(parts)]:
        parts[i] += 1
    return parts


def _as_integers(weights: Sequence[Decimal | int]) -> list[int]:
    """The same proportions in integers, so that remainders compare exactly."""
    places = max(0, *(-_exponent(Decimal(weight)) for weight in weights))
    return [int(Decimal(weight).scaleb(places)) for weight in weights]


def _exponent(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    if not isinstance(exponent, int):
        raise ValueError(f"not a finite weight: {number}")
    return exponent
