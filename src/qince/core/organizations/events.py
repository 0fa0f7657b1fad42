"""What other features may hear of an organization."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RegistrationCompleted:
    """The details that open the services were given."""


@dataclass(frozen=True, slots=True)
class FamilyClosed:
    """A family of functions was closed, for everybody or for the listed departments: its purposes have ended there."""

    family: str
    departments: tuple[str, ...]
