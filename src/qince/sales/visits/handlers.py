"""Reactions of visits to facts elsewhere."""

from qince.core.files.events import BlobStored
from qince.core.rights import registry as rights
from qince.engines.live.topics import changed
from qince.kit.events import subscribe
from qince.sales.visits import decisions
from qince.sales.visits.events import VisitCompleted, VisitStarted
from qince.sales.visits.models import Photo

rights.decide(decisions.PLACE, find=decisions.find, replay=decisions.replay)


@subscribe(BlobStored)
def attach_photo(event: BlobStored) -> None:
    """A photo was named by its hash when the step came; now its bytes are here."""
    Photo.objects.filter(sha256=event.sha256, blob__isnull=True).update(blob=event.blob_id)


@subscribe(VisitStarted, VisitCompleted)
def refresh_pages(event: VisitStarted | VisitCompleted) -> None:
    changed("visits")
