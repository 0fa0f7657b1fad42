"""Letters leave after the commit; what was not taken is tried again, later each time."""

from collections.abc import Sequence
from uuid import UUID

from procrastinate.contrib.django import app

from qince.core.letters.delivering import carry_all, wait_after
from qince.kit import clock


@app.task(name="letters.deliver")
def deliver(organization_id: str, letter_ids: Sequence[str]) -> None:
    """Safe to run twice: only what no channel has taken yet is carried."""
    carried = carry_all(UUID(organization_id), [UUID(key) for key in letter_ids], now=clock.now())
    if carried.attempts:
        again = deliver.configure(schedule_in={"seconds": int(wait_after(carried.attempts).total_seconds())})
        again.defer(organization_id=organization_id, letter_ids=list(letter_ids))
    if carried.later:
        later = deliver.configure(schedule_at=carried.later)
        later.defer(organization_id=organization_id, letter_ids=list(letter_ids))
