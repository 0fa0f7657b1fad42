"""Somebody left: what they had to decide, what others decide in their place, what they decided in others' place."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from qince.engines.approvals import standing_in
from qince.engines.approvals.actions.common import tell
from qince.engines.approvals.actions.deciding import replace
from qince.engines.approvals.actions.delegating import end
from qince.engines.approvals.models import OPEN, Delegation, Instance, Task
from qince.engines.approvals.running import Run
from qince.kit.action import action, note
from qince.kit.actor import Actor

State = Task.State


@action("approvals.hand_over")
def hand_over(actor: Actor, *, employee_id: UUID, successor_id: UUID | None, now: datetime) -> int:
    """Nothing waits for somebody who left, and nobody decides in their place any more. How many tasks moved.

    Tasks that are theirs go to the successor, else up, also those that a deputy holds for them: a mandate ends with
    whoever gave it. What they held for another goes back to that one. Requests of their own are withdrawn.
    """
    concerned = _concerned(employee_id, _end_mandates(employee_id, now))
    moved = 0
    for instance_id in sorted(set(Task.objects.filter(concerned).values_list("instance", flat=True))):
        run = Run.locked(actor, instance_id, now)
        rows = Task.objects.filter(concerned, instance=run.instance)
        for key in list(rows.order_by("position", "created_at").values_list("pk", flat=True)):
            task = rows.select_related("step").filter(pk=key).first()  # an earlier one may have closed it
            moved += _pass_on(run, task, employee_id, successor_id) if task else 0
        note(run.instance, handed_over_from=str(employee_id))
        tell(run)
    _withdraw(actor, employee_id, now)
    return moved


def _end_mandates(employee_id: UUID, now: datetime) -> list[tuple[UUID, UUID]]:
    """Those the leaver gave and those given to the leaver, ended now; who had given one to whom."""
    rows = Delegation.objects.filter(Q(employee=employee_id) | Q(delegate=employee_id), ends_at__gt=now)
    found = list(rows)
    for each in found:
        end(each, now)
    return [(each.employee_id, each.delegate_id) for each in found]


def _concerned(employee_id: UUID, mandates: Iterable[tuple[UUID, UUID]]) -> Q:
    """Open tasks of the leaver, those held for the leaver, and those that came through the leaver as a middle one."""
    givers = [giver for giver, holder in mandates if holder == employee_id]
    holders = [holder for giver, holder in mandates if giver == employee_id]
    through = Q(on_behalf_of__in=givers, assignee__in=holders)
    return Q(state__in=OPEN) & (Q(assignee=employee_id) | Q(on_behalf_of=employee_id) | through)


def _pass_on(run: Run, task: Task, leaver: UUID, successor_id: UUID | None) -> int:
    owner = task.on_behalf_of_id
    if owner is not None and owner != leaver and owner in run.directory.present([owner]):
        deputy = standing_in.deputies(run.instance, [owner], run.now).get(owner)
        return _give(run, task, deputy or owner, held_for=owner if deputy else None)
    wanted = successor_id if successor_id and successor_id != run.instance.applicant_id else None
    taken = standing_in.asked(task.step) - {task.assignee_id}
    heir = (
        wanted or standing_in.above(run, leaver, taken | {leaver}) or standing_in.above(run, leaver, {leaver})
    )
    return _give(run, task, heir, held_for=None) if heir else 0


def _give(run: Run, task: Task, heir: UUID, *, held_for: UUID | None) -> int:
    if heir == task.assignee_id:  # the deputy is the successor: from now on in their own right
        task.on_behalf_of_id = held_for
        task.save(update_fields=["on_behalf_of"])
        return 1
    if heir in standing_in.asked(task.step):  # decides in this step anyway; one part of theirs is enough
        run.give_up(task)
        return 1
    made = replace(run, task, heir, State.TRANSFERRED)
    made.on_behalf_of_id = held_for
    made.save(update_fields=["on_behalf_of"])
    return 1


def _withdraw(actor: Actor, employee_id: UUID, now: datetime) -> None:
    under_way = [Instance.Status.RUNNING, Instance.Status.RETURNED]
    for own in Instance.objects.filter(applicant=employee_id, status__in=under_way):
        run = Run.locked(actor, own.pk, now)
        run.end(Instance.Status.WITHDRAWN)
        note(run.instance, status=(own.status, Instance.Status.WITHDRAWN))
        tell(run)
