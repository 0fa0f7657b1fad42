"""What other features may hear of consents."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class ConsentWithdrawn:
    """A person took a consent back, or narrowed it to `circumstances`: what relied on more must stop now.

    `client`: by which they did it themselves; empty where staff wrote down what they had asked for in a case.
    """

    employee_id: UUID
    purpose: str
    circumstances: str = ""
    client: str = ""
