"""Types to begin with. Numbers follow the national rules where there are any; places and firms have their own, so an
organization edits them.
"""

from dataclasses import dataclass
from decimal import Decimal

from qince.employee.leave.reckoning.terms import (
    Basis,
    Granting,
    GrantOn,
    Service,
    Terms,
    Tier,
    Unit,
)

D = Decimal


@dataclass(frozen=True, slots=True)
class Template:
    code: str
    terms: Terms


TEMPLATES: dict[str, Template] = {
    each.code: each
    for each in (
        # 1, 10, 20 years of working life give 5, 10, 15 days; part of a year gives its share, fractions dropped.
        Template(
            "annual",
            Terms(
                unit=Unit.HALF, grant=Granting.TENURE, grant_on=GrantOn.YEAR, service=Service.CUMULATIVE,
                tiers=(Tier(1, D(5)), Tier(10, D(10)), Tier(20, D(15))), step=D(1), carry_max=D(5), carry_months=3,
            ),
        ),
        Template("sick", Terms(unit=Unit.HALF, proof_after=D(1), is_health=True)),
        Template("personal", Terms(unit=Unit.HALF, is_paid=False, backdate_days=7)),
        Template("marriage", Terms(unit=Unit.DAY, longest=D(3), proof_after=D(0))),
        Template(
            "maternity",
            Terms(unit=Unit.DAY, basis=Basis.CALENDAR, longest=D(98), proof_after=D(0), is_health=True),
        ),
        Template("paternity", Terms(unit=Unit.DAY, basis=Basis.CALENDAR, longest=D(15), proof_after=D(0))),
        Template("bereavement", Terms(unit=Unit.DAY, longest=D(3))),
        Template(
            "compensatory", Terms(unit=Unit.HOUR, grant=Granting.COMP, valid_months=6, step=D("0.5")),
        ),
    )
}  # fmt: skip
