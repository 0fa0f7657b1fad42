"""Reactions of attendance."""

from datetime import datetime
from uuid import UUID

from qince.core.rights import registry as rights
from qince.core.watch import travel
from qince.core.watch.travel import Place, places_of
from qince.employee.attendance import decisions
from qince.employee.attendance.events import Punched
from qince.employee.attendance.models import Punch
from qince.engines.live.topics import changed
from qince.kit.events import subscribe

rights.decide(decisions.PLACE, find=decisions.find, replay=decisions.replay)


@subscribe(Punched)
def refresh_pages(event: Punched) -> None:
    changed("attendance")


def _acted_since(since: datetime) -> list[UUID]:
    rows = Punch.objects.filter(received_at__gte=since, lat__isnull=False)
    return list(rows.values_list("employee_id", flat=True).distinct())


def _places(who: set[UUID], since: datetime) -> list[Place]:
    rows = Punch.objects.filter(employee__in=who, at__gte=since, lat__isnull=False)
    return places_of(rows.values_list("employee_id", "at", "lat", "lng", "accuracy_m"))


travel.sources.append(travel.Source(_acted_since, _places))
