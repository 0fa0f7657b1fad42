"""Looking again at urgent letters."""

from collections.abc import Sequence
from uuid import UUID

from procrastinate.contrib.django import app

from qince.engines.notifications.escalating import escalate_all
from qince.kit import clock


@app.task(name="notifications.look_again")
def look_again(organization_id: str, letter_ids: Sequence[str]) -> None:
    """Safe to run twice: a letter goes on once."""
    escalate_all(UUID(organization_id), [UUID(key) for key in letter_ids], now=clock.now())
