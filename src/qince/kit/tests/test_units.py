from decimal import Decimal
from fractions import Fraction

import pytest

from qince.kit.units import NotWhole, Unit, convert

PIECE = Unit("piece")
PACK = Unit("pack", Fraction(6))
CASE = Unit("case", Fraction(24))


def test_units_convert_through_the_base():
    assert CASE.to_base(3) == 72
    assert CASE.to_base(Decimal("0.5")) == 12
    assert convert(2, CASE, PACK) == 8
    assert convert(8, PACK, CASE) == 2
    assert CASE.from_base(48) == 2


def test_a_part_of_a_unit_is_refused_never_rounded():
    for conversion in (
        lambda: convert(3, PACK, CASE),
        lambda: CASE.from_base(25),
        lambda: PACK.to_base(Decimal("0.1")),
    ):
        with pytest.raises(NotWhole):
            conversion()


def test_full_cases_and_loose_pieces():
    assert CASE.split(25) == (1, 1)
    assert CASE.split(23) == (0, 23)
    assert CASE.split(-25) == (-1, -1)


def test_a_ratio_may_be_a_fraction_and_stays_exact():
    third = Unit("third", Fraction(1, 3))
    assert third.to_base(6) == 2
    with pytest.raises(NotWhole):
        third.to_base(4)


def test_a_float_or_an_empty_ratio_is_refused():
    with pytest.raises(TypeError):
        CASE.to_base(0.5)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="nothing"):
        Unit("nothing", Fraction(0))
