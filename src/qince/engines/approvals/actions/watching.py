"""What happens without anybody's click: deadlines, effects that failed, people who left."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from qince.engines.approvals import effects, telling
from qince.engines.approvals.actions.common import tell
from qince.engines.approvals.actions.deciding import replace
from qince.engines.approvals.flow.schema import Copy, Timeout
from qince.engines.approvals.models import Instance, Step, Task
from qince.engines.approvals.rules import DESIGN
from qince.engines.approvals.running import Run
from qince.kit.action import action, note
from qince.kit.actor import Actor

State = Task.State
OPEN = [State.PENDING, State.WAITING]


@action("approvals.close_overdue")
def close_overdue(actor: Actor, *, step_id: UUID, now: datetime) -> str:
    """Do what the flow says of a step whose term has passed; what was done, or "" when it is over meanwhile."""
    step = Step.objects.get(pk=step_id)
    run = Run.locked(actor, step.instance_id, now)
    step = Step.objects.select_related("instance").get(pk=step_id)
    stop = run.stop(step.node)
    timeout = None if isinstance(stop, Copy) else stop.timeout
    if step.state != Step.State.OPEN or timeout is None or step.due_at is None or step.due_at > now:
        return ""
    _BY[timeout.then](run, step, timeout)
    note(run.instance, step=step.name, overdue=timeout.then)
    tell(run)
    return timeout.then


def _remind(run: Run, step: Step, timeout: Timeout) -> None:
    waiting = list(Task.objects.filter(step=step, state=State.PENDING).select_related("step"))
    telling.remind(run, waiting)
    step.due_at = None
    step.save(update_fields=["due_at"])


def _approve(run: Run, step: Step, timeout: Timeout) -> None:
    _overdue(run, step)
    run.pass_on(step)


def _refuse(run: Run, step: Step, timeout: Timeout) -> None:
    _overdue(run, step)
    run.refuse(step)


def _overdue(run: Run, step: Step) -> None:
    left = Task.objects.filter(step=step, state__in=OPEN)
    telling.no_longer(run, left)
    left.update(state=State.OVERDUE, decided_at=run.now)


def _hand_up(run: Run, step: Step, timeout: Timeout) -> None:
    """To the leader of whoever did not decide; at the top, to the administrators, and there it stays."""
    moved = False
    for task in Task.objects.filter(step=step, state=State.PENDING).select_related("step"):
        heir = _above(run, task.assignee_id, _asked(step))  # type: ignore[arg-type]
        if heir:
            replace(run, task, heir, State.OVERDUE)
            moved = True
    if not moved:
        _remind(run, step, timeout)
        return
    step.due_at = run.now + timedelta(hours=timeout.hours)
    step.save(update_fields=["due_at"])


_BY = {"remind": _remind, "approve": _approve, "refuse": _refuse, "hand_up": _hand_up}


def _asked(step: Step) -> set[UUID]:
    return set(Task.objects.filter(step=step, state__in=OPEN).values_list("assignee", flat=True))


def _above(run: Run, person: UUID, asked: set[UUID]) -> UUID | None:
    """Who decides instead: the nearest leader, else an administrator; nobody who is asked already, never the applicant
    unless there is nobody else.
    """
    taken = asked | {person}
    line: Sequence[UUID | None] = run.directory.leaders(person)
    ranked = [*line, *run.directory.administrators()]
    others = [each for each in ranked if each and each not in taken]
    able = run.directory.present(others)
    fit = [each for each in others if each in able]
    return next((each for each in fit if each != run.instance.applicant_id), fit[0] if fit else None)


@action("approvals.hand_over")
def hand_over(actor: Actor, *, employee_id: UUID, successor_id: UUID | None, now: datetime) -> int:
    """Open tasks of somebody who left go to the successor, else up; requests of their own are withdrawn. How many."""
    keys = Task.objects.filter(assignee=employee_id, state__in=OPEN).values_list("instance", flat=True)
    moved = 0
    for instance_id in sorted(set(keys)):
        run = Run.locked(actor, instance_id, now)
        rows = Task.objects.filter(instance=run.instance, assignee=employee_id, state__in=OPEN)
        for task in rows.select_related("step"):
            moved += _give(run, task, successor_id)
        note(run.instance, handed_over_from=str(employee_id))
        tell(run)
    for own in Instance.objects.filter(
        applicant=employee_id, status__in=[Instance.Status.RUNNING, Instance.Status.RETURNED]
    ):
        run = Run.locked(actor, own.pk, now)
        run.end(Instance.Status.WITHDRAWN)
        note(run.instance, status=(own.status, Instance.Status.WITHDRAWN))
        tell(run)
    return moved


def _give(run: Run, task: Task, successor_id: UUID | None) -> int:
    asked = _asked(task.step) - {task.assignee_id}
    wanted = successor_id if successor_id and successor_id != run.instance.applicant_id else None
    if wanted in asked:  # decides in this step anyway; one part of theirs is enough
        task.state, task.decided_at = State.TRANSFERRED, run.now
        task.save(update_fields=["state", "decided_at"])
        run.decided(task)
        return 1
    heir = wanted or _above(run, task.assignee_id, asked)  # type: ignore[arg-type]
    if heir is None:
        return 0
    replace(run, task, heir, State.TRANSFERRED)
    return 1


@action("approvals.retry_effect", permission=DESIGN)
def retry_effect(actor: Actor, *, instance_id: UUID, now: datetime) -> bool:
    """Try again what an approval was to lead to; whether it is done now."""
    run = Run.locked(actor, instance_id, now)
    if run.instance.status != Instance.Status.APPROVED:
        return False
    done = effects.carry_out(actor, run.instance, now=now)
    note(run.instance, effect=run.instance.effect_state)
    tell(run)
    return done
