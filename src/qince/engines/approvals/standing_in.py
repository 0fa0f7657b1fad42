"""Who stands in for whom, and who decides instead of somebody who does not."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from qince.engines.approvals.directory import ABLE
from qince.engines.approvals.models import OPEN, Delegation, Instance, Step, Task

if TYPE_CHECKING:
    from qince.engines.approvals.running import Run


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


def asked(step: Step) -> set[UUID]:
    """Whose turn it is in the step, or will be."""
    return set(Task.objects.filter(step=step, state__in=OPEN).values_list("assignee", flat=True))


def above(run: "Run", person: UUID, taken: set[UUID]) -> UUID | None:
    """Who decides instead: the nearest leader, else an administrator; nobody who is asked already (`taken`), never the
    applicant unless there is nobody else.
    """
    line: Sequence[UUID | None] = run.directory.leaders(person)
    ranked = [*line, *run.directory.administrators()]
    others = [each for each in ranked if each and each not in taken | {person}]
    able = run.directory.present(others)
    fit = [each for each in others if each in able]
    return next((each for each in fit if each != run.instance.applicant_id), fit[0] if fit else None)
