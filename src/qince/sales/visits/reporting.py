"""What visits tell a report about a person's days: the rooms below ask, here it is answered."""

from itertools import pairwise
from typing import Any

from django.utils.translation import gettext_lazy as _

from qince.core.privacy.gate import AT_THE_ACT, LOCATION
from qince.employee.daily_reports.facts import CUSTOMERS, NUMBER, Asked, Fact, provide
from qince.kit.geo import Point, geodesic_m
from qince.sales.visits.models import CheckEvent, Visit


def _finished(asked: Asked) -> Any:
    """Visits of those days that were over by the moment that counts."""
    return Visit.objects.filter(
        employee=asked.employee_id,
        on__range=(asked.first, asked.last),
        state=Visit.State.COMPLETED,
        checked_out_at__lte=asked.until,
    ).order_by("checked_in_at", "pk")


def visits_made(asked: Asked) -> int:
    return int(_finished(asked).count())


def customers_visited(asked: Asked) -> list[str]:
    return [str(key) for key in dict.fromkeys(_finished(asked).values_list("customer_id", flat=True))]


def way_between(asked: Asked) -> float | None:
    """Kilometres from check-in to check-in, as the crow flies; None with fewer than two positions."""
    rows = CheckEvent.objects.filter(visit__in=_finished(asked), kind=CheckEvent.Kind.IN)
    places = [
        Point(row.lat, row.lng)
        for row in rows.order_by("at", "pk")
        if row.lat is not None and row.lng is not None
    ]
    if len(places) < 2:
        return None
    return round(sum(geodesic_m(one, other) for one, other in pairwise(places)) / 1000, 1)


provide(Fact(code="visits_made", title=_("Visits made"), kind=NUMBER, gather=visits_made))
provide(
    Fact(code="customers_visited", title=_("Customers visited"), kind=CUSTOMERS, gather=customers_visited)
)
provide(
    Fact(
        code="way_between",
        title=_("Way between the visits, km (with consent to positions)"),
        kind=NUMBER,
        gather=way_between,
        purpose=LOCATION,
        circumstances=AT_THE_ACT,
        function="visits.check_in",
    )
)
