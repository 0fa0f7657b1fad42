"""Facts about letters."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class LettersWritten:
    """New letters are there to be read, and to be brought by their other channels once the act is committed."""

    letter_ids: tuple[UUID, ...]
    employee_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class LettersRead:
    employee_id: UUID


@dataclass(frozen=True, slots=True)
class LettersRecalled:
    """Letters whose reason is gone; those who had them."""

    employee_ids: tuple[UUID, ...]
