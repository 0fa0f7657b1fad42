"""Who may see a file. A blob has no owner: each feature that refers to files answers for its own.

    viewers.provide(queries.shows_photo)       # in the feature's navigation.py

The function takes (actor, blob_id) and says whether some record the actor may see holds this file.
"""

from collections.abc import Callable
from uuid import UUID

from qince.core.files.models import Blob
from qince.kit.actor import Actor
from qince.kit.errors import NotFound

Viewer = Callable[[Actor, UUID], bool]
_viewers: list[Viewer] = []


def provide(viewer: Viewer) -> Viewer:
    _viewers.append(viewer)
    return viewer


def get_blob(actor: Actor, blob_id: UUID) -> Blob:
    """The file, if any feature shows it to the actor; else `NotFound`, as if it did not exist."""
    blob: Blob | None = Blob.objects.filter(pk=blob_id).first()
    if blob is None or not any(viewer(actor, blob_id) for viewer in _viewers):
        raise NotFound
    return blob
