"""Reactions of visits to facts elsewhere."""

from datetime import datetime
from uuid import UUID

from qince.core.files.events import BlobStored
from qince.core.rights import registry as rights
from qince.core.watch import travel
from qince.core.watch.travel import Place, places_of
from qince.engines.evidence import marks
from qince.engines.live.topics import changed
from qince.kit.events import subscribe
from qince.sales.visits import decisions, reporting
from qince.sales.visits.events import VisitCompleted, VisitStarted
from qince.sales.visits.models import CheckEvent, Photo

__all__ = ["reporting"]

rights.decide(decisions.PLACE, find=decisions.find, replay=decisions.replay)
for _own in decisions.MARKS:
    _own.offer()
marks.tables += [
    marks.Kept(
        CheckEvent, "visit__employee", decisions.about, ("visit__customer",), "at",
        lambda event, outcomes: decisions.unmark(event.visit, outcomes),
    ),
    marks.Kept(Photo, "visit__employee", lambda photo: photo.visit.customer.name, ("visit__customer",)),
]  # fmt: skip


@subscribe(BlobStored)
def attach_photo(event: BlobStored) -> None:
    """A photo was named by its hash when the step came; now its bytes are here."""
    Photo.objects.filter(sha256=event.sha256, blob__isnull=True).update(blob=event.blob_id)


@subscribe(VisitStarted, VisitCompleted)
def refresh_pages(event: VisitStarted | VisitCompleted) -> None:
    changed("visits")


def _acted_since(since: datetime) -> list[UUID]:
    rows = CheckEvent.objects.filter(received_at__gte=since, lat__isnull=False)
    return list(rows.values_list("visit__employee_id", flat=True).distinct())


def _places(who: set[UUID], since: datetime) -> list[Place]:
    rows = CheckEvent.objects.filter(visit__employee__in=who, at__gte=since, lat__isnull=False)
    found = rows.values_list("visit__employee_id", "at", "lat", "lng", "accuracy_m")
    return places_of(found)


travel.sources.append(travel.Source(_acted_since, _places))
