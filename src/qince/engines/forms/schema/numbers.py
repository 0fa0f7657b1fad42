"""Numbers of expressions: decimals of 28 digits, rounded half to even; the phone's `decimal.js` does the same.

What cannot be reckoned is NaN, as in XPath: it compares with nothing and shows as nothing.
"""

import re
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal

PRECISION = 28
LARGEST = 60  # powers of ten; beyond it a number is NaN, below it nought
NAN = Decimal("NaN")
ZERO, ONE, HALF = Decimal(0), Decimal(1), Decimal("0.5")
NUMBER = re.compile(r"[ \t\r\n]*(-?(?:\d{1,60}(?:\.\d{0,60})?|\.\d{1,60}))[ \t\r\n]*", re.ASCII)
_exact = Context(prec=PRECISION, rounding=ROUND_HALF_EVEN, Emax=10_000, Emin=-10_000, traps=[])
_wide = Context(prec=400, rounding=ROUND_HALF_EVEN, Emax=10_000, Emin=-10_000, traps=[])


def bounded(value: Decimal) -> Decimal:
    if not value.is_finite():
        return NAN
    value = _exact.plus(value)
    if not value:
        return ZERO
    return NAN if value.adjusted() > LARGEST else ZERO if value.adjusted() < -LARGEST else value


def parsed(text: str) -> Decimal:
    """The number a text shows; NaN for none."""
    found = NUMBER.fullmatch(text)
    return bounded(Decimal(found[1])) if found else NAN


def shown(value: Decimal) -> str:
    """Without exponent and trailing noughts; NaN as XPath shows it."""
    if value.is_nan():
        return "NaN"
    if not value:
        return "0"
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def added(a: Decimal, b: Decimal) -> Decimal:
    return bounded(_exact.add(a, b))


def subtracted(a: Decimal, b: Decimal) -> Decimal:
    return bounded(_exact.subtract(a, b))


def multiplied(a: Decimal, b: Decimal) -> Decimal:
    return bounded(_exact.multiply(a, b))


def divided(a: Decimal, b: Decimal) -> Decimal:
    return NAN if a.is_nan() or b.is_nan() or not b else bounded(_exact.divide(a, b))


def remainder(a: Decimal, b: Decimal) -> Decimal:
    """With the sign of the dividend, as in XPath."""
    return NAN if a.is_nan() or b.is_nan() or not b else bounded(_wide.remainder(a, b))


def power(base: Decimal, exponent: Decimal) -> Decimal:
    """Whole exponents up to a hundred, by repeated multiplication."""
    if base.is_nan() or exponent.is_nan() or exponent != truncated(exponent) or abs(exponent) > 100:
        return NAN
    found = ONE
    for _turn in range(abs(int(exponent))):
        found = multiplied(found, base)
    return divided(ONE, found) if exponent < 0 else found


def floored(value: Decimal) -> Decimal:
    return _whole(value, ROUND_FLOOR)


def raised(value: Decimal) -> Decimal:
    return _whole(value, ROUND_CEILING)


def truncated(value: Decimal) -> Decimal:
    return _whole(value, ROUND_DOWN)


def rounded(value: Decimal, places: Decimal | None = None) -> Decimal:
    """Without `places`, halves go up; with them, away from nought."""
    if value.is_nan() or (places is not None and (places.is_nan() or abs(places) > LARGEST)):
        return NAN
    if places is None:
        return floored(_wide.add(value, HALF))
    step = Decimal(1).scaleb(-int(places))
    return bounded(_wide.multiply(_wide.divide(value, step).to_integral_value(ROUND_HALF_UP), step))


def _whole(value: Decimal, rounding: str) -> Decimal:
    return NAN if value.is_nan() else bounded(value.to_integral_value(rounding))
