"""Facts about files that features may hear."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class BlobStored:
    """A file is complete. Records that named it by its hash before it came may now refer to it."""

    blob_id: UUID
    sha256: str
