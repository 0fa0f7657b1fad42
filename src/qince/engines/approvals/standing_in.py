"""Who stands in for whom."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from qince.engines.approvals.directory import ABLE
from qince.engines.approvals.models import Delegation, Instance


def deputies(instance: Instance, people: Sequence[UUID], now: datetime) -> dict[UUID, UUID]:
    """Who decides in the place of each of `people` now, for those who have somebody.

    A deputy's own deputy is followed; nobody decides on the own request in another's place, and a circle ends where it
    would close.
    """
    found = {}
    for person in people:
        seen, at = {person}, person
        while (following := _deputy(instance, at, now)) and following not in seen:
            seen.add(following)
            at = following
        if at not in (person, instance.applicant_id):
            found[person] = at
    return found


def _deputy(instance: Instance, person: UUID, now: datetime) -> UUID | None:
    rows = Delegation.objects.filter(employee=person, starts_at__lte=now, ends_at__gt=now)
    for delegate, subjects, status in rows.order_by("created_at").values_list(
        "delegate", "subjects", "delegate__status"
    ):
        if status in ABLE and (not subjects or instance.subject in subjects):
            return delegate  # type: ignore[no-any-return]
    return None
