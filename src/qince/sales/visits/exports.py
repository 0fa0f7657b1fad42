"""What is taken away goes into the trail."""

from datetime import datetime

from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.sales.visits.models import Photo
from qince.sales.visits.rules import EXPORT


@action("visits.download_watermarked", permission=EXPORT)
def record_watermarked(actor: Actor, *, photo: Photo, now: datetime) -> None:
    """Write down that a photo was downloaded with its watermark."""
    note(photo.visit, photo=photo.sha256)
