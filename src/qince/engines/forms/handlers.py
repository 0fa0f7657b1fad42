"""Reactions of forms to facts elsewhere."""

from qince.core.files.events import BlobStored
from qince.engines.forms.models import SubmissionFile
from qince.kit.events import subscribe


@subscribe(BlobStored)
def attach_file(event: BlobStored) -> None:
    """A file was named by its hash when the answers came; now its bytes are here."""
    SubmissionFile.objects.filter(sha256=event.sha256, blob__isnull=True).update(blob=event.blob_id)
