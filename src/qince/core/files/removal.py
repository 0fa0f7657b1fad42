"""Removing a file for good: the original, its thumbnail, and the copy made for the screen."""

from uuid import UUID

from django.core.files.storage import default_storage
from django.db.models import ProtectedError, Q
from django.utils.translation import gettext_lazy as _

from qince.core.files.models import Blob
from qince.core.files.rules import DELETE
from qince.core.files.serving import COPY
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.errors import Refusal


@action("files.delete", permission=DELETE)
def delete_blob(actor: Actor, *, blob_id: UUID) -> bool:
    """Remove the file `blob_id`; False if it is gone already. Refused while a record still refers to it.

    The row goes first, the files last: cut off in between, the row comes back and the next run finishes the work, so
    no file is left behind without a row that names it. A stored file that another row also names stays.
    """
    blob = Blob.objects.select_for_update().filter(pk=blob_id).first()
    if blob is None:
        return False
    names = _names(blob)
    note(blob, size=blob.size, media_type=blob.media_type)
    try:
        blob.delete()
    except ProtectedError as error:
        raise Refusal("file_in_use", _("A record still refers to this file."), status=409) from error
    for name in names:
        if not Blob.objects.filter(Q(storage_name=_source(name)) | Q(thumbnail_name=name)).exists():
            default_storage.delete(name)
    return True


def _names(blob: Blob) -> list[str]:
    names = [blob.storage_name, f"{blob.storage_name}{COPY}", blob.thumbnail_name]
    return [name for name in names if name]


def _source(name: str) -> str:
    """The original a stored file belongs to: a display copy is needed as long as its original is."""
    return name.removesuffix(COPY)
