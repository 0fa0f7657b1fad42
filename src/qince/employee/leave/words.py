"""Leave in words."""

from decimal import Decimal

from django.utils import formats
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from qince.employee.leave.reckoning.spending import Short
from qince.employee.leave.reckoning.terms import Basis as BasisOf
from qince.employee.leave.reckoning.terms import (
    Bridge,
    Granting,
    GrantOn,
    Overtime,
    Rounding,
    Service,
    Terms,
    Unit,
)
from qince.kit.errors import Text

TEMPLATE_NAMES: dict[str, Text] = {
    "annual": _("Annual leave"),
    "sick": _("Sick leave"),
    "personal": _("Personal leave (unpaid)"),
    "marriage": _("Marriage leave"),
    "maternity": _("Maternity leave"),
    "paternity": _("Paternity leave"),
    "bereavement": _("Bereavement leave"),
    "compensatory": _("Compensatory leave"),
}
COMPLAINTS: dict[str, Text] = {
    "not_positive": _("Give a number above zero."),
    "out_of_range": _("Give a number of hours up to 24."),
    "not_rising": _("Give at least one tier, the years rising."),
    "negative": _("Give zero or more."),
}
UNITS: dict[str, Text] = {
    Unit.DAY.value: _("Whole days"),
    Unit.HALF.value: _("Half days"),
    Unit.HOUR.value: _("Hours"),
}
BASES: dict[str, Text] = {
    BasisOf.WORK.value: _("Working days"),
    BasisOf.CALENDAR.value: _("Calendar days"),
}
GRANTS: dict[str, Text] = {
    Granting.NONE.value: _("No balance: asked for when there is cause"),
    Granting.FIXED.value: _("The same amount each year"),
    Granting.TENURE.value: _("By years of service"),
    Granting.ACCRUAL.value: _("An amount each month"),
    Granting.COMP.value: _("For overtime"),
}
GRANTED_ON: dict[str, Text] = {
    GrantOn.YEAR.value: _("1 January"),
    GrantOn.ANNIVERSARY.value: _("Anniversary of employment"),
    GrantOn.MONTH.value: _("First of the month"),
}
OVERTIMES: dict[str, Text] = {
    Overtime.WEEKEND.value: _("Rest days"),
    Overtime.SWAPPED_REST.value: _("Swapped rest days"),
    Overtime.WORKDAY.value: _("Workdays"),
    Overtime.STATUTORY.value: _("Public holidays"),
}
SERVICES: dict[str, Text] = {
    Service.CUMULATIVE.value: _("Whole working life"),
    Service.HERE.value: _("This organization only"),
}
ROUNDINGS: dict[str, Text] = {
    Rounding.DOWN.value: _("Fractions dropped"),
    Rounding.NEAREST.value: _("To the nearest step"),
    Rounding.UP.value: _("Up to the next step"),
}
BRIDGES: dict[str, Text] = {
    Bridge.NONE.value: _("Days off are not counted"),
    Bridge.WITHIN.value: _("Days off between two days of leave count"),
}


def number(qty: Decimal) -> str:
    """Without zeros behind the point."""
    text = formats.number_format(qty.quantize(Decimal("0.01")), use_l10n=True)
    separator = formats.get_format("DECIMAL_SEPARATOR")
    return text.rstrip("0").rstrip(separator) if separator in text else text


def amount(qty: Decimal, *, is_hourly: bool) -> str:
    """`2 days`, `1.5 hours`."""
    plural = 1 if qty == 1 else 2
    shape = (
        ngettext("%(n)s hour", "%(n)s hours", plural)
        if is_hourly
        else ngettext("%(n)s day", "%(n)s days", plural)
    )
    return shape % {"n": number(qty)}


def amount_of(terms: Terms, qty: Decimal) -> str:
    return amount(qty, is_hourly=terms.is_hourly)


def tiers(terms: Terms) -> str:
    """`1: 5 days, 10: 10 days`; the amount where there are none."""
    if terms.grant is Granting.TENURE:
        return "; ".join(
            _("from %(years)d: %(amount)s") % {"years": each.years, "amount": amount_of(terms, each.amount)}
            for each in terms.tiers
        )
    return amount_of(terms, terms.amount) if terms.amount else ""


def carrying(terms: Terms) -> str:
    if not terms.carry_max:
        return ""
    months = ngettext("for %(n)d month", "for %(n)d months", terms.carry_months) % {"n": terms.carry_months}
    return f"{amount_of(terms, terms.carry_max)}, {months}"


def limit(terms: Terms, name: str) -> str:
    value = getattr(terms, name)
    return amount_of(terms, value) if value else ""


def missing_text(short: Short) -> Text:
    return _("The balance does not reach: for %(day)s %(missing)s more would be needed.") % {
        "day": formats.date_format(short.day, "SHORT_DATE_FORMAT"),
        "missing": number(short.missing),
    }
