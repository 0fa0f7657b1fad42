"""What other features may hear of an organization."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class RegistrationCompleted:
    """The details that open the services were given."""


@dataclass(frozen=True, slots=True)
class FamilyClosed:
    """A family of functions was closed, for everybody or for the listed departments: its purposes have ended there."""

    family: str
    departments: tuple[str, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class FamilyOpened:
    """A family of functions is open for everybody again: what was to go with its purposes stays."""

    family: str
