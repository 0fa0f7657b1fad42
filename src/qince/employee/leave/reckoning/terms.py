"""What a type of leave says, as it is kept in JSON: one version of it."""

from decimal import Decimal
from enum import StrEnum

import msgspec

ZERO = Decimal(0)
HALF_DAY = Decimal("0.5")


class Unit(StrEnum):
    """The smallest thing one can ask for. Days and halves are reckoned in days, hours in hours: never mixed."""

    DAY = "day"
    HALF = "half"
    HOUR = "hour"


class Basis(StrEnum):
    WORK = "work"  # days on which the person is due
    CALENDAR = "calendar"  # every day


class Granting(StrEnum):
    FIXED = "fixed"  # an amount each period
    TENURE = "tenure"  # an amount by years of service
    ACCRUAL = "accrual"  # an amount each month
    COMP = "comp"  # from overtime, entry by entry
    NONE = "none"  # no balance: asked for when there is cause


class GrantOn(StrEnum):
    YEAR = "year"  # 1 January
    ANNIVERSARY = "anniversary"  # of employment
    MONTH = "month"  # the first of each month


class Service(StrEnum):
    """Which years count for tiers: all in working life, or those with this organization."""

    CUMULATIVE = "cumulative"
    HERE = "here"


class Overtime(StrEnum):
    """Of which days' overtime is given back as leave; the codes are those of attendance's figures."""

    WORKDAY = "workday"
    WEEKEND = "weekend"
    SWAPPED_REST = "swapped_rest"
    STATUTORY = "statutory"


class Rounding(StrEnum):
    DOWN = "down"
    NEAREST = "nearest"
    UP = "up"


class Bridge(StrEnum):
    """Whether days off between two days of leave count as leave."""

    NONE = "none"
    WITHIN = "within"  # one request


class Tier(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    years: int
    amount: Decimal


class Terms(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One version of a type. Amounts are in days, or in hours where the unit is the hour."""

    unit: Unit = Unit.HALF
    basis: Basis = Basis.WORK
    hours_per_day: Decimal = Decimal(8)
    grant: Granting = Granting.NONE
    grant_on: GrantOn = GrantOn.YEAR
    amount: Decimal = ZERO
    tiers: tuple[Tier, ...] = ()
    service: Service = Service.CUMULATIVE
    prorate: bool = True
    rounding: Rounding = Rounding.DOWN
    step: Decimal = HALF_DAY  # what grants are rounded to, and hours asked for
    extra_months: int = 0  # how much longer than its period a grant can be spent
    valid_months: int = 12  # of what is granted for overtime
    # By law overtime on rest days may be given back as leave, that on holidays has to be paid.
    comp_for: tuple[Overtime, ...] = (Overtime.WEEKEND, Overtime.SWAPPED_REST)
    carry_max: Decimal = ZERO
    carry_months: int = 3
    negative_limit: Decimal = ZERO
    longest: Decimal | None = None  # of one request
    proof_after: Decimal | None = None  # more than this needs a paper
    backdate_days: int = 30
    bridge: Bridge = Bridge.NONE
    is_paid: bool = True
    is_health: bool = False  # why and papers say something about health

    @property
    def is_hourly(self) -> bool:
        return self.unit is Unit.HOUR

    @property
    def has_balance(self) -> bool:
        return self.grant is not Granting.NONE

    def rounded(self, amount: Decimal, how: Rounding | None = None) -> Decimal:
        """`amount` in whole steps."""
        if self.step <= 0:
            return amount
        how = how or self.rounding
        whole, rest = divmod(amount, self.step)
        up = how is Rounding.UP or (how is Rounding.NEAREST and rest * 2 >= self.step)
        return (whole + (1 if up and rest else 0)) * self.step


def complaints(terms: Terms) -> dict[str, str]:
    """What cannot be meant, by field; codes that the room says in words."""
    found: dict[str, str] = {}
    if terms.step <= 0:
        found["step"] = "not_positive"
    if terms.is_hourly and not 0 < terms.hours_per_day <= 24:
        found["hours_per_day"] = "out_of_range"
    if terms.grant in (Granting.FIXED, Granting.ACCRUAL) and terms.amount <= 0:
        found["amount"] = "not_positive"
    if terms.grant is Granting.TENURE:
        years = [each.years for each in terms.tiers]
        if not years or years != sorted(set(years)):
            found["tiers"] = "not_rising"
    for name in ("amount", "carry_max", "negative_limit"):
        if getattr(terms, name) < 0:
            found[name] = "negative"
    if terms.longest is not None and terms.longest <= 0:
        found["longest"] = "not_positive"
    return found


def terms_of(stored: object) -> Terms:
    return msgspec.convert(stored, Terms)


def as_stored(terms: Terms) -> dict[str, object]:
    return msgspec.to_builtins(terms)  # type: ignore[no-any-return]
