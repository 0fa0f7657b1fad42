"""Figures of field work, counted from the records whenever they are asked for, so late arrivals are always in.

Definitions, the same wherever they are shown:

- planned: planned visits of the period, without those called off;
- on plan: planned visits with a completed visit on the day planned; adherence = on plan ÷ planned;
- ad hoc: completed visits that fulfil no plan of their day;
- universe: open customers assigned in the period; covered: those with a completed visit in it;
  coverage = covered ÷ universe;
- exceptions: visits outside, uncertain, too vague or flagged.

A ratio without a denominator is None and shown blank. Sums are added up, ratios never averaged.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Avg, Count, Exists, F, Max, Min, OuterRef, Q
from django.db.models.functions import ExtractHour
from django.utils import timezone

from qince.kit.actor import Actor
from qince.sales.visits import queries
from qince.sales.visits.models import Visit

COMPLETED = Q(state=Visit.State.COMPLETED)
ON_PLAN = COMPLETED & Q(planned_visit__isnull=False, planned_visit__on=F("on"))


@dataclass(slots=True)
class Figures:
    """Counts of one person or many over a period; `duration` is the mean of completed visits."""

    planned: int = 0
    on_plan: int = 0
    completed: int = 0
    open: int = 0
    exceptions: int = 0
    universe: int = 0
    covered: int = 0
    photos: int = 0
    duration: timedelta | None = None
    first_at: Any = None
    last_at: Any = None

    @property
    def ad_hoc(self) -> int:
        return self.completed - self.on_plan

    @property
    def missing(self) -> int:
        return self.planned - self.on_plan

    @property
    def adherence(self) -> float | None:
        return ratio(self.on_plan, self.planned)

    @property
    def coverage(self) -> float | None:
        return ratio(self.covered, self.universe)

    @property
    def minutes(self) -> int | None:
        return None if self.duration is None else round(self.duration.total_seconds() / 60)


def ratio(part: int, whole: int) -> float | None:
    return part / whole if whole else None


_VISITS = {
    "completed": Count("pk", filter=COMPLETED),
    "open": Count("pk", filter=Q(state=Visit.State.OPEN)),
    "on_plan": Count("planned_visit", filter=ON_PLAN, distinct=True),
    "exceptions": Count("pk", filter=queries.EXCEPTION),
    "duration": Avg(F("checked_out_at") - F("checked_in_at"), filter=COMPLETED),
    "first_at": Min("checked_in_at"),
    "last_at": Max("checked_in_at"),
}


def team_figures(actor: Actor, first: date, last: date) -> Figures:
    """The figures of everybody in the actor's sight together. Three queries."""
    visits = queries.visits_visible_to(actor).filter(on__range=(first, last))
    planned = queries.planned_visible_to(actor).filter(on__range=(first, last))
    return Figures(
        planned=planned.count(),
        **visits.aggregate(**_VISITS),
        **_covered(actor, first, last).aggregate(**_COVERAGE),
    )


def figures_by_rep(actor: Actor, first: date, last: date) -> dict[UUID, Figures]:
    """The same for each employee who had something planned, done or assigned. Three queries."""
    found: dict[UUID, Figures] = {}
    visits = queries.visits_visible_to(actor).filter(on__range=(first, last))
    _merge(found, _grouped(visits, **_VISITS))
    planned = queries.planned_visible_to(actor).filter(on__range=(first, last))
    _merge(found, _grouped(planned, planned=Count("pk")))
    own = OuterRef("employee")
    _merge(found, _grouped(_covered(actor, first, last, employee=own), **_COVERAGE))
    return found


_COVERAGE = {
    "universe": Count("customer", distinct=True),
    "covered": Count("customer", filter=Q(is_covered=True), distinct=True),
}


def _covered(actor: Actor, first: date, last: date, **whose: Any) -> Any:
    visited = queries.visits_visible_to(actor).filter(
        COMPLETED, on__range=(first, last), customer=OuterRef("customer"), **whose
    )
    return queries.assignments_visible_to(actor, first, last).annotate(is_covered=Exists(visited))


def _grouped(rows: Any, **counts: Any) -> Iterable[dict[str, Any]]:
    return rows.order_by().values("employee").annotate(**counts)  # type: ignore[no-any-return]


def _merge(found: dict[UUID, Figures], rows: Iterable[dict[str, Any]]) -> None:
    for row in rows:
        figures = found.setdefault(row.pop("employee"), Figures())
        for name, value in row.items():
            setattr(figures, name, value)


def by_hour(actor: Actor, on: date) -> dict[int, tuple[int, int, int]]:
    """Check-ins of a day by local hour: (on plan, ad hoc, exceptions); each visit is in one of the three."""
    is_planned = Q(planned_visit__isnull=False)
    rows = (
        queries.visits_visible_to(actor)
        .filter(on=on)
        .order_by()
        .values(hour=ExtractHour("checked_in_at", tzinfo=timezone.get_current_timezone()))
        .annotate(
            planned=Count("pk", filter=is_planned & ~queries.EXCEPTION),
            ad_hoc=Count("pk", filter=~is_planned & ~queries.EXCEPTION),
            odd=Count("pk", filter=queries.EXCEPTION),
        )
    )
    return {row["hour"]: (row["planned"], row["ad_hoc"], row["odd"]) for row in rows}
