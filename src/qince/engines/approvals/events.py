"""Facts about requests that other features may hear."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class RequestChanged:
    """A request went on, ended, or came back. `people`: whose lists it touches."""

    instance_id: UUID
    subject: str
    status: str
    people: tuple[UUID, ...]
