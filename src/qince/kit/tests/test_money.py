from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qince.kit.money import CurrencyMismatch, Money, allocate, quantum


def yuan(text: str, currency: str = "CNY") -> Money:
    return Money(Decimal(text), currency)


def test_a_discount_of_one_yuan_over_three_equal_lines():
    shares = yuan("1.00").allocate([Decimal("3.33")] * 3)
    assert shares == [yuan("0.34"), yuan("0.33"), yuan("0.33")]


def test_the_largest_remainder_gets_the_odd_cent_before_the_first_line():
    assert allocate(Decimal("0.05"), [1, 2], Decimal("0.01")) == [Decimal("0.02"), Decimal("0.03")]
    assert allocate(Decimal("1.00"), [1, 5], Decimal("0.01")) == [Decimal("0.17"), Decimal("0.83")]


def test_a_reversal_allocates_the_exact_negatives():
    assert yuan("-1.00").allocate([1, 1, 1]) == [yuan("-0.34"), yuan("-0.33"), yuan("-0.33")]


@given(
    st.integers(-10_000_000, 10_000_000),
    st.lists(st.decimals(0, 10_000, places=3), min_size=1, max_size=30).filter(lambda w: sum(w) > 0),
)
def test_parts_add_up_and_none_strays_a_cent_from_its_share(cents, weights):
    total, unit = Decimal(cents) / 100, Decimal("0.01")
    parts = allocate(total, weights, unit)
    assert sum(parts) == total
    assert all(abs(part - total * w / sum(weights)) < unit for part, w in zip(parts, weights, strict=True))


@pytest.mark.parametrize(
    ("total", "weights"), [("1.005", [1]), ("1.00", [0, 0]), ("1.00", [2, -1]), ("1.00", [])]
)
def test_an_impossible_allocation_is_refused(total, weights):
    with pytest.raises(ValueError, match=r"multiple|weights"):
        allocate(Decimal(total), weights, Decimal("0.01"))


def test_rounding_follows_the_currency_half_up():
    assert yuan("2.345").rounded() == yuan("2.35")
    assert yuan("2.5", "JPY").rounded() == yuan("3", "JPY")
    assert yuan("0.0005", "KWD").rounded() == yuan("0.001", "KWD")
    assert quantum("CNY") == Decimal("0.01")


def test_arithmetic_is_exact_and_keeps_currencies_apart():
    assert yuan("0.10") + yuan("0.20") - yuan("0.30") == yuan("0.00")
    assert yuan("3.50") * 12 == yuan("42.00")
    with pytest.raises(CurrencyMismatch):
        yuan("1") + yuan("1", "JPY")


def test_floats_are_refused():
    with pytest.raises(TypeError):
        Money(3.5)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        yuan("1") * 1.5  # type: ignore[operator]
