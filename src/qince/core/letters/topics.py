"""What open pages listen to for letters: everybody's topic for large mailings, else one's own.

A topic is heard by every page of the organization, so the own one is a digest: who gets a letter is nobody's business.
"""

from uuid import UUID

from qince.core.accounts.keys import keyed_digest

TOPIC = "letters"


def topic_of(employee_id: UUID | None) -> str:
    return f"{TOPIC}-{keyed_digest('letters.topic', str(employee_id))[:16]}"
