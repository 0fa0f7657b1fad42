"""Who may see a file. A blob has no owner: each feature that refers to files answers for its own.

    viewers.provide(queries.shows_photo)       # in the feature's navigation.py

The function takes (actor, blob_id) and says whether some record the actor may see holds this file. `mask` names a field
that the bytes themselves may give away, as the metadata of a photo does a position: whoever is not shown the field gets
the picture re-encoded, and not the original.
"""

from collections.abc import Callable, Iterable
from uuid import UUID

from qince.core.files.models import Blob
from qince.kit.actor import Actor
from qince.kit.errors import NotFound

Viewer = Callable[[Actor, UUID], bool]
_viewers: list[tuple[Viewer, str]] = []


def provide(viewer: Viewer, *, mask: str = "") -> Viewer:
    _viewers.append((viewer, mask))
    return viewer


def get_blob(actor: Actor, blob_id: UUID) -> Blob:
    """The file, if any feature shows it to the actor; else `NotFound`, as if it did not exist."""
    return _found(blob_id, (viewer(actor, blob_id) for viewer, _mask in _viewers))


def get_original(actor: Actor, blob_id: UUID) -> Blob:
    """The file byte for byte: only through a feature that hides nothing from the actor that may stand in it."""
    clear = (viewer for viewer, mask in _viewers if not mask or actor.sees_field(mask))
    return _found(blob_id, (viewer(actor, blob_id) for viewer in clear))


def _found(blob_id: UUID, shown: Iterable[bool]) -> Blob:
    blob: Blob | None = Blob.objects.filter(pk=blob_id).first()
    if blob is None or not any(shown):
        raise NotFound
    return blob
