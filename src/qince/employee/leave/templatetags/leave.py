"""How quantities and minutes read."""

from decimal import Decimal

from django import template

from qince.employee.leave import words

register = template.Library()


@register.filter
def quantity(value: Decimal) -> str:
    return words.number(value)


@register.filter
def signed(value: Decimal) -> str:
    """With its sign, a true minus."""
    text = words.number(abs(value))
    return f"−{text}" if value < 0 else f"+{text}"


@register.filter
def clock(minute: int | None) -> str:
    """`09:30` of minutes of a day; past midnight as the clock shows it."""
    return "" if minute is None else f"{minute // 60 % 24:02d}:{minute % 60:02d}"
